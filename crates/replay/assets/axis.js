// The axis that all rows share: by time it counts nanoseconds, by event it counts events. Event e lies between e and
// e + 1, so that a poll has a width even if it took no time. A position is a number, even where the time is a BigInt.

function domain() {
  if (app.align === "event") return [0, Math.max(1, ...app.models.map((model) => model.size))];
  return [0, Number(domainEnd())];
}

// The position of a row's playhead.
function positionOf(model) {
  if (app.align === "time") return Number(app.ns);
  return Math.max(0, eventOf(model) + 0.5);
}

// Turns a position on the axis into a share of the visible width.
function share(position) {
  return (position - app.view[0]) / (app.view[1] - app.view[0]);
}

function isFit() {
  const [from, to] = domain();
  return app.view[0] <= from && app.view[1] >= to;
}

function setView(from, to) {
  const [start, end] = domain();
  const shortest = app.align === "event" ? 8 : Math.max(100, (end - start) / 1e7);
  const length = Math.min(end - start, Math.max(shortest, to - from));
  const middle = (from + to) / 2;
  const first = Math.max(start, Math.min(end - length, middle - length / 2));
  app.view = [first, first + length];
  askForLanes();
}

function fitView() {
  setView(...domain());
}

// Fits the followed run alone; other runs may be longer.
function fitFollowed() {
  const model = followedRun();
  if (model) setView(0, (app.align === "event" ? model.size : Number(model.wall)) * 1.02);
}

// Zooms around a position, which keeps its place on the screen; around the playhead if it can be seen.
function zoom(factor, around) {
  const head = positionOf(followedRun());
  const seen = share(head) >= 0 && share(head) <= 1;
  const fixed = around ?? (seen ? head : (app.view[0] + app.view[1]) / 2);
  const [from, to] = app.view;
  setView(fixed - (fixed - from) / factor, fixed + (to - fixed) / factor);
}

function pan(shareOfView) {
  const by = (app.view[1] - app.view[0]) * shareOfView;
  setView(app.view[0] + by, app.view[1] + by);
}

// Pans when the playhead leaves the view, but not while the reader drags it.
function keepHeadInView() {
  if (isFit()) return;
  const at = share(positionOf(followedRun()));
  if (at < 0 || at > 1) pan(at - 0.1);
}

// The marks of the axis, at 1, 2 or 5 of a power of ten: about one every 80 pixels, and fewer where their texts are long.
function ticks() {
  const [from, to] = app.view;
  const spacing = tickSpacing(app.large * Math.max(80, 16 + 8 * tickText(to, tickSpacing(80)).length));
  const found = [];
  for (let at = Math.ceil(from / spacing) * spacing; at <= to; at += spacing) found.push(at);
  return { found, spacing };
}

function tickSpacing(pixels) {
  const wanted = (app.view[1] - app.view[0]) / Math.max(2, app.width / pixels);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return Math.max(1, [1, 2, 5, 10].find((times) => times * power >= wanted) * power);
}

function tickText(at, spacing) {
  if (app.align === "event") return grouping(at);
  return at === 0 ? "0" : roundedTime(at, spacing, unitFor(app.view[1]));
}

function drawAxes() {
  const { found, spacing } = ticks();
  for (const id of ["axis-top", "axis-bottom"]) {
    const marks = found.map((at) => {
      const mark = element("span", { text: tickText(at, spacing) });
      mark.style.left = share(at) * 100 + "%";
      if (share(at) > 0.96) mark.style.transform = "translateX(-100%)";
      return mark;
    });
    const what = element("b", { text: app.align === "event" ? "event" : "time" });
    byId(id).replaceChildren(what, element("div", { children: marks }));
  }
}
