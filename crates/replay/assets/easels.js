// The scene of the paint job: each canvas on its easel, and a painter for each thread.

const CELL = { width: 158, height: 148, left: 8, painter: 130 };
const STROKES_A_MS = 1 / 9; // while playing, strokes that take no time still appear one by one
// A row of easels has at most this many; the fewest keeps a single easel from filling the card.
const EASELS_A_ROW = 7;
const FEWEST_CELLS = 3;

function easelScene(model) {
  const tasks = model.tasks.map((_, task) => task).filter((task) => !isHelper(model, task));
  const rows = Math.max(1, Math.ceil(tasks.length / EASELS_A_ROW));
  const across = Math.max(FEWEST_CELLS, Math.ceil(tasks.length / rows));
  const [width, height] = [across * CELL.width, rows * CELL.height];
  const svg = svgElement("svg", { class: "scene", viewBox: "0 0 " + width + " " + height, role: "img" });
  const place = new Map();
  const easels = tasks.map((task, number) => {
    const [x, y] = [(number % across) * CELL.width + CELL.left, Math.floor(number / across) * CELL.height + 8];
    place.set(task, [x, y]);
    return easel(model, task, number, x, y, across > 5);
  });
  const painters = paintersOf(model).map((thread) => painter(thread));
  svg.append(...easels.map((one) => one.group), ...painters.map((one) => one.group));
  const unit = unitFor(Number(app.recording.workload.drying_ns));
  return {
    element: svg,
    rows,
    show(e, ns, ms) {
      let settled = true;
      for (const one of easels) settled = showEasel(one, canvasAt(model, one.task, e, ns), unit, ms) && settled;
      painters.forEach((one, at) => showPainter(model, one, at, place, e, ns));
      const words = easels.map((one) => one.name + " " + (one.words || "blank")).join("; ");
      if (svg.getAttribute("aria-label") !== words) svg.setAttribute("aria-label", words);
      return settled;
    },
  };
}

function easel(model, task, number, x, y, small) {
  const group = svgElement("g", { class: "easel", transform: "translate(" + x + "," + y + ")" });
  const { width, height } = PICTURE;
  const strokes = paintStrokes(number);
  const art = svgElement("svg", { width, height, viewBox: "0 0 " + width + " " + height, class: "art" });
  art.append(svgElement("rect", { width, height, class: "blank" }), ...strokes);
  const gloss = svgElement("path", { class: "gloss", d: "M-10 60L60-14H84L14 84H-10ZM72 78L112 34V48L86 78Z" });
  art.append(gloss);
  const frame = svgElement("rect", { x: -1.5, y: -1.5, width: width + 3, height: height + 3, rx: 3, class: "frame" });
  const name = svgElement("text", { x: 50, y: 122, class: "name" });
  const label = svgElement("text", { x: 50, y: 139 });
  name.textContent = small ? model.chips[task] : shorten(taskName(model, task), 18);
  group.append(
    svgElement("path", { class: "wood", d: "M18 72L2 108M82 72L98 108M50 72V104" }),
    svgElement("rect", { class: "ledge", x: -6, y: height + 1, width: width + 12, height: 5, rx: 2 }),
    art,
    frame,
    name,
    label,
  );
  if (small) group.classList.add("small");
  return { group, task, strokes, gloss, label, name: taskName(model, task), small, shown: 0, look: "", words: "" };
}

// Shows a canvas as it is; while playing, at most as many new strokes as `ms` allows. Says whether it is up to date.
function showEasel(one, canvas, unit, ms) {
  const wanted = Math.round(canvas.painted * one.strokes.length);
  const shown = ms === null ? wanted : Math.min(wanted, one.shown + Math.max(1, Math.round(ms * STROKES_A_MS)));
  for (let at = Math.min(shown, one.shown); at < Math.max(shown, one.shown); at++) {
    one.strokes[at].setAttribute("visibility", at < shown ? "visible" : "hidden");
  }
  one.shown = shown;
  one.gloss.style.opacity = canvas.wet.toFixed(2);
  if (one.look !== canvas.look) one.group.dataset.look = one.look = canvas.look;
  one.words = lookInWords(canvas, unit);
  setText(one.label, one.small ? "" : one.words);
  return shown === wanted;
}
