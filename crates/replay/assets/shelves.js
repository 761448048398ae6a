// The scene of the amap job: a shelf for each task, whose items fill one by one.

const SHELF = { left: 64, width: 400, most: 44, height: 44 };
const ITEMS_DRAWN = 60;

function shelfScene(model) {
  const tasks = model.tasks.map((_, task) => task).filter((task) => !isHelper(model, task));
  const rowHeight = Math.max(20, Math.min(SHELF.height, 180 / Math.max(1, tasks.length)));
  const height = Math.max(80, tasks.length * rowHeight + 8);
  const items = Math.max(1, app.recording.workload.items ?? 1);
  const boxes = Math.min(items, ITEMS_DRAWN);
  const width = Math.min(SHELF.most, SHELF.width / boxes);
  const size = Math.min(rowHeight - 6, 30);
  const viewBox = "0 0 " + (SHELF.left + Math.max(7, boxes) * width + 16) + " " + height;
  const svg = svgElement("svg", { class: "scene", viewBox, role: "img", preserveAspectRatio: "xMinYMid" });
  const shelves = tasks.map((task, number) => {
    const y = 4 + number * rowHeight;
    const group = svgElement("g", { class: "shelf", transform: "translate(0," + y + ")" });
    const name = svgElement("text", { x: SHELF.left - 10, y: size / 2 });
    name.textContent = taskName(model, task);
    const filled = Array.from({ length: boxes }, (_, at) =>
      svgElement("rect", { class: "item", x: SHELF.left + at * width, width: Math.max(2, width - 5), height: size, rx: 3 }),
    );
    const thread = svgElement("circle", { class: "hand", r: 5, cy: size / 2, visibility: "hidden" });
    group.append(name, ...filled, thread);
    return { group, task, filled, thread, shown: -1 };
  });
  svg.append(...shelves.map((one) => one.group));
  return {
    element: svg,
    show(e) {
      for (const one of shelves) showShelf(model, one, e, items, width);
      const words = shelves.map((one) => taskName(model, one.task) + ": " + itemsDone(model, one.task, e, items));
      const label = words.join("; ") + " of " + items + " items";
      if (svg.getAttribute("aria-label") !== label) svg.setAttribute("aria-label", label);
      return true;
    },
  };
}

// A task comes to its lines once for each item, so its place among them tells how many items it has done.
function itemsDone(model, task, e, items) {
  const lines = model.lines[task];
  if (stateOf(model, task, e) === STATE.complete) return items;
  return lines.length === 0 ? 0 : Math.floor((countUpTo(lines, e) / lines.length) * items);
}

function showShelf(model, one, e, items, width) {
  const { filled } = one;
  const shown = Math.round((itemsDone(model, one.task, e, items) / items) * filled.length);
  for (let at = Math.max(0, Math.min(shown, one.shown)); at < Math.max(shown, one.shown, 0); at++) {
    filled[at].classList.toggle("full", at < shown);
  }
  one.shown = shown;
  const state = stateOf(model, one.task, e);
  one.now?.classList.remove("now");
  one.now = isBusy(state) ? filled[Math.max(0, shown - 1)] : null;
  one.now?.classList.add("now");
  one.group.dataset.state = STATE_NAMES[state];
  one.thread.setAttribute("visibility", isBusy(state) ? "visible" : "hidden");
  const at = Math.min(filled.length - 1, Math.max(0, shown - 1));
  one.thread.setAttribute("cx", round(SHELF.left + at * width + Math.max(2, width - 5) / 2));
}
