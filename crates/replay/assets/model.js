// Folds the events of a run into segments (a task was in one state from one event to another), counts and lists.
//
// Everything is in typed arrays: a recording of a thousand canvases has 300,000 events. An event is known by its
// number, its position in the run. "At event e" means: when the events up to and including e have happened.

const STATE = { none: 0, ready: 1, running: 2, blocking: 3, waiting: 4, complete: 5, panicked: 6, cancelled: 7 };
const STATE_NAMES = [
  "not there yet",
  "ready",
  "running",
  "blocking",
  "waiting",
  "done",
  "done (panicked)",
  "done (cancelled)",
];
// How many counters each event has, and which one counts a state. All three ends count as done.
const COUNTED = 6;
const COUNT_OF = [0, 1, 2, 3, 4, 5, 5, 5];

// The last three end a task.
const KINDS = (
  "spawn poll line note yield timer join block unblock fire wake pending " +
  "wait notify leave take release send receive close signal hear " +
  "complete panic cancel"
).split(" ");
const KIND = Object.fromEntries(KINDS.map((kind, number) => [kind, number]));
// Who wakes or spawns, when it is no task. A poll on a thread that the recording does not know has -1 as well.
const BY = { nobody: -1, timer: -2, runtime: -3, thread: -4, unknown: -5 };

function foldRun(run, number) {
  const model = eventColumns(run);
  Object.assign(model, {
    number,
    name: run.runtime,
    about: run.about,
    origin: run.origin,
    error: run.error,
    source: run.source,
    threads: run.threads,
    tasks: run.tasks,
    resources: run.resources ?? [],
    wall: latest(readTime(run.wall_ns), model.size ? timeAt(model, model.size - 1) : 0),
  });
  foldStates(model);
  foldTimers(model);
  foldLines(model);
  foldLists(model);
  return model;
}

// The events as columns. `detail` holds what follows the task (a thread, a line, a timer, a task, a resource), `due` a timer's end.
// If the run has resources, `claim` and `extra` hold what follows the resource.
// `ns` and `due` are numbers, for drawing. Where a number does not hold a time exactly, they have the nearest one, and
// `exactNs` (of all events, or null) and `exactDue` (by event) the time itself.
function eventColumns(run) {
  const size = run.events.length;
  const needsExact = typeof run.events.at(-1)?.[0] === "string";
  const model = {
    size,
    ns: new Float64Array(size),
    exactNs: needsExact ? new BigUint64Array(size) : null,
    kind: new Uint8Array(size),
    task: new Int32Array(size),
    detail: new Float64Array(size),
    due: new Float64Array(size),
    exactDue: new Map(),
    messages: new Map(),
    claim: run.resources?.length ? new Uint32Array(size) : null,
    extra: run.resources?.length ? new Float64Array(size) : null,
  };
  for (let e = 0; e < size; e++) {
    const [ns, kind, task, detail, due, extra] = run.events[e];
    model.ns[e] = Number(ns);
    if (needsExact) model.exactNs[e] = BigInt(ns);
    model.kind[e] = KIND[kind];
    model.task[e] = task;
    if (kind === "panic" || kind === "note") model.messages.set(e, detail);
    else if (typeof detail === "number") model.detail[e] = detail;
    else model.detail[e] = BY[detail] ?? BY.nobody;
    if (kind === "timer") model.due[e] = Number(due);
    if (typeof due === "string") model.exactDue.set(e, BigInt(due));
    if (model.claim !== null && model.kind[e] >= KIND.wait) {
      model.claim[e] = due;
      model.extra[e] = kind === "wait" ? AIMS.indexOf(extra) : extra ?? BY.nobody;
    }
  }
  return model;
}

// The segments, in the order in which they begin; the ends of the tasks, in their order and by task (`size` of a task that has not
// ended); and how many tasks are in each state.
function foldStates(model) {
  const { size, tasks } = model;
  const room = size + 1;
  const seg = {
    size: 0,
    task: new Int32Array(room),
    state: new Uint8Array(room),
    thread: new Int32Array(room),
    from: new Int32Array(room),
    to: new Int32Array(room),
    fromNs: new Float64Array(room),
    toNs: new Float64Array(room),
  };
  const state = new Uint8Array(tasks.length);
  const openSegment = new Int32Array(tasks.length).fill(-1);
  const onThread = new Int32Array(tasks.length);
  const woken = new Uint8Array(tasks.length);
  const counts = new Int32Array(size * COUNTED);
  const current = new Int32Array(COUNTED);
  const ends = [];
  const endOf = new Int32Array(tasks.length).fill(size);
  current[0] = tasks.length;

  const close = (task, e, ns) => {
    if (openSegment[task] < 0) return;
    seg.to[openSegment[task]] = e;
    seg.toNs[openSegment[task]] = ns;
    openSegment[task] = -1;
  };
  const enter = (task, next, e) => {
    if (state[task] === next) return;
    close(task, e, model.ns[e]);
    current[COUNT_OF[state[task]]]--;
    current[COUNT_OF[next]]++;
    state[task] = next;
    if (next >= STATE.complete) {
      ends.push(e);
      endOf[task] = Math.min(endOf[task], e);
      return;
    }
    const at = seg.size++;
    seg.task[at] = task;
    seg.state[at] = next;
    seg.thread[at] = next === STATE.running || next === STATE.blocking ? onThread[task] : -1;
    seg.from[at] = e;
    seg.fromNs[at] = model.ns[e];
    openSegment[task] = at;
  };

  for (let e = 0; e < size; e++) {
    const task = model.task[e];
    switch (model.kind[e]) {
      case KIND.spawn:
        enter(task, STATE.ready, e);
        break;
      case KIND.poll:
        onThread[task] = model.detail[e];
        woken[task] = 0;
        enter(task, STATE.running, e);
        break;
      case KIND.yield:
        woken[task] = 1;
        break;
      case KIND.block:
        enter(task, STATE.blocking, e);
        break;
      case KIND.unblock:
        enter(task, STATE.running, e);
        break;
      case KIND.wake:
        if (state[task] === STATE.waiting) enter(task, STATE.ready, e);
        else woken[task] = 1;
        break;
      case KIND.pending:
        enter(task, woken[task] ? STATE.ready : STATE.waiting, e);
        break;
      case KIND.complete:
        enter(task, STATE.complete, e);
        break;
      case KIND.panic:
        enter(task, STATE.panicked, e);
        break;
      case KIND.cancel:
        enter(task, STATE.cancelled, e);
        break;
    }
    counts.set(current, e * COUNTED);
  }
  // A task that did not end was still there when the run ended.
  for (let task = 0; task < tasks.length; task++) close(task, size, Number(model.wall));
  Object.assign(model, { seg, counts, ends: Int32Array.from(ends), endOf });
}

// The events at which each task came to a line.
function foldLines(model) {
  model.lines = grouped(eventsOf(model, KIND.line), (e) => model.task[e], model.tasks.length);
}

function eventsOf(model, kind) {
  let count = 0;
  for (let e = 0; e < model.size; e++) if (model.kind[e] === kind) count++;
  const found = new Int32Array(count);
  count = 0;
  for (let e = 0; e < model.size; e++) if (model.kind[e] === kind) found[count++] = e;
  return found;
}

// The segments by task, by thread and by state, the polls and the wakes.
function foldLists(model) {
  const { seg } = model;
  const all = Int32Array.from({ length: seg.size }, (_, at) => at);
  const onThread = all.filter((at) => seg.thread[at] >= 0);
  let threads = model.threads ?? 0;
  for (const at of onThread) threads = Math.max(threads, seg.thread[at] + 1);
  model.threadCount = threads;
  model.byTask = grouped(all, (at) => seg.task[at], model.tasks.length);
  model.byThread = grouped(onThread, (at) => seg.thread[at], threads);
  model.byState = grouped(all, (at) => seg.state[at], STATE.waiting + 1);
  model.polls = eventsOf(model, KIND.poll);
  model.wakes = eventsOf(model, KIND.wake);
  model.pollsByTask = grouped(model.polls, (e) => model.task[e], model.tasks.length);
}

// A list of views of `items`, one for each of `count` keys; each view keeps the order of the items.
function grouped(items, keyOf, count) {
  const start = new Int32Array(count + 1);
  for (const item of items) start[keyOf(item) + 1]++;
  for (let key = 0; key < count; key++) start[key + 1] += start[key];
  const next = start.slice(0, count);
  const sorted = new Int32Array(items.length);
  for (const item of items) sorted[next[keyOf(item)]++] = item;
  return Array.from({ length: count }, (_, key) => sorted.subarray(start[key], start[key + 1]));
}
