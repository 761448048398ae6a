// What a task waits for: the end of another task, its timer, or a thing that another task holds.

// In a recording with resources their claims say it. Else: who holds what, and who waits for it, as the tasks of the explorer say it: `takes red`, `finds no red`, `puts red back`.
const TAKES = /^takes (.+)$/;
const LACKS = /^finds no (.+)$/;
const GIVES = /^puts (.+) back$/;

function foldNotes(model) {
  const notes = [];
  for (let e = 0; e < model.size; e++) if (model.kind[e] === KIND.note) notes.push(e);
  model.notes = grouped(Int32Array.from(notes), (e) => model.task[e], model.tasks.length);
  model.joins = grouped(eventsOf(model, KIND.join), (e) => model.task[e], model.tasks.length);
  foldClaims(model);
}

// What the task lacks at event `e`, if the last thing it said is that it found something taken.
function lacks(model, task, e) {
  const at = countUpTo(model.notes[task], e) - 1;
  const said = at < 0 ? null : LACKS.exec(model.messages.get(model.notes[task][at]));
  return said?.[1] ?? null;
}

// The task that holds a thing at event `e`, or -1.
function holderOf(model, thing, e) {
  return model.tasks.findIndex((_, task) => stateOf(model, task, e) !== STATE.complete && heldBy(model, task, e).includes(thing));
}

// How many resources the picture of a task may ask for their holders.
const FEW_RESOURCES = 20;

// The things that a task holds at event `e`.
function heldBy(model, task, e) {
  const things = new Set();
  model.resources.slice(0, FEW_RESOURCES).forEach(({ name }, resource) => {
    if (holdersOf(model, resource, e).includes(task)) things.add(name.trim());
  });
  for (const note of model.notes[task].subarray(0, countUpTo(model.notes[task], e))) {
    const text = model.messages.get(note);
    things.delete(GIVES.exec(text)?.[1]);
    if (TAKES.test(text)) things.add(TAKES.exec(text)[1]);
  }
  return [...things];
}

// The task whose end `task` began to wait for in its last poll, or -1.
function joined(model, task, e) {
  const list = model.joins[task];
  const at = countUpTo(list, e) - 1;
  const polls = model.pollsByTask[task];
  const poll = polls[countUpTo(polls, e) - 1] ?? -1;
  return at >= 0 && list[at] > poll && stateOf(model, model.detail[list[at]], e) !== STATE.complete
    ? model.detail[list[at]]
    : -1;
}

// The task that a waiting task waits for, and the thing that it lacks, if any: `{ task, thing }`, or null.
function waitedFor(model, task, e) {
  const claim = claimOf(model, task, e);
  if (claim !== null) {
    const holder = claim.aim === "take" ? holdersOf(model, claim.resource, e)[0] : undefined;
    return holder === undefined ? null : { task: holder, thing: resourceName(model, claim.resource) };
  }
  const thing = lacks(model, task, e);
  const other = thing === null ? joined(model, task, e) : holderOf(model, thing, e);
  return other >= 0 ? { task: other, thing: thing ?? "" } : null;
}

// The last event before the end of a stuck run, which cancels tasks.
function stuckAt(model) {
  for (let e = model.size - 1; e >= 0; e--) if (model.kind[e] === KIND.pending) return e;
  return model.size - 1;
}

// What a waiting task waits for, in a few words.
function waitsFor(model, task, e) {
  const claim = claimOf(model, task, e);
  if (claim !== null) return "waits for " + claimWords(model, claim, e);
  const thing = lacks(model, task, e);
  if (thing !== null) {
    const holder = holderOf(model, thing, e);
    return "waits for " + thing + (holder >= 0 ? ", held by " + taskName(model, holder) : "");
  }
  const other = joined(model, task, e);
  return other >= 0 ? "waits for " + taskName(model, other) : "waits";
}

// The circle of tasks that wait for each other at event `e`, as names and things in turn: ada, blue, bob, red, ada.
function circleOfWaits(model, e) {
  for (let start = 0; start < model.tasks.length; start++) {
    const path = [taskName(model, start)];
    const met = new Set();
    let task = start;
    while (task >= 0 && !met.has(task) && stateOf(model, task, e) === STATE.waiting) {
      met.add(task);
      const next = waitedFor(model, task, e);
      if (next === null) break;
      if (next.thing !== "") path.push(next.thing);
      path.push(taskName(model, next.task));
      if (next.task === start) return path;
      task = next.task;
    }
  }
  return null;
}
