// Puts the page together: reads the recording, builds the rows, and shows the moment that the address names.
//
// The recording is not checked here: the Rust side makes no page of one that fails the reader's check.

function showProblem(error) {
  setText(byId("problem-what"), "The page itself failed: " + error.message);
  byId("page").hidden = true;
  byId("problem").hidden = false;
}

function openPage() {
  goToItsMoment();
  openSize();
  app.findings = JSON.parse(byId("diagnosis").textContent);
  showRecording(JSON.parse(byId("recording").textContent));
  buildFindings();
  connectControls();
  connectEventTable();
  connectKeys();
  byId("page").hidden = false;
  readFragment();
  drawAll();
  showMoment();
  addEventListener("hashchange", readFragment);
  new ResizeObserver(() => askForLanes()).observe(byId("replay"));
  printWhole();
  if (location.hash.length <= 1) openStory();
}

// A page that was made to open at a moment does so, unless its address names another one.
function goToItsMoment() {
  const { moment } = document.documentElement.dataset;
  if (!moment || location.hash.length > 1) return;
  try {
    history.replaceState(null, "", "#" + moment);
  } catch {
    // Some viewers do not let a page change its address. Then it opens as any other page.
  }
}

// Shows a recording instead of the one before, from its start.
function showRecording(recording) {
  app.recording = recording;
  app.models = recording.runs.map((run, number) => run.model ?? foldRun(run, number));
  nameRuns(app.models);
  const programOf = readPrograms(recording.sources);
  for (const [at, model] of app.models.entries()) {
    const run = recording.runs[at];
    if (run.model) continue; // the lab shows its recorded runs again and again
    run.model = model;
    run.events = null; // they are large, and no longer needed
    model.program = programOf(model.source);
    model.chips = chipLabels(model.tasks);
    foldHelpers(model);
    foldNotes(model);
    foldCanvases(model);
  }
  // The names of places are longer than others.
  const arePlaces = app.models.some(({ tasks }) => tasks.some(placeOf));
  document.documentElement.style.setProperty("--labels", arePlaces ? "136px" : "");
  Object.assign(app, { followed: 0, event: -1, ns: 0, part: 1, align: openingAlign() });
  eventTable.run = -1;
  buildStage();
  buildRows();
  buildTotals();
  connectRows();
  setText(byId("title"), headline());
  setText(byId("job"), jobLine());
  setText(byId("subtitle"), subtitleOf(recording));
  document.title = titleOf(recording) + " — Paintdry";
  fitView();
  planStory();
  showToggles();
}

// A page that is opened without a moment in its address moves at once. A reader who asked for less motion gets a still
// picture, at about the middle.
function openStory() {
  if (!followedRun()) return;
  kept.on = false;
  for (const kind of ["pointerdown", "keydown", "hashchange"]) addEventListener(kind, keepFromNow, { capture: true });
  if (!reducedMotion()) play();
  else showStory(story.seconds * 0.4);
}

function keepFromNow() {
  kept.on = true;
}

// Paper shows the whole run, whatever part of it is on the screen.
function printWhole() {
  let view = null;
  addEventListener("beforeprint", () => {
    view = app.view;
    app.onPaper = true;
    fitView();
    paintNow();
    // Paper may be narrower than the screen, where the style has lower lanes; the drawing keeps its height.
    document.documentElement.style.setProperty("--lane", app.laneHeight + "px");
  });
  addEventListener("afterprint", () => {
    app.onPaper = false;
    document.documentElement.style.removeProperty("--lane");
    if (view) setView(...view);
  });
}

// What a browser test may use: `moment()` gives what the page shows, `seek({run, event, ns})` goes there, and
// `scrub(frames)` drags through the view and gives the milliseconds between its frames; `storyAt(seconds)` says what
// playing shows after so many seconds; `lab()`, in the lab, has its program, its parameters, the choices and the turns.
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
      keepFromNow();
      pause();
      if (run !== undefined) follow(typeof run === "number" ? run : runOfKey(run));
      if (event !== undefined) seekEvent(event, readTime(ns));
      else if (ns !== undefined) seekTime(readTime(ns));
      paintNow();
    },
    scrub,
    lab: () => ({
      program: lab.program.name,
      parameters: lab.parameters,
      choices: lab.choices,
      kept: location.hash === lab.address,
      ended: lab.answer.ended?.kind ?? null,
      turns: lab.answer.turns,
      counted: lab.answer.threads > 1 || (survey.counts?.finished ?? false),
    }),
    storyAt: (seconds) => ({ ...storyAt(seconds), seconds: story.seconds }),
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
  if (byId("lab")) await openLab();
  else openPage();
} catch (error) {
  failure = error;
  showProblem(error);
}
// The page is open when its first picture is on the screen: after the next frame.
requestAnimationFrame(() =>
  setTimeout(() => {
    window.paintdry = testInterface(failure);
  }),
);
