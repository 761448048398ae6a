// Draws many tasks as areas: how many are blocking, ready, waiting and done over time, and a strip below for running.
//
// One column of pixels may hold thousands of events. It shows the busiest of its moments, the one at which the most
// tasks were ready, running or blocking; otherwise short bursts would vanish.

const STACK = [
  ["running", STATE.running],
  ["blocking", STATE.blocking],
  ["crowd-ready", STATE.ready],
  ["crowd-waiting", STATE.waiting],
  ["crowd-done", STATE.complete],
];
const STRIP = 7;

function drawCrowd(row, paths, texts) {
  const { model } = row;
  const columns = busiest(model);
  const top = row.woken ? app.laneHeight : 0;
  if (row.woken) drawWoken(row.woken, paths, texts);
  const bottom = row.height - STRIP - 2;
  const tasks = Math.max(1, model.tasks.length);
  const below = new Float64Array(columns.length);
  for (const [name, state] of STACK) {
    const above = below.map((sum, x) => sum + countOf(model, state, columns[x].at));
    (paths[name] ??= []).push(...area(below, above, bottom, (bottom - top) / tasks));
    below.set(above);
  }
  for (let x = 0; x < columns.length; x++) {
    if (columns[x].runs) paths.running.push(rectangle(x, row.height - STRIP, 1, STRIP));
  }
}

// Finds, for each column of pixels, the event to show and whether a task ran.
function busiest(model) {
  const [start, end] = app.view;
  const wide = Math.floor(app.width);
  const scale = wide / (end - start);
  const byEvent = app.align === "event";
  const columns = Array.from({ length: wide }, () => ({ at: -2, load: -1, runs: false }));
  const load = (at) =>
    countOf(model, STATE.ready, at) + countOf(model, STATE.running, at) + countOf(model, STATE.blocking, at);
  const first = Math.max(0, byEvent ? Math.floor(start) : countUpTo(model.ns, start - 1));
  let e = first;
  let before = first - 1;
  for (let x = 0; x < wide; x++) {
    const column = columns[x];
    const until = start + (x + 1) / scale;
    column.at = before;
    column.load = byEvent && before >= model.size - 1 ? 0 : load(before);
    column.runs = countOf(model, STATE.running, before) > 0 && before < model.size - 1;
    for (; e < model.size && (byEvent ? e : model.ns[e]) < until; e++) {
      const loadHere = load(e);
      if (loadHere > column.load) {
        column.load = loadHere;
        column.at = e;
      }
      if (countOf(model, STATE.running, e) > 0) column.runs = true;
      before = e;
    }
  }
  return columns;
}

// The outline of one area, in steps: along its upper edge, and back along its lower one. It skips parts without height.
function area(below, above, bottom, scale) {
  const parts = [];
  const y = (count) => round(bottom - count * scale);
  let x = 0;
  while (x < above.length) {
    if (above[x] === below[x]) {
      x++;
      continue;
    }
    const begin = x;
    let up = "M" + x + " " + y(below[x]);
    const down = [];
    while (x < above.length && above[x] > below[x]) {
      const from = x;
      while (x < above.length && above[x] === above[from] && below[x] === below[from]) x++;
      up += "V" + y(above[from]) + "H" + x;
      down.push("V" + y(below[from]) + "H" + from);
    }
    parts.push(up + down.reverse().join("") + "z");
    if (x === begin) x++;
  }
  return parts;
}
