// The program of the followed run, with a chip for each task at its line.

const CHIPS_A_LINE = 4;
let shownProgram = null;
let sourceLines = [];

// Gives a function that finds a program by its name. If two have the same name, the first counts.
function readPrograms(sources) {
  const program = (source) => ({ ...source, firstLine: source.first_line, lines: source.text.split("\n") });
  const numberOf = numberNames();
  const programs = new Map(sources.toReversed().map((source) => [numberOf(source.name), program(source)]));
  return (name) => (name === null ? null : (programs.get(numberOf(name)) ?? null));
}

function buildSource(model) {
  shownProgram = model.program;
  const box = byId("source");
  sourceLines = [];
  if (!model.program) {
    box.replaceChildren(
      element("p", { className: "empty", text: "The recording does not contain the program of this run." }),
    );
    setText(byId("program-where"), "");
    return;
  }
  const { lines, firstLine } = model.program;
  sourceLines = lines.map((text, at) => {
    const code = element("code", { text: text === "" ? " " : text });
    if (/^\s*\/\//.test(text)) code.className = "comment";
    const who = element("span", { className: "who" });
    const line = element("div", {
      className: "line",
      "data-line": firstLine + at,
      children: [element("i", { text: firstLine + at }), code, who],
    });
    return { line, who, tasks: [] };
  });
  const elsewhere = element("span", { className: "who" });
  const foot = element("div", {
    className: "line elsewhere",
    children: [element("em", { text: "not begun, or not in this text" }), elsewhere],
  });
  sourceLines.push({ line: foot, who: elsewhere, tasks: [] });
  box.replaceChildren(...sourceLines.map((one) => one.line));
}

function showSource() {
  const model = app.choose ? app.models[0] : followedRun(); // the lab's own run
  if (!model) return;
  const event = eventOf(model);
  if (shownProgram?.text !== model.program?.text || byId("source").children.length === 0) buildSource(model);
  if (!model.program) return;
  setText(
    byId("program-where"),
    "— " + shorten(model.program.file, 60) + ", with each task" + (app.choose ? "" : " of " + runName(model)) + " at its line",
  );
  const elsewhere = sourceLines.length - 1;
  for (const line of sourceLines) line.tasks.length = 0;
  model.tasks.forEach((_, task) => {
    const state = stateOf(model, task, event);
    if (state === STATE.none || state === STATE.complete) return;
    const at = lineOf(model, task, event) - model.program.firstLine;
    sourceLines[at >= 0 && at < elsewhere ? at : elsewhere].tasks.push([task, state]);
  });
  for (const { line, who, tasks } of sourceLines) {
    // Running tasks come first, so that they are not among the "more".
    if (tasks.length > CHIPS_A_LINE) tasks.sort((one, other) => isBusy(other[1]) - isBusy(one[1]));
    const items = tasks.slice(0, line === sourceLines[elsewhere].line ? 2 * CHIPS_A_LINE : CHIPS_A_LINE).map(([task, state]) => chipOf(model, task, STATE_NAMES[state]));
    showChips(who, items, tasks.length - items.length);
    const hot = tasks.some(([, state]) => app.choose || isBusy(state)); // between two turns of the lab, no task runs
    line.classList.toggle("hot", hot && line !== sourceLines[elsewhere].line);
  }
}

function isBusy(state) {
  return state === STATE.running || state === STATE.blocking;
}

// Scrolls the program, and nothing else of the page, to the line that runs.
function revealLine() {
  const hot = sourceLines.find(({ line }) => line.classList.contains("hot"))?.line;
  const box = byId("source");
  if (!hot) return;
  const top = hot.offsetTop; // within the box, which is positioned
  if (top < box.scrollTop || top + hot.offsetHeight > box.scrollTop + box.clientHeight)
    box.scrollTop = top - box.clientHeight / 2;
}
