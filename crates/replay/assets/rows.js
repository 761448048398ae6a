// A row for each runtime: its name, its lanes, and its live state.

// With more lanes than this a row is collapsed: it shows how many tasks are in each state.
const MANY = 13;
const LANES_SHOWN = 10;
const CROWD_LANES = 4;

function buildRows() {
  app.rows = app.models.map((model) => (model.row ??= buildRow(model)));
  keepChildren(byId("rows"), app.rows.map((row) => row.element));
}

function buildRow(model) {
  const row = { model, expanded: false, firstLane: 0 };
  row.follow = element("button", {
    type: "button",
    className: "follow",
    children: [element("bdi", { text: runName(model), title: model.name })],
  });
  row.expand = element("button", { type: "button", className: "expand" });
  row.name = element("div", {
    className: "run-name",
    children: [
      row.follow,
      element("bdi", { text: model.about, title: model.about }),
      element("span", {
        text: threadsInWords(model) + ", " + (model.wall > 0 ? duration(model.wall) : "no time"),
      }),
      row.expand,
    ],
  });
  row.labels = element("div", { className: "labels" });
  row.svg = svgElement("svg", { preserveAspectRatio: "none", "aria-hidden": "true" });
  row.head = element("div", { className: "head" });
  row.curtain = element("div", { className: "curtain" });
  row.plot = element("div", { className: "plot", children: [row.svg, row.curtain, row.head] });
  row.window = element("div", { className: "window", children: [row.labels, row.plot] });
  row.full = element("div", { children: [row.window] });
  row.scroller = element("div", { className: "run-lanes", children: [row.full] });
  row.live = {};
  // What tasks wait for, beside timers, is known of programs that tell it.
  const tells = model.resources.length > 0 || model.notes.some((notes) => notes.some((e) => LACKS.test(model.messages.get(e))));
  const list = element("dl", { className: isSeveral(model) ? "live several" : "live" });
  for (const what of ["running", "ready", ...(tells ? ["waiting"] : []), "timers", "done"]) {
    row.live[what] = element("dd", { "data-live": what });
    list.append(element("dt", { text: what }), row.live[what]);
  }
  const error = model.error === null ? [] : [element("p", { className: "run-error", text: "Failed: " + shorten(model.error, 300) })];
  row.element = element("section", {
    className: "run",
    "data-run": model.name,
    "data-index": model.number,
    "aria-label": model.name,
    children: [...error, row.name, row.scroller, list],
  });
  if (model.size === 0) row.plot.append(element("p", { className: "empty", text: "No events were recorded." }));
  row.follow.addEventListener("click", () => follow(model.number));
  row.expand.addEventListener("click", () => expand(row, !row.expanded));
  row.scroller.addEventListener("scroll", () => scrollLanes(row));
  return row;
}

function threadsInWords(model) {
  return model.threads === null ? "threads unknown" : counted(model.threads, "thread", "threads");
}

// Whether there are tasks for two lines of chips.
function isSeveral(model) {
  return model.tasks.length > 4 && model.tasks.length <= MANY;
}

// By thread, the timers have a lane of their own, because they belong to no thread.
function laneCount(model) {
  return app.lanes === "thread" ? model.threadCount + 1 : model.tasks.length + model.extraLanes.length;
}

function isCrowd(row) {
  return laneCount(row.model) > MANY && !row.expanded;
}

function expand(row, expanded) {
  row.expanded = expanded;
  row.firstLane = 0;
  row.scroller.scrollTop = 0;
  askForLanes();
  buildLegend();
}

function scrollLanes(row) {
  const first = Math.round(row.scroller.scrollTop / app.laneHeight);
  if (!row.expanded || first === row.firstLane) return;
  row.firstLane = first;
  drawRow(row);
}

// Scrolls an expanded row to the lane of a task. Only steps do so: scrubbing moves nothing but the playhead.
function revealLane(row, task) {
  if (!row.expanded || app.lanes === "thread") return;
  if (task >= row.firstLane && task < row.firstLane + LANES_SHOWN) return;
  row.scroller.scrollTop = Math.max(0, task - 2) * app.laneHeight;
}

// Sizes the row for its lanes; draw.js draws them.
function layOutRow(row) {
  const { model } = row;
  const lanes = laneCount(model);
  const many = lanes > MANY;
  row.expand.hidden = !many;
  setText(row.expand, row.expanded ? "Collapse the lanes" : "Show " + grouping(lanes) + " lanes");
  row.expand.setAttribute("aria-expanded", String(row.expanded));
  const shown = isCrowd(row) ? CROWD_LANES + (app.wakes ? 1 : 0) : Math.min(lanes, many ? LANES_SHOWN : MANY);
  row.lanesShown = Math.max(1, shown);
  row.height = row.lanesShown * app.laneHeight;
  const scrolls = row.expanded && many;
  row.scroller.classList.toggle("scrolls", scrolls);
  row.scroller.style.height = row.height + "px";
  row.window.style.height = row.height + "px";
  row.full.style.height = (scrolls ? lanes * app.laneHeight : row.height) + "px";
  // The scroll bar is outside the lanes, so that they stay in line with the lanes of the other rows.
  row.scroller.style.marginRight = scrolls ? row.scroller.clientWidth - row.scroller.offsetWidth + "px" : "";
  if (scrolls) {
    row.scroller.setAttribute("tabindex", "0");
    row.scroller.setAttribute("role", "region");
    row.scroller.setAttribute("aria-label", "Lanes of " + model.name);
  } else {
    for (const name of ["tabindex", "role", "aria-label"]) row.scroller.removeAttribute(name);
    row.firstLane = 0;
  }
  row.plot.classList.toggle("cut", app.view[1] < (app.align === "event" ? model.size : Number(model.wall)));
  row.firstLane = Math.min(row.firstLane, Math.max(0, lanes - row.lanesShown));
}

function nameLanes(row) {
  if (isCrowd(row)) {
    const texts = [grouping(row.model.tasks.length), "tasks", "", "running"];
    if (row.woken) texts.unshift("woken");
    row.labels.replaceChildren(...texts.map((text) => element("div", { className: "crowd-label", text })));
    return;
  }
  const names = [];
  for (let lane = row.firstLane; lane < Math.min(laneCount(row.model), row.firstLane + row.lanesShown); lane++) {
    const name = laneName(row.model, lane);
    const words = app.lanes === "task" ? laneInWords(row.model, lane) : "";
    const children = [element("bdi", { text: shortName(name), title: name }), element("span", { className: "unseen", text: words })];
    names.push(element("div", { children }));
  }
  row.labels.replaceChildren(...names);
}

// How wide the labels are: as the longest name of a row asks, from the style's width to a share of the row.
function labelWidth(least) {
  const shown = app.rows.filter((row) => !row.element.hidden && !isCrowd(row));
  if (shown.length === 0) return least;
  const pen = (app.pen ??= document.createElement("canvas").getContext("2d"));
  pen.font = getComputedStyle(shown[0].labels).font;
  const names = shown.flatMap((row) => longNames(row.model));
  const widest = Math.max(...names.map((name) => pen.measureText(name).width));
  const most = (app.onPaper ? 0.12 : 0.22) * shown[0].element.clientWidth;
  return Math.max(least, Math.min(most, Math.ceil(widest) + 8));
}

// The longest names of a run's lanes: a few, because letters differ in width.
function longNames(model) {
  if (app.lanes === "thread") return [laneName(model, laneCount(model) - 2), laneName(model, laneCount(model) - 1)];
  if (!model.longNames) {
    const lengths = Array.from({ length: 64 }, () => []);
    for (let lane = 0; lane < laneCount(model); lane++) {
      const { length } = lane < model.tasks.length ? model.tasks[lane] : canvasOfLane(model, lane).name;
      const same = lengths[Math.min(63, length)];
      if (same.length < 20) same.push(lane);
    }
    model.longNames = lengths.reverse().flat().slice(0, 20).map((lane) => laneName(model, lane));
  }
  return model.longNames;
}

// The whole lane of a task, for readers who do not see it.
function laneInWords(model, task) {
  if (task >= model.tasks.length) return canvasInWords(model, canvasOfLane(model, task));
  const sums = new Map();
  for (const at of model.byTask[task]) {
    const state = model.seg.state[at];
    sums.set(state, (sums.get(state) ?? 0) + lengthOf(model, at));
  }
  const parts = [...sums].map(([state, length]) => STATE_NAMES[state] + " for " + duration(length));
  const end = lastOf(model, task, model.size - 1);
  if (end >= 0) parts.push(KINDS[model.kind[end]] + " at " + exactTime(timeAt(model, end)));
  return ": " + parts.join(", ") + ".";
}

// Below the tasks of a run are the canvases that share a task.
function canvasOfLane(model, lane) {
  return model.extraLanes[lane - model.tasks.length];
}

function canvasInWords(model, { begins, painted, dry }) {
  const at = (e) => exactTime(timeAt(model, e));
  return ": painted from " + at(begins) + " to " + at(painted) + (dry >= 0 ? ", dry at " + at(dry) : "") + ".";
}

function laneName(model, lane) {
  if (app.lanes === "task") return lane < model.tasks.length ? taskName(model, lane) : canvasOfLane(model, lane).name;
  return lane === model.threadCount ? "timers" : "thread " + lane;
}
