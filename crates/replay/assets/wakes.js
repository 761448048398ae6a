// Draws who woke whom: arrows between lanes, or, where a row is collapsed, how many were woken.

// Draws an arrow from the task that woke another one, straight up or down. It slants if no task called the waker, and
// is a loop if a task woke itself. Of several arrows between two lanes on the same pixel it draws one.
function drawWakes(model, laneOf, paths) {
  const height = app.laneHeight;
  const wakerOf = (e) => (model.detail[e] >= 0 ? laneOf(model.detail[e]) : -1);
  const lanes = MANY + 1; // with -1, for a waker that has no lane here
  const placeOf = (e) => laneOf(model.task[e]) * lanes + wakerOf(e) + 1;
  drawEach(model.wakes, (e) => positionOfEvent(model, e), placeOf, (x, place, e) => {
    const lane = laneOf(model.task[e]);
    const isTask = model.detail[e] >= 0;
    const by = wakerOf(e);
    const y = middleOf(lane);
    if (by === lane) drawLoop(x, y, paths);
    else if (by >= 0) drawArrow(x, middleOf(by), x, y, paths);
    else drawArrow(isTask ? x : x - height * 0.5, y - height * 0.75, x, y, paths);
  });
}

// Draws an arrow from the thread or timer that woke a task to the task's next poll, on whichever thread that was: as
// long as the task was in the queue. Of several arrows between two lanes that begin on the same pixel it draws one, and
// one of those that begin left of the view.
function drawWakesByThread(model, laneOf, ofTimers, paths) {
  const height = app.laneHeight;
  const drawn = new Set();
  for (const e of model.wakes) {
    const from = xOfEvent(model, e);
    if (from > app.width + 8) break;
    const poll = pollAfter(model, model.task[e], e);
    if (poll < 0) continue; // it was never polled again
    const to = xOfEvent(model, poll);
    const lane = laneOf(model.detail[poll]);
    if (lane < 0 || to < -8) continue;
    const by = model.detail[e] === BY.timer ? ofTimers : model.detail[e] >= 0 ? laneOf(threadOf(model, e)) : -1;
    const key = Math.max(-9, Math.round(from)) + " " + by + " " + lane;
    if (drawn.has(key)) continue;
    drawn.add(key);
    const y = middleOf(lane);
    if (by !== lane) drawArrow(from, by >= 0 ? middleOf(by) : y - height * 0.75, to, y, paths);
    else if (to - from < 8) drawLoop(to, y, paths);
    else drawBow(from, to, y, paths);
  }
}

// The first poll of a task after event `e`; -1 if there is none.
function pollAfter(model, task, e) {
  const list = model.pollsByTask[task];
  return list[countUpTo(list, e)] ?? -1;
}

// The thread of the task that woke another one at event `e`: the one on which it is polled, or was last.
function threadOf(model, e) {
  const list = model.pollsByTask[model.detail[e]];
  const at = countUpTo(list, e) - 1;
  return at >= 0 ? model.detail[list[at]] : -1;
}

// Draws how many tasks were woken in each column of pixels, as bars. Where there is room, a bar has a head that points
// at the areas below, and its number beside it.
function drawWoken(columns, paths, texts) {
  const most = columns.reduce((highest, woken) => Math.max(highest, woken), 0);
  const foot = app.laneHeight;
  let head = -10;
  columns.forEach((woken, x) => {
    if (woken === 0) return;
    const length = Math.max(2, (woken / most) * (foot - 7));
    paths["wake-head"].push(rectangle(x - 0.5, foot - 6 - length, 2, length));
    if (x - head < 9) return;
    head = x;
    paths["wake-head"].push(arrowHead(x + 0.5, foot - 1, 0, 1));
    const text = grouping(woken);
    const room = 10 + 7 * app.large * text.length;
    if (columns.subarray(x + 1, x + room).some((next) => next > 0) || x + room > columns.length) return;
    const label = svgElement("text", { x: x + 7, y: foot / 2, class: "on-panel" });
    label.textContent = text;
    texts.push(label);
  });
}

function wokenByColumn(model) {
  const columns = new Int32Array(Math.floor(app.width) + 1);
  for (const e of model.wakes) {
    const x = Math.floor(xOfEvent(model, e));
    if (x >= 0 && x < columns.length) columns[x]++;
  }
  return columns;
}

function xOfEvent(model, e) {
  return xOf(positionOfEvent(model, e));
}

// The position of the mark of an event.
function positionOfEvent(model, e) {
  return app.align === "event" ? e + 0.5 : model.ns[e];
}

function middleOf(lane) {
  return (lane + 0.5) * app.laneHeight;
}

function drawArrow(fromX, fromY, toX, toY, paths) {
  const length = Math.hypot(toX - fromX, toY - fromY);
  const [right, down] = [(toX - fromX) / length, (toY - fromY) / length];
  const short = 4 * app.large;
  paths.wake.push("M" + round(fromX) + " " + fromY + "L" + round(toX - short * right) + " " + round(toY - short * down));
  paths["wake-head"].push(arrowHead(toX, toY, right, down));
}

// Draws an arrow back to the same place.
function drawLoop(x, y, paths) {
  paths.wake.push("M" + round(x) + " " + (y + 6) + "c-10 3 -10 -13 -3 -12");
  paths["wake-head"].push(arrowHead(x, y - 5, 0, 1));
}

// Draws an arrow below a lane, to a later place in it. Bows of several tasks cross, so you can tell them apart.
function drawBow(fromX, toX, y, paths) {
  const [middle, deep] = [(fromX + toX) / 2, y + app.laneHeight * 1.4];
  const length = Math.hypot(toX - middle, y - deep);
  paths.wake.push("M" + round(fromX) + " " + y + "Q" + round(middle) + " " + round(deep) + " " + round(toX) + " " + y);
  paths["wake-head"].push(arrowHead(toX, y, (toX - middle) / length, (y - deep) / length));
}

// The head of an arrow that points to a place, in a direction.
function arrowHead(x, y, right, down) {
  const [long, wide] = [6 * app.large, 3.5 * app.large];
  const corner = (side) => round(x - long * right - side * wide * down) + " " + round(y - long * down + side * wide * right);
  return "M" + round(x) + " " + round(y) + "L" + corner(1) + "L" + corner(-1) + "z";
}
