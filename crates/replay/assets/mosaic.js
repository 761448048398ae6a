// The scene of a crowd: a cell for each task, with its state as its look, drawn on a canvas at sixty pictures a second.

const MOSAIC = { width: 640, height: 150 };

function mosaicScene(model, isPainting) {
  const tasks = Int32Array.from(model.tasks.keys()).filter((task) => !isHelper(model, task));
  const canvases = new Map(isPainting ? model.canvases.map((canvas) => [canvas.task, canvas]) : []);
  const side = Math.max(2, Math.floor(Math.sqrt((MOSAIC.width * MOSAIC.height) / Math.max(1, tasks.length))));
  let cell = Math.min(side, 28);
  while (cell > 1 && Math.floor(MOSAIC.width / cell) * Math.floor(MOSAIC.height / cell) < tasks.length) cell -= 0.5;
  const across = Math.max(1, Math.floor(MOSAIC.width / cell));
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
      for (let number = 0; number < tasks.length; number++) {
        const task = tasks[number];
        const place = { x: (number % across) * cell, y: Math.floor(number / across) * cell, size: cell - gap, number };
        const canvas = canvases.has(task) ? canvasAt(model, canvases.get(task), e, ns) : null;
        drawCell(context, ink, place, stateOf(model, task, e), canvas);
      }
      const words = crowdHint(model, e);
      if (canvas.getAttribute("aria-label") !== words) canvas.setAttribute("aria-label", words);
      return true;
    },
  };
}

// Read again at each frame, because the reader may change the theme.
function mosaicInk() {
  const style = getComputedStyle(document.documentElement);
  const ink = (name) => style.getPropertyValue(name).trim();
  return [STATE.none, STATE.ready, STATE.running, STATE.blocking, STATE.waiting, STATE.complete].reduce(
    (inks, state, at) => inks.set(state, ink(["--edge", "--ready", "--run", "--run", "--wait", "--done"][at])),
    new Map(),
  );
}

// A cell: empty before its task begins, then in the colour of its state. Wet paint shines, and a dry canvas has its own colours.
function drawCell(context, ink, cell, state, canvas) {
  const { x, y, size, number } = cell;
  context.fillStyle = context.strokeStyle = ink.get(state);
  if (state === STATE.none) {
    context.lineWidth = 0.5;
    context.strokeRect(x + 0.5, y + 0.5, Math.max(0.5, size - 1), Math.max(0.5, size - 1));
    return;
  }
  if (state === STATE.complete && canvas) context.fillStyle = colourOfPicture(number);
  context.fillRect(x, y, size, size);
  if (canvas?.look === LOOK.wet) {
    context.globalAlpha = 0.1 + 0.6 * canvas.wet;
    context.fillStyle = "#fff";
    context.fillRect(x, y, size, size / 2);
    context.globalAlpha = 1;
  }
}
