// The panels of the lab: the controls of the program, who is ready, how the run ended, and the goals.

function buildParameters() {
  byId("lab-parameters").replaceChildren(...lab.program.parameters.map(parameterControl));
  showEffects();
}

// A control whose value has no effect cannot be moved.
function showEffects() {
  for (const { name, unless } of lab.program.parameters) {
    const control = byId("lab-parameters").querySelector('[data-parameter="' + name + '"]');
    control.disabled = unless !== null && lab.parameters[unless] === 1;
  }
}

function parameterControl({ name, label, kind, min, max, step }) {
  const value = lab.parameters[name];
  if (kind === "switch") {
    const box = element("input", { type: "checkbox", "data-parameter": name });
    box.checked = value === 1;
    box.addEventListener("change", () => changeParameter(name, Number(box.checked)));
    return element("label", { className: "lab-switch", children: [box, " " + label] });
  }
  const words = (number) => (kind === "duration" ? duration(number * 1e6) : grouping(number));
  const shown = element("output", { text: words(value) });
  const slider = element("input", { type: "range", min, max, step, value, "data-parameter": name });
  slider.setAttribute("aria-valuetext", words(value));
  slider.addEventListener("input", () => {
    setText(shown, words(Number(slider.value)));
    slider.setAttribute("aria-valuetext", words(Number(slider.value)));
    changeParameter(name, Number(slider.value));
  });
  return element("label", { className: "lab-slider", children: [element("span", { text: label }), slider, shown] });
}

function showTurn() {
  const { answer } = lab;
  const { ready, ended, turn, threads } = answer;
  byId("lab-chooses").checked = lab.chooses;
  byId("lab-chooses").disabled = threads > 1;
  byId("lab-schedules").hidden = threads > 1;
  setText(byId("lab-turn"), ended ? endInWords(ended, turn) : "Turn " + turn + ". " + readyInWords(ready.length));
  byId("lab-ready").replaceChildren(...ready.map(readyButton));
  setText(byId("lab-ended"), ended ? whatNow(ended) : answer.does_not_fit === null ? "" : misfit(answer.does_not_fit));
  const forced = !ended && answer.choices.length === 0 && turn === 2;
  setText(byId("lab-forced"), forced ? "Turn 1 had no choice: " + answer.turns[0].name + " started the others." : "");
  byId("lab-undo").disabled = answer.choices.length === 0;
  byId("lab-own").disabled = byId("lab-finish").disabled = ready.length === 0;
  byId("lab-again").disabled = answer.choices.length === 0 && !ended;
  showVerdict();
  showGoals();
  showCounts();
}

function readyInWords(number) {
  const words = ["No task is", "One task is", "Two are", "Three are", "Four are", "Five are", "Six are"];
  return (words[number] ?? grouping(number) + " are") + " ready. Who runs next?";
}

function readyButton(task, position) {
  const last = lab.answer.turns.findLast((turn) => turn.name === task.name);
  const did = task.begins ? "has not begun" : "last turn: " + (last?.did.join(", ") ?? "waited");
  const line = task.line === null ? "" : "at line " + task.line;
  const button = element("button", {
    type: "button",
    "data-position": position,
    "aria-keyshortcuts": position + 1,
    children: [
      element("b", { text: task.name }),
      element("kbd", { text: position + 1 }),
      element("span", { text: [did, line].filter(Boolean).join(" · ") }),
    ],
  });
  button.addEventListener("click", () => {
    choose(position);
    byId("lab-ready").querySelector("button")?.focus({ preventScroll: true });
  });
  return button;
}

const ENDINGS = { passed: "Finished", stuck: "Stuck", panicked: "Panicked", failed: "Failed", starved: "Nothing moves on" };

function endInWords({ kind }, turn) {
  const { time_ns: time, threads } = lab.answer;
  if (threads > 1) return ENDINGS[kind] + " after " + duration(time) + ", on " + threads + " threads.";
  return ENDINGS[kind] + " after " + counted(turn, "turn", "turns") + (time > 0 ? " and " + duration(time) : "") + ".";
}

function whatNow({ kind, message }) {
  if (kind === "passed") return "";
  const model = app.models[0];
  return kind === "stuck" ? whyItEnded(model) : shorten(message ?? "", 300);
}

function misfit(number) {
  return "Choice " + number + " of the link does not fit this program: it may have changed since.";
}

// Says whether the run has met its goals: those that it met, or else the next one.
function showVerdict() {
  const { answer, program, reached } = lab;
  const met = [...answer.goals, ...(survey.counts?.goals ?? [])];
  const goals = program.goals.filter(({ name }) => met.includes(name));
  const next = program.goals.find(({ name }) => !reached.has(name));
  const words = ({ text }) => text[0].toLowerCase() + text.slice(1);
  const verdict = byId("lab-verdict");
  verdict.classList.toggle("met", goals.length > 0);
  if (!answer.ended) setText(verdict, "");
  else if (goals.length > 0) setText(verdict, "Goal met: " + goals.map(words).join(" And: "));
  else setText(verdict, next ? "Not yet: " + words(next) : "");
}

function showGoals() {
  const goals = lab.program.goals.map(({ name, text }) => {
    const done = lab.reached.has(name);
    const item = element("li", { text: (done ? "✓ " : "○ ") + text });
    item.classList.toggle("reached", done);
    return item;
  });
  byId("lab-goals").replaceChildren(...goals);
}

function aboutThreads() {
  return (
    "The lab’s clock simulates these threads, because a page has one. " +
    "A thread that is free takes the next canvas, so you have nothing to choose."
  );
}

// How many schedules fail, and how the reader's compares with the shortest.
function showCounts() {
  const { counts } = survey;
  byId("lab-shortest").disabled = !counts?.shortest_failing;
  byId("lab-passing").disabled = !counts?.passing;
  byId("lab-progress").hidden = !survey.job || performance.now() - survey.began < 300;
  if (lab.answer.threads > 1) return setText(byId("lab-counts"), aboutThreads());
  if (counts) byId("lab-progress").value = Math.max(counts.progress, (1000 * counts.schedules) / LAB_LIMIT);
  if (!counts || !counts.finished) return setText(byId("lab-counts"), "Trying all schedules …");
  const { schedules, failing, complete, shortest_failing: shortest } = counts;
  const all = complete ? counted(schedules, "schedule", "schedules") : "the first " + grouping(schedules) + " schedules";
  const verdict =
    failing === 0
      ? complete && schedules > 1
        ? "All " + all + " pass."
        : complete
          ? "There is one schedule, and it passes."
          : "Of " + all + ", none fails. There are more."
      : grouping(failing) + " of " + all + (failing === 1 ? " fails." : " fail.") + (complete ? "" : " There are more.");
  const { ended, turn } = lab.answer;
  const own = ended && ended.kind !== "passed" ? " You found one in " + counted(turn, "turn", "turns") + "." : "";
  const best = shortest ? " The shortest failure has " + counted(shortest.turns, "turn", "turns") + "." : "";
  setText(byId("lab-counts"), verdict + own + best);
}
