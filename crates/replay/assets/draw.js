// Draws the lanes: one path for each state in each row, so that a row costs a dozen elements however long it is.

// More texts than this in a row would be too many elements.
const MOST_TEXTS = 400;

const PATHS = [
  "grid",
  "waiting",
  "ready",
  "blocking",
  "running",
  "due",
  "fired",
  "note",
  "complete",
  "panicked",
  "cancelled",
  "wake",
  "wake-head",
];

function drawAll() {
  const style = getComputedStyle(document.body);
  app.large = isPresenting() ? 20 / 11 : 1;
  app.laneHeight = parseFloat(style.getPropertyValue("--lane"));
  drawStage();
  if (!app.details) return;
  for (const row of app.rows) layOutRow(row);
  byId("details").style.setProperty("--labels", labelWidth(parseFloat(style.getPropertyValue("--labels"))) + "px");
  app.width = Math.max(50, app.rows.find((row) => !row.element.hidden)?.plot.clientWidth ?? 0);
  drawAxes();
  for (const row of app.rows) drawRow(row);
}

function drawRow(row) {
  const { width } = app;
  row.svg.setAttribute("viewBox", "0 0 " + width + " " + row.height);
  const paths = Object.fromEntries(PATHS.map((name) => [name, []]));
  const texts = [];
  for (const at of ticks().found) paths.grid.push("M" + round(share(at) * width) + " 0V" + row.height);
  row.woken = app.wakes && isCrowd(row) ? wokenByColumn(row.model) : null;
  nameLanes(row);
  if (isCrowd(row)) {
    drawCrowd(row, paths, texts);
  } else if (app.lanes === "thread") {
    drawThreads(row, paths, texts);
  } else {
    drawTasks(row, paths, texts);
  }
  const drawn = [];
  for (const [name, parts] of Object.entries(paths)) {
    if (parts.length) drawn.push(svgElement("path", { class: "ink-" + name, d: parts.join("") }));
  }
  row.svg.replaceChildren(...drawn, ...texts);
}

function drawTasks(row, paths, texts) {
  const { model } = row;
  const last = Math.min(model.tasks.length, row.firstLane + row.lanesShown);
  for (let lane = model.tasks.length; lane < Math.min(laneCount(model), row.firstLane + row.lanesShown); lane++) {
    if (lane >= row.firstLane) drawCanvas(model, canvasOfLane(model, lane), lane - row.firstLane, paths);
  }
  for (let task = row.firstLane; task < last; task++) {
    const y = (task - row.firstLane) * app.laneHeight;
    drawSegments(model, model.byTask[task], y, paths);
  }
  const laneOf = (task) => (task >= row.firstLane && task < last ? task - row.firstLane : -1);
  drawMarks(model, laneOf, paths);
  drawEnds(model, laneOf, paths);
  for (let task = row.firstLane; task < last; task++) drawNotes(model, task, task - row.firstLane, paths, texts);
  if (app.wakes) drawWakes(model, laneOf, paths);
}

function drawThreads(row, paths, texts) {
  const { model } = row;
  const last = Math.min(model.threadCount, row.firstLane + row.lanesShown);
  for (let thread = row.firstLane; thread < last; thread++) {
    const y = (thread - row.firstLane) * app.laneHeight;
    drawSegments(model, model.byThread[thread], y, paths, texts);
  }
  const timers = model.threadCount - row.firstLane;
  const ofTimers = timers >= 0 && timers < row.lanesShown ? timers : -1;
  drawMarks(model, () => ofTimers, paths);
  const laneOf = (thread) => (thread >= row.firstLane && thread < last ? thread - row.firstLane : -1);
  if (app.wakes) drawWakesByThread(model, laneOf, ofTimers, paths);
}

// Draws the segments of one lane. It skips a segment that would fall on the same pixel as the last one of its state.
function drawSegments(model, list, y, paths, texts) {
  const { seg } = model;
  const [from, to] = app.align === "event" ? [seg.from, seg.to] : [seg.fromNs, seg.toNs];
  const [start, end] = app.view;
  const scale = app.width / (end - start);
  const height = app.laneHeight;
  const drawnTo = new Float64Array(STATE.complete).fill(-10);
  for (const at of list) {
    if (to[at] < start || from[at] > end) continue;
    const state = seg.state[at];
    const x = Math.max(-4, (from[at] - start) * scale);
    const right = Math.min(app.width + 4, (to[at] - start) * scale);
    const busy = state === STATE.running || state === STATE.blocking;
    // A poll that took no time is a thin mark.
    const wide = busy ? Math.max(2, right - x - (right - x > 5 ? 0.75 : 0)) : right - x;
    if (wide < 0.25 || x + wide < drawnTo[state] + 0.5) continue;
    drawnTo[state] = x + wide;
    if (state === STATE.waiting) paths.waiting.push("M" + round(x) + " " + (y + height / 2) + "h" + round(wide));
    else if (state === STATE.ready) paths.ready.push(rectangle(x, y + height * 0.28, wide, height * 0.44));
    else
      paths[state === STATE.running ? "running" : "blocking"].push(rectangle(x, y + height * 0.1, wide, height * 0.8));
    const label = texts ? labelIn(wide, model.chips[seg.task[at]]) : undefined;
    if (label !== undefined && texts.length < MOST_TEXTS) {
      const text = svgElement("text", {
        x: round(x + 4),
        y: y + height * 0.5,
        class: state === STATE.running ? "on-running" : "on-blocking",
      });
      text.textContent = label;
      texts.push(text);
    }
  }
}

// A name where it has room, else its last word, such as a canvas's number, or nothing.
function labelIn(wide, name) {
  return [name, name.split(" ").at(-1)].find((words) => wide > (8 + 7 * words.length) * app.large);
}

// A tick marks when a timer was due, a diamond when it fired. A timer that never fires has no mark.
function drawMarks(model, laneOf, paths) {
  const { task, due } = model.timers;
  const height = app.laneHeight;
  // By event, a timer is due before the first event at or after its time.
  const duePosition = app.align === "event" ? (timer) => model.dueEvent[timer] : (timer) => Number(due[timer]);
  const laneOfTimer = (timer) => laneOf(task[timer]);
  drawEach(model.firedTimers, duePosition, laneOfTimer, (x, lane) => {
    const y = middleOf(lane) - height * 0.46;
    paths.due.push("M" + round(x) + " " + round(y) + "v" + round(height * 0.46));
  });
  const r = round(height * 0.25);
  const diamond = ["", r + " " + r, -r + " " + r, -r + " " + -r].join("l") + "z";
  drawEachEvent(model, model.fires, laneOf, (x, lane) => {
    paths.fired.push("M" + round(x) + " " + round(middleOf(lane) - r) + diamond);
  });
}

// A canvas that shares a task: solid while it is painted, dotted while it is wet, and a bar when it is found dry.
function drawCanvas(model, { begins, painted, dry }, lane, paths) {
  const [from, until] = [begins, painted].map((e) => xOf(positionOfEvent(model, e)));
  const end = dry >= 0 ? xOf(positionOfEvent(model, dry)) : app.width;
  const [y, height] = [middleOf(lane), app.laneHeight];
  paths.running.push(rectangle(from, y - height * 0.4, Math.max(2, until - from), height * 0.8));
  if (end > until) paths.waiting.push("M" + round(until) + " " + y + "h" + round(end - until));
  if (dry >= 0) paths.complete.push(rectangle(Math.min(end, app.width - 4), y - height * 0.4, 4, height * 0.8));
}

// What a task says: a dot, and the words where there is room before its next dot.
function drawNotes(model, task, lane, paths, texts) {
  const y = lane * app.laneHeight;
  let [before, drawn] = [null, -10];
  const write = (until) => {
    if (before === null || texts.length >= MOST_TEXTS) return;
    const words = model.messages.get(before.e);
    if (words.length > 32 || until - before.x < 10 + 6.5 * app.large * words.length) return;
    const text = svgElement("text", { x: round(before.x + 6), y: y + app.laneHeight * 0.5, class: "note-text" });
    text.textContent = words;
    texts.push(text);
  };
  for (const e of inSight(model.notes[task], (item) => positionOfEvent(model, item))) {
    const x = xOf(positionOfEvent(model, e));
    write(x);
    before = { e, x };
    if (x - drawn < 2) continue;
    drawn = x;
    paths.note.push("M" + round(x - 2.5) + " " + round(y + 3.5) + "a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z");
  }
  write(app.width);
}

// How a task ended: a bar, a cross or a ring.
function drawEnds(model, laneOf, paths) {
  const height = app.laneHeight;
  const r = height * 0.25;
  const cross = "l" + 2 * r + " " + 2 * r + "m0 " + -2 * r + "l" + -2 * r + " " + 2 * r;
  const half = (across) => "a" + r + " " + r + " 0 1 0 " + across + " 0";
  drawEachEvent(model, model.ends, laneOf, (x, lane, e) => {
    const y = middleOf(lane);
    const left = "M" + round(x - r) + " ";
    if (model.kind[e] === KIND.panic) paths.panicked.push(left + (y - r) + cross);
    else if (model.kind[e] === KIND.cancel) paths.cancelled.push(left + y + half(2 * r) + half(-2 * r) + "z");
    else {
      // At the end of the axis the bar ends at its time, or it would be out of sight.
      const bar = x > app.width ? x : Math.min(x, app.width - 4);
      paths.complete.push(rectangle(bar, y - height * 0.4, 4, height * 0.8));
    }
  });
}

function drawEachEvent(model, events, laneOf, draw) {
  drawEach(events, (e) => positionOfEvent(model, e), (e) => laneOf(model.task[e]), draw);
}

// Draws the items that are in sight. Each has a place, such as its lane; one below 0 is not shown. Of several items of a
// place on the same pixel it draws the first: a run may have millions. In `list`, the positions never go down.
function drawEach(list, positionOf, placeOf, draw) {
  const drawn = new Map();
  for (const item of inSight(list, positionOf)) {
    const place = placeOf(item);
    const x = xOf(positionOf(item));
    if (place < 0 || x - (drawn.get(place) ?? -Infinity) < 1) continue;
    drawn.set(place, x);
    draw(x, place, item);
  }
}

// The items in view, and those so close to it that a part of their marks is.
function inSight(list, positionOf) {
  const [start, end] = app.view;
  const margin = (8 / app.width) * (end - start);
  return list.subarray(countUpTo(list, start - margin, positionOf), countUpTo(list, end + margin, positionOf));
}

function rectangle(x, y, width, height) {
  return "M" + round(x) + " " + round(y) + "h" + round(width) + "v" + round(height) + "h" + round(-width) + "z";
}

function xOf(position) {
  return share(position) * app.width;
}

function round(number) {
  return Math.round(number * 100) / 100;
}
