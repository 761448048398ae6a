// The painters: a figure for each thread that polls tasks. It walks to the canvas that it works on.

function painter(thread) {
  const group = svgElement("g", { class: "painter", "data-thread": thread });
  group.append(
    svgElement("circle", { r: 9 }),
    svgElement("path", { class: "body", d: "M-9 34q0-22 9-22q9 0 9 22z" }),
    svgElement("path", { class: "arm", d: "M4 18L-20 7" }),
    svgElement("path", { class: "brush", d: "M-20 7L-32 2" }),
    svgElement("path", { class: "arm-down", d: "M-2 18L-6 34" }),
    svgElement("text", { y: -14 }),
  );
  return { group, thread, words: group.lastElementChild, shown: "" };
}

// Where a thread is at event `e`: the task of the program that it polls or polled last, and its state there.
function whereabouts(model, thread, e) {
  const list = model.byThread[thread];
  const { seg } = model;
  for (let at = countUpTo(list, e, (item) => seg.from[item]) - 1; at >= 0; at--) {
    const item = list[at];
    if (isHelper(model, seg.task[item])) continue;
    return { task: seg.task[item], state: seg.to[item] > e ? seg.state[item] : STATE.none };
  }
  return null;
}

// Before its first work a painter stands at the canvas of its own number. Two painters at one canvas stand side by side.
// Where several are idle, one has the word.
function showPainter(model, one, at, place, e, ns, idle) {
  const where = whereabouts(model, one.thread, e);
  const state = where?.state ?? STATE.none;
  const canvas = where === null ? null : canvasOf(model, where.task, e);
  const places = [...place.values()];
  const [x, y] = place.get(canvas) ?? place.get(where?.task) ?? places[at % places.length] ?? [0, 0];
  const shift = (at % 3) * 5;
  const transform = "translate(" + round(x + CELL.left + CELL.painter + shift - 5) + "px," + (y + 54) + "px)";
  const busy = state === STATE.running;
  const paints = busy && canvas !== null && canvasAt(model, canvas, e, ns).look === LOOK.painting;
  const isFree = countOf(model, STATE.ready, e) === 0; // otherwise it is on its way to the next task
  const does = paints ? "paints" : busy ? "looks" : state === STATE.blocking ? "waits" : isFree ? "idle" : "turns";
  const word = does === "idle" && idle.has(x + y * 1e4) ? "" : ["waits", "looks", "idle"].includes(does) ? does : "";
  if (does === "idle") idle.add(x + y * 1e4);
  const key = transform + does + word;
  if (one.shown === key) return;
  one.shown = key;
  one.group.style.transform = transform;
  one.group.dataset.does = does;
  setText(one.words, word);
}
