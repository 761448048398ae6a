// Runs that did the same, put together: the stage shows one of them, and names the others.

// Two moments count as the same if they are closer than this share of the longest run.
const CLOSE = 0.03;

// What a run's tasks did, as far as the stage shows it: for each task its stretches, without those too short to see.
function groupRuns(models) {
  const groups = [];
  const longest = Math.max(1, ...models.map((model) => Number(model.wall)));
  const shapes = new Map(models.map((model) => [model, shapeOf(model, longest)]));
  for (const model of models) {
    const same = groups.find(([first]) => isAlike(first, model, shapes, longest));
    if (same) same.push(model);
    else groups.push([model]);
  }
  return groups;
}

function shapeOf(model, longest) {
  const { seg } = model;
  const shape = [];
  if (model.wall === 0) {
    // No time passes: the order of the polls is all there is to see.
    for (const e of model.polls) if (!isHelper(model, model.task[e])) shape.push(model.tasks[model.task[e]]);
    return shape;
  }
  for (let task = 0; task < model.tasks.length; task++) {
    if (isHelper(model, task)) continue;
    for (const at of model.byTask[task]) {
      if (seg.toNs[at] - seg.fromNs[at] < longest * CLOSE) continue;
      const last = shape.at(-1);
      // A look at the canvas between two waits takes no time worth a stretch.
      if (last?.task === task && last.state === seg.state[at] && seg.fromNs[at] - last.to < longest * CLOSE)
        last.to = seg.toNs[at];
      else shape.push({ task, state: seg.state[at], from: seg.fromNs[at], to: seg.toNs[at] });
    }
  }
  // The tasks of one run may be served in another order than those of another, which makes no difference to see.
  return shape.sort((one, other) => one.from - other.from || one.to - other.to || one.state - other.state);
}

function isAlike(one, other, shapes, longest) {
  const [a, b] = [shapes.get(one), shapes.get(other)];
  if ((one.origin === "") !== (other.origin === "")) return false; // the lab's own run has a card of its own
  if (one.error !== other.error || a.length !== b.length) return false;
  if (paintersOf(one).length !== paintersOf(other).length || one.tasks.length !== other.tasks.length) return false;
  if (one.about !== other.about && app.recording.workload.job === "program") return false;
  const close = (from, to) => Math.abs(from - to) <= longest * CLOSE;
  return a.every((part, at) =>
    typeof part === "string"
      ? part === b[at]
      : part.state === b[at].state && close(part.from, b[at].from) && close(part.to, b[at].to),
  );
}

// Whether a task only starts the others and waits for them.
function isHelper(model, task) {
  return model.helpers[task] === 1;
}

// Marks the first task if it does nothing of its own but to start others: it comes to no line and says nothing.
function foldHelpers(model) {
  model.helpers = new Uint8Array(model.tasks.length);
  const own = new Uint8Array(model.tasks.length);
  let starts = false;
  for (let e = 0; e < model.size; e++) {
    const kind = model.kind[e];
    if ([KIND.line, KIND.note, KIND.timer, KIND.block, KIND.yield, KIND.panic].includes(kind)) own[model.task[e]] = 1;
    if (kind === KIND.spawn && model.detail[e] === 0) starts = true;
  }
  if (starts && own[0] === 0) model.helpers[0] = 1;
}

// The threads that are known to have polled a task of the program, in the order in which they began.
function paintersOf(model) {
  if (!model.painters) {
    const found = new Set();
    for (const e of model.polls) {
      if (!isHelper(model, model.task[e]) && model.detail[e] >= 0) found.add(model.detail[e]);
      if (found.size === model.threadCount) break;
    }
    model.painters = [...found];
  }
  return model.painters;
}

// Whether a task of the run ever put its thread to sleep.
function everBlocks(model) {
  return model.byState[STATE.blocking].length > 0;
}
