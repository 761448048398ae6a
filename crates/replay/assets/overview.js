// The strip below the slider, when only a part of the axis is in view: the whole axis, with a brush on the part.

function showOverview() {
  const strip = byId("overview");
  strip.hidden = isFit() || !app.details;
  if (strip.hidden) return;
  const [start, end] = domain();
  const brush = byId("brush");
  brush.style.left = ((app.view[0] - start) / (end - start)) * 100 + "%";
  brush.style.width = ((app.view[1] - app.view[0]) / (end - start)) * 100 + "%";
  byId("overview-head").style.left = ((positionOf(followedRun()) - start) / (end - start)) * 100 + "%";
}

// Dragging moves the part that is in view.
function connectOverview() {
  const strip = byId("overview");
  const moveTo = (event) => {
    const box = strip.getBoundingClientRect();
    const [start, end] = domain();
    const middle = start + ((event.clientX - box.left) / box.width) * (end - start);
    const half = (app.view[1] - app.view[0]) / 2;
    setView(middle - half, middle + half);
  };
  strip.addEventListener("pointerdown", (event) => {
    strip.setPointerCapture(event.pointerId);
    moveTo(event);
  });
  strip.addEventListener("pointermove", (event) => {
    if (strip.hasPointerCapture(event.pointerId)) moveTo(event);
  });
}
