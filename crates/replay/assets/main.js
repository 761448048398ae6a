// Puts the page together: reads the recording, builds the rows, and shows the moment that the address names.
//
// The recording is not checked here: the Rust side makes no page of one that fails the reader's check.

// The marks of the legend are drawn as those of the lanes. Some are shown only if the recording has such events, if it
// has many tasks, or if wake arrows are shown.
const LEGEND = [
  ["running", "running: a thread polls it", "M1 2h24v10h-24z"],
  ["ready", "ready: in the queue", "M1 4h24v6h-24z"],
  ["waiting", "waiting", "M1 7h24"],
  ["blocking", "blocking its thread", "M1 2h24v10h-24z", "block"],
  ["due", "timer due", "M13 0v14", "timer"],
  ["fired", "timer fired", "M13 1l6 6l-6 6l-6 -6z", "timer"],
  ["complete", "done", "M10 0h6v14h-6z"],
  ["panicked", "panicked", "M8 2l10 10m0 -10l-10 10", "panic"],
  ["cancelled", "cancelled", "M8 7a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", "cancel"],
  ["wake", "wake: who woke whom", "M13 1V9m-3.5 -1l3.5 6l3.5 -6z", "wakes"],
  ["wake", "wake by a timer or from outside", "M5 0L10.3 7.3M14 12L7.5 9.4L13.1 5.2z", "wakes by no task"],
  ["wake", "wake: from who woke to the poll that followed", "M13 1V9m-3.5 -1l3.5 6l3.5 -6z", "wakes by thread"],
  ["wake-head", "how many were woken", "M6 3h2v6h2.5l-3.5 5l-3.5 -5h2.5zM16 6h2v3h2.5l-3.5 5l-3.5 -5h2.5z", "many wakes"],
  ["crowd-waiting", "many waiting", "M0 0h26v14h-26z", "many"],
  ["crowd-done", "many done", "M0 0h26v14h-26z", "many"],
];

function buildLegend() {
  const has = new Set(app.models.flatMap((model) => Array.from(new Set(model.kind), (kind) => KINDS[kind])));
  if (app.models.some((model) => model.tasks.length > MANY)) has.add("many");
  const arrows = app.wakes && app.rows.some((row) => !isCrowd(row));
  if (arrows) has.add(app.lanes === "task" ? "wakes" : "wakes by thread");
  if (arrows && app.lanes === "task") has.add("wakes by no task");
  if (app.wakes && app.rows.some(isCrowd)) has.add("many wakes");
  const items = LEGEND.filter(([, , , needs]) => !needs || has.has(needs)).map(([name, text, path]) => {
    const mark = svgElement("svg", { width: 26, height: 14, viewBox: "0 0 26 14", "aria-hidden": "true" });
    mark.append(svgElement("path", { class: "ink-" + name, d: path }));
    return element("span", { role: "listitem", children: [mark, text] });
  });
  byId("legend").replaceChildren(...items);
}

function showProblem(error) {
  setText(byId("problem-what"), "The page itself failed: " + error.message);
  byId("page").hidden = true;
  byId("problem").hidden = false;
}

function open() {
  app.recording = JSON.parse(byId("recording").textContent);
  app.models = app.recording.runs.map(foldRun);
  const programs = readPrograms(app.recording.sources);
  for (const [at, model] of app.models.entries()) {
    app.recording.runs[at].events = null; // they are large, and no longer needed
    model.program = programs.get(model.source) ?? null;
    model.chips = chipLabels(model.tasks);
  }
  setText(byId("title"), titleOf(app.recording));
  setText(byId("subtitle"), subtitleOf(app.recording));
  document.title = titleOf(app.recording) + " — Paintdry";
  buildRows();
  buildTotals();
  connectControls();
  connectEventTable();
  connectKeys();
  byId("page").hidden = false;
  readFragment();
  drawAll();
  showMoment();
  addEventListener("hashchange", readFragment);
  new ResizeObserver(() => askForLanes()).observe(byId("rows"));
  printWhole();
}

// On paper the whole run is shown, whatever part of it is on the screen.
function printWhole() {
  let view = null;
  addEventListener("beforeprint", () => {
    view = app.view;
    fitView();
    paintNow();
  });
  addEventListener("afterprint", () => {
    if (view) setView(...view);
  });
}

// What a browser test may read, and how it moves: `moment()` is what the page shows, `seek({run, event, ns})` goes
// there, `scrub(frames)` drags through the view and gives the milliseconds between its frames.
function testInterface(error) {
  return Object.freeze({
    ready: !error,
    problem: error?.message ?? null,
    openedMs: performance.now(),
    moment: () => ({
      run: followedRun()?.name ?? null,
      event: app.event,
      ns: typeof app.ns === "bigint" ? String(app.ns) : app.ns, // as in the page
      align: app.align,
      lanes: app.lanes,
      view: [...app.view],
      playing: player.playing,
      predict: quiz.on,
      score: { right: quiz.right, asked: quiz.asked },
      fragment: fragment(),
    }),
    seek({ run, event, ns }) {
      if (run !== undefined) follow(typeof run === "number" ? run : runOfKey(run));
      if (event !== undefined) seekEvent(event, readTime(ns));
      else if (ns !== undefined) seekTime(readTime(ns));
      paintNow();
    },
    scrub,
  });
}

function scrub(frames) {
  const [from, to] = app.view;
  return new Promise((resolve) => {
    const times = [];
    let last = performance.now();
    let number = 0;
    const next = (now) => {
      if (number > 0) times.push(now - last);
      last = now;
      if (number++ === frames) resolve(times);
      else {
        seekPosition(from + ((to - from) * number) / frames);
        requestAnimationFrame(next);
      }
    };
    requestAnimationFrame(next);
  });
}

let failure = null;
try {
  open();
} catch (error) {
  failure = error;
  showProblem(error);
}
// Opened is when the first picture stands: after the frame that follows.
requestAnimationFrame(() =>
  setTimeout(() => {
    window.paintdry = testInterface(failure);
  }),
);
