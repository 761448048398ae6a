// The buttons, the slider, and dragging in the lanes.

const SLIDER_STEPS = 10_000;
const spoken = { at: 0, text: "" };

function showTransport() {
  const model = followedRun();
  if (!model) return;
  const slider = byId("slider");
  const byEvent = app.align === "event";
  slider.min = byEvent ? Math.ceil(app.view[0]) - 1 : 0;
  slider.max = byEvent ? Math.max(0, Math.min(model.size, Math.floor(app.view[1])) - 1) : SLIDER_STEPS;
  const end = Number(domainEnd());
  slider.value = byEvent ? app.event : share(Number(app.ns)) * SLIDER_STEPS;
  const seen = byEvent ? end : app.view[1] - app.view[0];
  const time = end > 1 ? roundedTime(app.ns, app.details ? seen / 1e3 : end / 100, unitFor(end)) : "no time passes";
  const event = app.event < 0 ? "before event 0" : "event " + grouping(app.event) + " / " + grouping(model.size - 1);
  const skipped = player.playing && skippedStretches().some(([from, to]) => app.ns > from && app.ns < to);
  byId("clock").classList.toggle("skipping", skipped);
  setText(byId("clock-time"), end > 1 ? time : "");
  setText(byId("clock-rest"), (end > 1 ? " / " + duration(end) : time) + " · " + event);
  slider.setAttribute("aria-valuetext", time + ", " + runName(model) + " " + event);
  setText(byId("sentence"), narration());
  setText(byId("play"), player.playing ? "❚❚ Pause" : atEnd() ? "↻ Replay" : "▶ Play");
  byId("follow").value = String(app.followed);
  byId("back").disabled = app.event < 0;
  byId("forward").disabled = app.event >= model.size - 1;
  showOverview();
}

// Screen readers hear the sentence after each step; while playing, only now and then.
function speak(now) {
  const model = followedRun();
  if (!model || (!now && performance.now() - spoken.at < 2500)) return;
  spoken.at = performance.now();
  setText(byId("spoken"), narration());
}

function showToggles() {
  byId("align").setAttribute("aria-pressed", String(app.align === "event"));
  byId("lanes").setAttribute("aria-pressed", String(app.lanes === "thread"));
  byId("wakes").setAttribute("aria-pressed", String(app.wakes));
  byId("predict").setAttribute("aria-pressed", String(quiz.on));
  buildLegend();
  buildKey();
  const many = app.models.some((model) => model.tasks.length > MANY);
  const semantics =
    app.align === "event"
      ? "By event: one step is one event. Every row shows as many of its own events as the followed one, " +
        "whatever time it was there."
      : "By time: one step is one event of the followed runtime. The other rows show all that had happened " +
        "by the same nanosecond.";
  const crowded = many ? " Where many tasks share a row, each column of pixels shows its busiest moment." : "";
  setText(byId("semantics"), semantics + crowded);
}

function setAlign(align) {
  if (align === app.align) return;
  app.align = align;
  fitView();
  planStory();
  showToggles();
}

function setLanes(lanes) {
  app.lanes = lanes;
  for (const row of app.rows) row.firstLane = 0;
  askForLanes();
  showToggles();
}

function setWakes(wakes) {
  app.wakes = wakes;
  askForLanes();
  showToggles();
}

function setTheme(theme) {
  app.theme = theme;
  document.documentElement.dataset.theme = theme;
  setText(byId("theme"), "Theme: " + theme);
  keepFragment();
}

function nextTheme() {
  const themes = ["auto", "light", "dark"];
  setTheme(themes[(themes.indexOf(app.theme) + 1) % themes.length]);
}

// The speeds, as multiples of the pace at which the story takes its 12 seconds.
function buildSpeeds() {
  const label = (speed) => (speed < 1 ? "1/" + 1 / speed : speed) + "×";
  byId("speed").replaceChildren(...SPEEDS.map((speed) => element("option", { value: speed, text: label(speed) })));
  byId("speed").value = String(player.speed);
}

function changeSpeed(by) {
  const select = byId("speed");
  select.selectedIndex = Math.max(0, Math.min(select.options.length - 1, select.selectedIndex + by));
  player.speed = Number(select.value);
}

function connectControls() {
  const onClick = (id, action) => byId(id).addEventListener("click", action);
  onClick("play", () => (player.playing ? pause() : play()));
  onClick("more", () => setDetails(!app.details));
  onClick("present", () => setPresenting(!isPresenting()));
  onClick("back", () => step(-1));
  onClick("forward", () => step(1));
  onClick("align", () => setAlign(app.align === "time" ? "event" : "time"));
  onClick("lanes", () => setLanes(app.lanes === "task" ? "thread" : "task"));
  onClick("wakes", () => setWakes(!app.wakes));
  onClick("predict", () => {
    setPredict(!quiz.on);
    showToggles();
  });
  onClick("next-question", toNextQuestion);
  onClick("zoom-in", () => zoom(2));
  onClick("zoom-out", () => zoom(0.5));
  onClick("zoom-fit", fitView);
  onClick("zoom-run", fitFollowed);
  onClick("pan-left", () => pan(-0.25));
  onClick("pan-right", () => pan(0.25));
  onClick("theme", nextTheme);
  onClick("help", () => byId("keys").showModal());
  byId("follow").addEventListener("change", (event) => follow(Number(event.target.value)));
  byId("speed").addEventListener("change", (event) => {
    player.speed = Number(event.target.value);
  });
  byId("slider").addEventListener("input", (event) => {
    pause();
    const value = Number(event.target.value);
    if (app.align === "event") seekEvent(value);
    else seekPosition(app.view[0] + (value / SLIDER_STEPS) * (app.view[1] - app.view[0]));
  });
  byId("slider").addEventListener("change", () => speak(true));
  buildSpeeds();
  connectOverview();
}

// The controls of the rows, which each recording makes again.
function connectRows() {
  byId("follow").replaceChildren(
    ...app.models.map((model) => element("option", { value: model.number, text: runName(model) })),
  );
  for (const row of app.rows) {
    if (row.connected) continue;
    row.connected = true;
    connectPlot(row);
    for (const kind of ["pointermove", "pointerdown"]) row.plot.addEventListener(kind, (event) => showHint(row, event));
  }
}

// A press in the lanes follows the run and goes to that place.
function connectPlot({ plot, model }) {
  const positionAt = (event) => {
    const box = plot.getBoundingClientRect();
    return app.view[0] + ((event.clientX - box.left) / box.width) * (app.view[1] - app.view[0]);
  };
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    pause();
    follow(model.number);
    plot.setPointerCapture(event.pointerId);
    seekPosition(positionAt(event));
  });
  plot.addEventListener("pointermove", (event) => {
    if (plot.hasPointerCapture(event.pointerId)) seekPosition(positionAt(event));
  });
  plot.addEventListener("pointerup", () => speak(true));
  plot.addEventListener(
    "wheel",
    (event) => {
      if (event.ctrlKey) zoom(event.deltaY < 0 ? 1.3 : 1 / 1.3, positionAt(event));
      else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
        pan((event.deltaX || event.deltaY) / 800);
      else return;
      event.preventDefault();
    },
    { passive: false },
  );
}
