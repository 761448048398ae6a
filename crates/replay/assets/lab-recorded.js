// Recordings of runtimes that cannot run in a page, beside the lab's own run. They were made by the command, in virtual time.

const recorded = { all: [], compares: true };

async function readRecorded() {
  recorded.all = await LabEngine.unzipped(byId("lab-recorded").textContent).json();
  recorded.compares = !isEmbedded() && innerWidth > 860; // a frame and a phone have no room for five cards
  byId("lab-compares").checked = recorded.compares;
  byId("lab-compares").addEventListener("change", (event) => {
    recorded.compares = event.target.checked;
    runLab({ finish: lab.answer.ended !== null });
  });
  byId("lab-set").addEventListener("click", () => {
    changeParameters(recordingOf(lab.program).parameters);
    buildParameters();
    byId("lab-compares").focus();
  });
}

function recordingOf({ name }) {
  return recorded.all.find(({ program }) => program === name);
}

// Adds the recorded runs, if they were made with the same parameters, and says of each run where it ran.
function addRecorded(recording) {
  const [own] = recording.runs;
  own.runtime = lab.answer.threads > 1 ? "simulated threads" : "our loop";
  own.origin = "";
  const found = recordingOf(lab.program);
  const fits = found && Object.entries(found.parameters).every(([name, value]) => lab.parameters[name] === value);
  const ended = lab.answer.ended !== null;
  if (recorded.compares && fits && ended) recording.runs.push(...found.runs);
  document.body.classList.toggle("compares", recording.runs.length > 1);
  byId("lab-recordings").hidden = !found;
  byId("lab-set").hidden = !found || fits || !recorded.compares;
  setText(byId("lab-recorded-with"), found && recorded.compares ? aboutRecorded(found, fits, ended) : "");
}

function aboutRecorded({ parameters }, fits, ended) {
  if (fits) {
    return ended
      ? "Your own program is the first card. The others are recordings: your switches do not change them."
      : "They appear when your run has ended.";
  }
  const values = lab.program.parameters
    .filter(({ name }) => name in parameters)
    .map(({ name, label, kind }) => label.toLowerCase() + " " + (kind === "duration" ? duration(parameters[name] * 1e6) : parameters[name]));
  return "They were recorded with these values: " + values.join(", ") + ".";
}
