// The lab: the reader changes a program, chooses who runs next, and sees the run at once.

const lab = {
  engine: null,
  catalogue: [],
  program: null,
  parameters: {},
  choices: [],
  answer: null, // to the last run
  chooses: true, // whether the reader chooses, or the loop runs the program to its end
  reached: new Set(), // the goals of this program
};
const LAB_LIMIT = 10_000;

async function openLab() {
  lab.engine = await Lab.load(byId("lab-engine").textContent);
  lab.catalogue = lab.engine.run({ catalogue: true }).catalogue.programs;
  byId("lab-program").replaceChildren(
    ...lab.catalogue.map(({ name, title }) => element("option", { value: name, text: title })),
  );
  byId("lab-source").append(byId("program"));
  byId("lab-stage").prepend(byId("transport"), byId("key"), byId("stage"));
  document.body.classList.add("in-lab");
  Object.assign(app, { showsProgram: true, choose });
  openSize();
  await readRecorded();
  kept.on = false; // the lab keeps an address of its own
  KEYS.push([["u"], "take the last choice back", undoChoice, "lab-undo"]);
  readLabAddress();
  connectControls();
  connectEventTable();
  connectKeys();
  connectLab();
  byId("page").hidden = false;
  paintNow();
  revealLine();
  addEventListener("hashchange", readLabAddress);
  new ResizeObserver(() => askForLanes()).observe(byId("stage"));
}

function connectLab() {
  const onClick = (id, action) => byId(id).addEventListener("click", action);
  byId("lab-program").addEventListener("change", (event) => chooseProgram(event.target.value));
  byId("lab-chooses").addEventListener("change", (event) => {
    lab.chooses = event.target.checked;
    lab.choices = [];
    runLab();
  });
  onClick("lab-undo", undoChoice);
  onClick("lab-own", () => choose(0));
  onClick("lab-finish", () => runLab({ finish: true }));
  onClick("lab-again", () => playChoices([]));
  onClick("lab-shortest", () => playChoices(survey.counts.shortest_failing.choices, true));
  onClick("lab-passing", () => playChoices(survey.counts.passing.choices, true));
  onClick("lab-link", copyLink);
}

// Begins with another program, at its defaults. Where time is what matters, the loop runs it first.
function chooseProgram(name, parameters = {}, choices = [], chooses = null) {
  lab.program = lab.catalogue.find((program) => program.name === name) ?? lab.catalogue[0];
  lab.parameters = Object.fromEntries(lab.program.parameters.map((one) => [one.name, within(one, parameters[one.name])]));
  lab.choices = choices;
  lab.chooses = chooses ?? !lab.program.parameters.some((one) => one.kind === "duration");
  lab.reached = new Set();
  byId("lab-program").value = lab.program.name;
  setText(byId("lab-about"), lab.program.about);
  buildParameters();
  forgetSurvey();
  runLab();
  takeSurvey();
}

// A value that the parameter may have; its default instead of nonsense.
function within({ min, max, step, default: usual }, value) {
  if (!Number.isFinite(value)) return usual;
  return Math.max(min, Math.min(max, min + Math.round((value - min) / step) * step));
}

function changeParameter(name, value) {
  changeParameters({ [name]: value });
}

function changeParameters(values) {
  Object.assign(lab.parameters, values);
  lab.choices = [];
  lab.reached = new Set();
  showEffects();
  forgetSurvey();
  runLab();
  takeSurvey();
}

function choose(position) {
  if (!lab.answer.ready[position]) return;
  lab.choices = [...lab.answer.choices, position];
  runLab();
}

function undoChoice() {
  lab.choices = lab.answer.choices.slice(0, -1);
  lab.chooses = true;
  runLab();
}

// Plays these choices, and then the loop's own if the run is to be seen to its end.
function playChoices(choices, finish = false) {
  lab.choices = choices;
  lab.chooses = true;
  runLab({ finish });
}

// Whether the reader chooses who runs next. Threads leave no choice: a free one takes the next task.
function hasChoice() {
  return lab.chooses && lab.answer.threads === 1;
}

// Runs the program from its start with the choices, and shows it: at its last event, or from its start if the loop ran it.
function runLab({ finish = !lab.chooses } = {}) {
  const { program, parameters, choices } = lab;
  const { run, error } = lab.engine.run({ run: { program: program.name, parameters, choices, finish } });
  if (error) throw new Error(error);
  lab.answer = run;
  lab.choices = run.choices;
  for (const goal of run.goals) lab.reached.add(goal);
  pause();
  app.isOver = run.ended !== null;
  addRecorded(run.recording);
  showRecording(run.recording);
  if (run.ended === null) setText(byId("title"), program.title);
  setText(byId("job"), "");
  setText(byId("subtitle"), program.question);
  document.title = program.title + " — Paintdry";
  if (hasChoice()) {
    seekEvent(app.models[0].size - 1, app.models[0].wall);
    paintNow(); // the lines have their tasks after it
    revealLine();
  } else if (reducedMotion()) showStory(story.seconds * 0.4);
  else play();
  showTurn();
  showTreeOfChoices();
  keepLabAddress();
  askForLanes();
}

// The address holds the whole lab: the program, what differs from its defaults, and the choices.
function keepLabAddress() {
  const part = new URLSearchParams({ lab: lab.program.name });
  for (const { name, default: usual } of lab.program.parameters) {
    if (lab.parameters[name] !== usual) part.set(name, lab.parameters[name]);
  }
  if (lab.choices.length > 0) part.set("choices", lab.choices.join("."));
  part.set("chooses", Number(lab.chooses));
  lab.address = "#" + part;
  clearTimeout(lab.keeping);
  lab.keeping = setTimeout(writeLabAddress, KEEP_EVERY_MS); // a browser refuses too many writes
}

function writeLabAddress() {
  clearTimeout(lab.keeping);
  try {
    history.replaceState(null, "", lab.address);
  } catch {
    // Some viewers do not let a page change its address. The page works without.
  }
}

function readLabAddress() {
  if (lab.address !== undefined && location.hash === lab.address) return;
  const part = new URLSearchParams(location.hash.slice(1));
  const number = (text) => (/^\d+$/.test(text) ? Number(text) : NaN);
  const parameters = Object.fromEntries([...part].map(([name, text]) => [name, number(text)]));
  const choices = (part.get("choices") ?? "").split(".").filter((text) => /^\d{1,6}$/.test(text)).map(Number);
  chooseProgram(part.get("lab"), parameters, choices, part.has("chooses") ? part.get("chooses") === "1" : null);
}

async function copyLink() {
  writeLabAddress();
  try {
    await navigator.clipboard.writeText(location.href);
    setText(byId("lab-copied"), "Copied.");
  } catch {
    setText(byId("lab-copied"), "The page’s address is the link.");
  }
}
