// The scene of canvases and people: a cell for each, and a painter for each thread.

const CELL = { width: 168, height: 148, left: 10, painter: 130 };
// A row has at most this many cells; a few canvases do not fill the card.
const CELLS_A_ROW = 7;

function cellScene(model) {
  const others = peopleOf(model);
  const cells = [...model.canvases, ...others];
  const rows = Math.max(1, Math.ceil(cells.length / CELLS_A_ROW));
  const across = Math.max(model.canvases.length > 0 ? 3 : 2, Math.ceil(cells.length / rows));
  const svg = svgElement("svg", { class: "scene", role: "img", preserveAspectRatio: "xMinYMid" });
  svg.setAttribute("viewBox", "0 0 " + across * CELL.width + " " + rows * CELL.height);
  const place = new Map(
    cells.map((cell, at) => [cell, [(at % across) * CELL.width, Math.floor(at / across) * CELL.height]]),
  );
  const easels = model.canvases.map((canvas, number) => easel(canvas, number, ...place.get(canvas), across > 5));
  const people = others.map((task) => person(model, task, ...place.get(task)));
  const painters = (easels.length > 0 ? paintersOf(model) : []).map((thread) => painter(thread));
  const arrows = svgElement("g", { class: "waits" });
  svg.append(...[...easels, ...people, ...painters].map((one) => one.group), arrows);
  const drying = app.recording.workload.drying_ns;
  const unit = drying === undefined ? null : unitFor(Number(drying));
  return {
    element: svg,
    rows,
    show(e, ns, ms) {
      let settled = true;
      for (const one of easels) settled = showEasel(one, canvasAt(model, one.canvas, e, ns), unit, ms) && settled;
      for (const one of people) showPerson(model, one, e);
      const idle = new Set();
      painters.forEach((one, at) => showPainter(model, one, at, place, e, ns, idle));
      showWaits(model, arrows, place, e);
      const words = [
        ...easels.map((one) => one.canvas.name + " " + one.words),
        ...people.map((one) => one.name + " " + one.state.textContent),
      ];
      if (svg.getAttribute("aria-label") !== words.join("; ")) svg.setAttribute("aria-label", words.join("; "));
      return settled;
    },
  };
}

// The tasks that are shown as people: all that do something of their own, but for those that only paint.
function peopleOf(model) {
  if (app.recording.workload.job === "paint") return [];
  const paints = new Set(model.canvases.map((canvas) => canvas.task));
  const tellsMore = (task) => model.notes[task].some((e) => !TOLD.test(model.messages.get(e)));
  return model.tasks
    .map((_, task) => task)
    .filter((task) => !isHelper(model, task) && (!paints.has(task) || tellsMore(task)));
}
