// The lanes of the cards on the stage: the same run over time, small.

// The lanes of the cards: one for each task, over the same span as the slider.
function drawStage() {
  for (const card of shownCards()) drawCardLanes(card);
}

function drawCardLanes(card) {
  const { model, svg, lanes, scene } = card;
  // On a projector, names have at least 20 pixels, and on a low screen 16, however small the scene is.
  const scale = isPresenting() && scene.element.getScreenCTM?.()?.a;
  if (scale) scene.element.style.setProperty("--least", (innerHeight < 1000 ? 16 : 20) / scale + "px");
  const [width, height] = [lanes.clientWidth, lanes.clientHeight];
  if (width === 0 || height === 0) return;
  if (model.tasks.length > MANY) return drawCardCrowd(model, svg, width, height);
  const drawn = lanesOfCard(model).slice(0, MANY);
  const row = Math.min(26, height / Math.max(1, drawn.length));
  const texts = [];
  const paths = { skip: [], wait: [], ready: [], hold: [], run: [], done: [], failed: [] };
  svg.setAttribute("viewBox", "0 0 " + width + " " + height);
  for (const [from, to] of skippedStretches()) {
    paths.skip.push(rectangle(share(Number(from)) * width, 0, (share(Number(to)) - share(Number(from))) * width, height));
  }
  drawn.forEach((draw, lane) => draw({ y: lane * row + row / 2, thick: Math.min(14, row * 0.62), width, paths, texts }));
  svg.replaceChildren(
    ...Object.entries(paths).map(([name, parts]) => svgElement("path", { class: "lane-" + name, d: parts.join("") })),
    ...(row >= 13 ? texts : []),
  );
}

// Many tasks as areas: how many are done, wait, and are ready or run.
function drawCardCrowd(model, svg, width, height) {
  svg.setAttribute("viewBox", "0 0 " + width + " " + height);
  const columns = Math.max(1, Math.floor(width / 2));
  const heights = { done: [], wait: [], ready: [] };
  for (let column = 0; column < columns; column++) {
    const at = app.view[0] + ((column + 0.5) / columns) * (app.view[1] - app.view[0]);
    const e = app.align === "event" ? Math.min(model.size - 1, Math.floor(at)) : eventAt(model, at);
    const part = (state) => (countOf(model, state, e) / model.tasks.length) * height;
    heights.done.push(part(STATE.complete));
    heights.wait.push(heights.done[column] + part(STATE.waiting) + part(STATE.blocking));
    heights.ready.push(heights.wait[column] + part(STATE.ready) + part(STATE.running));
  }
  const x = (column) => round(((column + 0.5) / columns) * width);
  const area = (list) =>
    "M0 " + height + list.map((high, at) => "L" + x(at) + " " + round(height - high)).join("") + "L" + width + " " + height + "z";
  const inks = ["ready", "wait", "done"]; // the highest first, so that the lower ones lie on it
  svg.replaceChildren(...inks.map((name) => svgElement("path", { class: "area-" + name, d: area(heights[name]) })));
}

// A lane for each canvas and each task that is no helper. Where one task has several canvases, each has a lane of its own.
function lanesOfCard(model) {
  const ofTask = (task) => model.canvases.filter((canvas) => canvas.task === task);
  return model.tasks.flatMap((_, task) => {
    const canvases = ofTask(task);
    if (canvases.length > 1) return canvases.map((canvas) => (place) => drawCanvasLane(model, canvas, place));
    return isHelper(model, task) ? [] : [(place) => drawTaskLane(model, task, place)];
  });
}

function drawTaskLane(model, task, place) {
  const { y, thick, width, paths } = place;
  const { seg } = model;
  const [from, to] = app.align === "event" ? [seg.from, seg.to] : [seg.fromNs, seg.toNs];
  for (const at of model.byTask[task]) {
    const [x, right] = [share(from[at]) * width, share(to[at]) * width];
    const state = seg.state[at];
    const long = Math.max(state === STATE.running ? 2 : 0, right - x);
    if (long < 0.2) continue;
    const into = { [STATE.running]: "run", [STATE.blocking]: "hold", [STATE.ready]: "ready", [STATE.waiting]: "wait" };
    paths[into[state]].push(rectangle(x, y - thick / 2, long, thick));
  }
  const end = lastOf(model, task, model.size - 1);
  if (end >= 0) drawEnd(model, end, model.kind[end] === KIND.complete, place);
  const last = end >= 0 ? end : model.size;
  const till = share(app.align === "event" ? last : (model.ns[last] ?? Number(model.wall))) * width;
  nameLane(taskName(model, task), share(from[model.byTask[task][0]] ?? 0) * width, till, place);
}

// The name of a lane: behind its end if there is room, or else before its beginning, or on it.
function nameLane(name, from, to, { y, width, texts }) {
  const long = 8 + 6.2 * app.large * name.length;
  const behind = to + long <= width;
  const x = behind ? to + 7 : from < long ? from + 4 : from - long;
  const text = svgElement("text", { x: round(x), y, class: "lane-name" });
  text.textContent = name;
  texts.push(text);
}

function drawCanvasLane(model, canvas, place) {
  const { y, thick, width, paths } = place;
  const at = (e) => share(app.align === "event" ? e : model.ns[e]) * width;
  const last = canvas.dry >= 0 ? canvas.dry : Math.max(0, model.size - 1);
  const { begins, painted } = canvas;
  paths.run.push(rectangle(at(begins), y - thick / 2, Math.max(2, at(painted) - at(begins)), thick));
  paths[everBlocks(model) ? "hold" : "wait"].push(rectangle(at(painted), y - thick / 2, at(last) - at(painted), thick));
  if (canvas.dry >= 0) drawEnd(model, canvas.dry, true, place);
  nameLane(canvas.name, at(begins), at(last), place);
}

function drawEnd(model, end, well, { y, thick, width, paths }) {
  const x = Math.min(width - 3, share(app.align === "event" ? end : model.ns[end]) * width);
  paths[well ? "done" : "failed"].push(rectangle(x, y - thick / 2 - 2, 3, thick + 4));
}
