// What happened to each canvas of a run, and what it looks like at a moment: blank, being painted, wet or dry.

const LOOK = { blank: "blank", ready: "ready", painting: "painting", wet: "wet", noticed: "dry", failed: "failed" };

// The events of a canvas's life. A task paints in its first poll, until it first waits, blocks, yields or ends.
function foldCanvases(model) {
  const drying = Number(app.recording.workload.drying_ns ?? 0);
  const lives = model.tasks.map(() => ({ begins: -1, painted: -1, ended: -1 }));
  const ends = [KIND.timer, KIND.block, KIND.pending, KIND.yield, KIND.complete];
  for (let e = 0; e < model.size; e++) {
    const life = lives[model.task[e]];
    const kind = model.kind[e];
    if (kind === KIND.poll && life.begins < 0) life.begins = e;
    if (life.begins >= 0 && life.painted < 0 && ends.includes(kind)) life.painted = e;
    if (kind >= KIND.complete) life.ended = e;
  }
  for (const life of lives) {
    life.beginsNs = life.begins < 0 ? Infinity : model.ns[life.begins];
    life.paintedNs = life.painted < 0 ? Infinity : model.ns[life.painted];
    life.dryNs = life.paintedNs + drying;
  }
  model.lives = lives;
}

// How a canvas looks after event `e`, at time `ns`: its look, the share that is painted, how wet it is (1 just painted,
// 0 dry), and how long it still has to dry.
function canvasAt(model, task, e, ns) {
  const life = model.lives[task];
  if (life.begins < 0 || life.begins > e) {
    const waits = stateOf(model, task, e) === STATE.ready;
    return { look: waits ? LOOK.ready : LOOK.blank, painted: 0, wet: 0, left: 0 };
  }
  if (life.ended >= 0 && life.ended <= e) {
    const dry = model.kind[life.ended] === KIND.complete;
    const painted = life.painted >= 0 && life.painted <= e ? 1 : 0;
    return { look: dry ? LOOK.noticed : LOOK.failed, painted, wet: 0, left: 0 };
  }
  if (life.painted < 0 || life.painted > e) {
    const length = life.paintedNs - life.beginsNs;
    const painted = length > 0 && length < Infinity ? Math.min(1, (ns - life.beginsNs) / length) : 0;
    return { look: LOOK.painting, painted, wet: 0, left: 0 };
  }
  const left = Math.max(0, life.dryNs - ns);
  const drying = life.dryNs - life.paintedNs;
  return { look: LOOK.wet, painted: 1, wet: drying > 0 ? left / drying : 0, left };
}

// What the label below a canvas says about it.
function lookInWords({ look, left }, unit) {
  if (look === LOOK.wet) return left > 0 ? "dry in " + roundedTime(left, unit[0] / 10, unit) : "dry, unseen";
  if (look === LOOK.painting) return "being painted";
  return look === LOOK.blank ? "" : look;
}
