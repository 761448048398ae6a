// The scene of a crowd: a cell for each task, with its state as its look, drawn on a canvas at sixty pictures a second. Tasks that
// the same line spawned are together, below the name of the line.

const MOSAIC = { width: 640, height: 150, caption: 13 };
// For more groups there is no room.
const MOSAIC_GROUPS = 6;
const MOSAIC_INKS = [
  [STATE.none, "--edge"],
  [STATE.ready, "--ready"],
  [STATE.running, "--run"],
  [STATE.blocking, "--run"],
  [STATE.waiting, "--wait"],
  [STATE.complete, "--done"],
  ["caption", "--dim"],
];
const mosaicInks = { background: null, colours: null };

function mosaicScene(model, isPainting) {
  const tasks = Int32Array.from(model.tasks.keys()).filter((task) => !isHelper(model, task));
  const canvases = new Map(isPainting ? model.canvases.map((canvas) => [canvas.task, canvas]) : []);
  const { cell, places, captions } = mosaicPlaces(model, tasks);
  const density = Math.min(2, devicePixelRatio || 1);
  const canvas = element("canvas", { className: "scene mosaic", role: "img" });
  canvas.width = MOSAIC.width * density;
  canvas.height = MOSAIC.height * density;
  const context = canvas.getContext("2d");
  context.scale(density, density);
  return {
    element: canvas,
    show(e, ns) {
      const ink = mosaicInk();
      context.clearRect(0, 0, MOSAIC.width, MOSAIC.height);
      const gap = cell > 6 ? 1.5 : cell > 3 ? 0.5 : 0;
      context.fillStyle = ink.get("caption");
      context.font = "10px sans-serif";
      for (const { name, y } of captions) context.fillText(name, 0, y);
      for (let number = 0; number < tasks.length; number++) {
        const task = tasks[number];
        const place = { x: places[2 * number], y: places[2 * number + 1], size: cell - gap, number };
        const canvas = canvases.has(task) ? canvasAt(model, canvases.get(task), e, ns) : null;
        drawCell(context, ink, place, stateOf(model, task, e), canvas);
      }
      const words = crowdHint(model, e);
      if (canvas.getAttribute("aria-label") !== words) canvas.setAttribute("aria-label", words);
      return true;
    },
  };
}

// The size of a cell, where the cell of each task is, and the names of the groups.
function mosaicPlaces(model, tasks) {
  const groups = mosaicGroups(model, tasks);
  const caption = groups.length > 1 ? MOSAIC.caption : 0;
  const height = MOSAIC.height - groups.length * caption;
  const rows = (size) => groups.reduce((sum, { tasks }) => sum + Math.ceil(tasks.length / Math.floor(MOSAIC.width / size)), 0);
  let cell = Math.min(28, Math.max(2, Math.floor(Math.sqrt((MOSAIC.width * height) / Math.max(1, tasks.length)))));
  while (cell > 1 && rows(cell) * cell > height) cell -= 0.5;
  const across = Math.max(1, Math.floor(MOSAIC.width / cell));
  const places = new Float64Array(2 * tasks.length);
  const captions = [];
  let [y, number] = [0, 0];
  for (const { name, tasks } of groups) {
    if (caption > 0) captions.push({ name: name + (tasks.length > 1 ? " × " + grouping(tasks.length) : ""), y: y + caption - 3 });
    y += caption;
    for (let at = 0; at < tasks.length; at++) {
      places[2 * number] = (at % across) * cell;
      places[2 * number + 1] = y + Math.floor(at / across) * cell;
      number++;
    }
    y += Math.ceil(tasks.length / across) * cell;
  }
  return { cell, places, captions };
}

// The tasks that follow each other in the list and come from one place. All are one group if that makes too many.
function mosaicGroups(model, tasks) {
  const groups = [];
  for (const task of tasks) {
    const name = model.tasks[task].replace(/ #\d+$/, "");
    if (groups.at(-1)?.name === name) groups.at(-1).tasks.push(task);
    else groups.push({ name, tasks: [task] });
    if (groups.length > MOSAIC_GROUPS) return [{ name: "", tasks }];
  }
  return groups;
}

// The colours of the states, as the style has them. A canvas does not know the style's variables, so an element resolves them,
// and again only when the theme has changed.
function mosaicInk() {
  const background = getComputedStyle(document.body).backgroundColor;
  if (mosaicInks.background === background) return mosaicInks.colours;
  const probe = document.body.appendChild(element("span", { hidden: "" }));
  const colours = new Map();
  for (const [state, name] of MOSAIC_INKS) {
    probe.style.color = "var(" + name + ")";
    colours.set(state, getComputedStyle(probe).color);
  }
  probe.remove();
  Object.assign(mosaicInks, { background, colours });
  return colours;
}

// A cell: empty before its task begins, then in the colour of its state. Wet paint shines, and a dry canvas has its own colours.
function drawCell(context, ink, cell, state, canvas) {
  const { x, y, size, number } = cell;
  context.fillStyle = context.strokeStyle = ink.get(state);
  context.lineWidth = 1;
  if (state === STATE.none) {
    context.lineWidth = 0.5;
    context.strokeRect(x + 0.5, y + 0.5, Math.max(0.5, size - 1), Math.max(0.5, size - 1));
    return;
  }
  if (state === STATE.complete && canvas) context.fillStyle = colourOfPicture(number);
  if (canvas?.look === LOOK.wet) context.fillStyle = ink.get(STATE.waiting);
  context.fillRect(x, y, size, size);
  if (canvas?.look === LOOK.wet) {
    context.globalAlpha = 0.6 * canvas.wet;
    context.fillStyle = "#fff";
    context.fillRect(x, y, size, size / 2);
    context.globalAlpha = 1;
  }
  if (state === STATE.blocking && size > 4) context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
}
