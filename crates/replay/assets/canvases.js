// What happened to each canvas of a run, and what it looks like at a moment: blank, being painted, wet or dry.
//
// In the paint job each task has a canvas. Any other program tells of its canvases by notes: `sky: painted` and `sky: dry`, or
// `is wet` and `is dry` of a task that has the name of its canvas.

const LOOK = { blank: "blank", ready: "ready", painting: "painting", wet: "wet", dry: "dry", failed: "failed" };
const TOLD = /^(?:(.+): )?(paints|painted|is wet|dry|is dry)$/;

// The canvases of a run, each with the events at which it was begun, painted and found dry, or -1.
function foldCanvases(model) {
  const isPaint = app.recording.workload.job === "paint";
  model.canvases = isPaint ? canvasesOfTasks(model) : canvasesOfNotes(model);
  for (const canvas of model.canvases) {
    canvas.beginsNs = canvas.begins < 0 ? Infinity : model.ns[canvas.begins];
    canvas.paintedNs = canvas.painted < 0 ? Infinity : model.ns[canvas.painted];
    const drying = isPaint ? Number(app.recording.workload.drying_ns ?? 0) : Infinity;
    canvas.dryNs = isPaint ? canvas.paintedNs + drying : canvas.dry < 0 ? Infinity : model.ns[canvas.dry];
  }
  model.extraLanes = sharedCanvases(model);
}

// The canvases of tasks that have several, such as generators that one task drives: they have lanes of their own.
function sharedCanvases(model) {
  const counts = new Map();
  for (const { task } of model.canvases) counts.set(task, (counts.get(task) ?? 0) + 1);
  return model.canvases.filter(({ task }) => counts.get(task) > 1);
}

// A task paints in its first poll, until it first waits, blocks, yields or ends.
function canvasesOfTasks(model) {
  const lives = model.tasks.map((_, task) => ({
    name: taskName(model, task),
    chip: model.chips[task],
    task,
    begins: -1,
    painted: -1,
    dry: -1,
  }));
  const ends = [KIND.timer, KIND.block, KIND.pending, KIND.yield, KIND.complete];
  for (let e = 0; e < model.size; e++) {
    const life = lives[model.task[e]];
    const kind = model.kind[e];
    if (kind === KIND.poll && life.begins < 0) life.begins = e;
    if (life.begins >= 0 && life.painted < 0 && ends.includes(kind)) life.painted = e;
    if (kind === KIND.complete) life.dry = e;
  }
  return lives.filter(({ task }) => !isHelper(model, task));
}

function canvasesOfNotes(model) {
  if (model.messages.size === 0) return [];
  const found = new Map();
  const latest = new Map();
  const own = grouped(Int32Array.from(model.task.keys()), (e) => model.task[e], model.tasks.length);
  for (const [task, notes] of model.notes.entries()) {
    for (const e of notes) {
      const [, name, what] = TOLD.exec(model.messages.get(e)) ?? [];
      if (what === "painted" || what === "is wet") {
        const key = name ?? taskName(model, task);
        const canvas = { name: key, chip: shorten(key, 6), task, begins: beforeWork(model, own[task], e), painted: e, dry: -1 };
        if (found.has(key)) continue;
        found.set(key, canvas);
        latest.set(task, canvas);
      } else if (what === "dry" || what === "is dry") {
        const canvas = name === undefined ? latest.get(task) : found.get(name);
        if (canvas && canvas.dry < 0) canvas.dry = e;
      }
    }
  }
  return [...found.values()].sort((one, other) => one.begins - other.begins);
}

// The event at which the work began that ended with event `e`, of those of the same task: the last one at an earlier time in this
// poll.
function beforeWork(model, own, e) {
  for (let at = countUpTo(own, e - 1) - 1; at >= 0; at--) {
    if (model.ns[own[at]] < model.ns[e] || model.kind[own[at]] === KIND.poll) return own[at];
  }
  return e;
}

// How a canvas looks after event `e`, at time `ns`: its look, the share that is painted, how wet it is (1 just painted,
// 0 dry), and how long it still has to dry, if that is known.
function canvasAt(model, canvas, e, ns) {
  const still = { painted: 0, wet: 0, left: 0 };
  if (canvas.begins < 0 || canvas.begins > e) {
    return { ...still, look: stateOf(model, canvas.task, e) === STATE.ready ? LOOK.ready : LOOK.blank };
  }
  const painted = canvas.painted >= 0 && canvas.painted <= e;
  if (canvas.dry >= 0 && canvas.dry <= e) return { ...still, painted: 1, look: LOOK.dry };
  const end = lastOf(model, canvas.task, e);
  if (end >= 0 && model.kind[end] !== KIND.complete) return { ...still, painted: painted ? 1 : 0, look: LOOK.failed };
  if (!painted) {
    const length = canvas.paintedNs - canvas.beginsNs;
    const part = length > 0 && length < Infinity ? Math.min(1, (ns - canvas.beginsNs) / length) : 0;
    return { ...still, painted: part, look: LOOK.painting };
  }
  const left = Math.max(0, canvas.dryNs - ns);
  const drying = canvas.dryNs - canvas.paintedNs;
  const wet = drying === Infinity ? 1 : drying > 0 ? left / drying : 0;
  return { painted: 1, wet, left, look: LOOK.wet, wantsALook: stateOf(model, canvas.task, e) === STATE.ready };
}

// The canvas that a task works on at event `e`: the one at which something of it happened last; null if there is none.
function canvasOf(model, task, e) {
  let [found, last] = [null, -1];
  for (const canvas of model.canvases) {
    if (canvas.task !== task) continue;
    for (const event of [canvas.begins, canvas.painted, canvas.dry]) {
      if (event <= e && event > last) [found, last] = [canvas, event];
    }
  }
  return found;
}

// What the label below a canvas says about it.
function lookInWords({ look, left, wantsALook }, unit) {
  if (look === LOOK.painting) return "being painted";
  if (look !== LOOK.wet) return look === LOOK.blank ? "not begun" : look;
  if (wantsALook) return left > 0 ? "wet, wants a look" : "dry, wants a look";
  if (unit === null) return "wet";
  return left > 0 ? "dry in " + roundedTime(left, unit[0] / 10, unit) : "dry, unseen";
}
