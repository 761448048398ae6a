// The legend: a mark for each thing that the lanes show, drawn as it is there. Some are shown only if the recording has
// such events, if it has many tasks, or if wake arrows are shown.

const LEGEND = [
  ["running", "running: a thread polls it", "M1 2h24v10h-24z"],
  ["ready", "ready: in the queue", "M1 4h24v6h-24z"],
  ["waiting", "waiting", "M1 7h24"],
  ["blocking", "blocking its thread", "M1 2h24v10h-24z", "block"],
  ["due", "timer due", "M13 0v14", "timer"],
  ["fired", "timer fired", "M13 1l6 6l-6 6l-6 -6z", "timer"],
  ["note", "said something", "M10.5 7a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z", "note"],
  ["complete", "done", "M10 0h6v14h-6z"],
  ["panicked", "panicked", "M8 2l10 10m0 -10l-10 10", "panic"],
  ["cancelled", "cancelled", "M8 7a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", "cancel"],
  ["wake", "wake: who woke whom", "M13 1V9m-3.5 -1l3.5 6l3.5 -6z", "wakes"],
  ["wake", "wake by a timer or from outside", "M5 0L10.3 7.3M14 12L7.5 9.4L13.1 5.2z", "wakes by no task"],
  ["wake", "wake: leads to the poll that followed", "M13 1V9m-3.5 -1l3.5 6l3.5 -6z", "wakes by thread"],
  [
    "wake-head",
    "how many were woken",
    "M6 3h2v6h2.5l-3.5 5l-3.5 -5h2.5zM16 6h2v3h2.5l-3.5 5l-3.5 -5h2.5z",
    "many wakes",
  ],
  ["crowd-waiting", "many waiting", "M0 0h26v14h-26z", "many"],
  ["crowd-done", "many done", "M0 0h26v14h-26z", "many"],
];

function buildLegend() {
  const has = new Set(app.models.flatMap((model) => Array.from(new Set(model.kind), (kind) => KINDS[kind])));
  if (app.models.some((model) => model.tasks.length > MANY)) has.add("many");
  const arrows = app.wakes && app.rows.some((row) => !isCrowd(row));
  if (arrows) has.add(app.lanes === "task" ? "wakes" : "wakes by thread");
  if (arrows && app.lanes === "task") has.add("wakes by no task");
  if (app.wakes && app.rows.some(isCrowd)) has.add("many wakes");
  const items = LEGEND.filter(([, , , needs]) => !needs || has.has(needs)).map(([name, text, path]) => {
    const mark = svgElement("svg", { width: 26, height: 14, viewBox: "0 0 26 14", "aria-hidden": "true" });
    mark.append(svgElement("path", { class: "ink-" + name, d: path }));
    return element("span", { role: "listitem", children: [mark, text] });
  });
  byId("legend").replaceChildren(...items);
}

// The key above the stage: what the colours of the cards mean.
const COLOURS = {
  paint: [
    ["run", "being painted"],
    ["ready", "ready: no painter is free"],
    ["wait", "wet: it dries by itself"],
    ["hold", "wet, and a painter waits", "block"],
    ["run", "a look: is it dry?", null, "M10 1h2v12h-2z"],
    ["done", "dry"],
    ["idle", "an idle painter", null, "M11 1a3 3 0 1 1 -.1 0zM7 13q0 -6 4 -6q4 0 4 6z"],
  ],
  other: [
    ["run", "runs"],
    ["ready", "ready: in the queue"],
    ["wait", "waits"],
    ["hold", "blocks its thread", "block"],
    ["done", "done"],
    ["failed", "panicked or cancelled", "failed"],
  ],
};

function buildKey() {
  const has = new Set();
  if (app.models.some(everBlocks)) has.add("block");
  if (app.models.some((model) => model.ends.some((end) => model.kind[end] !== KIND.complete))) has.add("failed");
  const items = (COLOURS[app.recording.workload.job] ?? COLOURS.other)
    .filter(([, , needs]) => !needs || has.has(needs))
    .map(([name, text, , shape]) => {
      const mark = svgElement("svg", { viewBox: "0 0 22 14", "aria-hidden": "true" });
      mark.append(svgElement("path", { class: "lane-" + name, d: shape ?? "M1 1h20v12h-20z" }));
      return element("span", { role: "listitem", children: [mark, text] });
    });
  if (skippedStretches().length > 0) items.push(element("span", { role: "listitem", text: "▨ passes faster: nothing happens" }));
  byId("key").replaceChildren(...items);
}
