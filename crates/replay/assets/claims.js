// Who waits for a lock, a channel or a signal, and who holds it, at an event. docs/recording.md says what a claim is.

const AIMS = ["take", "send", "receive", "hear"];

// The waits of each task and the holds of each resource, in the order in which they begin, and the events of each channel at which
// its length changes. Of a recording without resources there are none.
function foldClaims(model) {
  const waits = model.tasks.map(() => []);
  const holds = model.resources.map(() => []);
  const waiting = new Map();
  const held = new Map();
  const changes = [];
  for (let e = 0; e < model.size && model.resources.length > 0; e++) {
    const [task, resource, claim] = [model.task[e], model.detail[e], model.claim[e]];
    const wait = waiting.get(claim);
    switch (model.kind[e]) {
      case KIND.wait:
        if (wait) wait.to = e;
        waiting.set(claim, { task, resource, aim: AIMS[model.extra[e]], from: e, notified: model.size, to: model.size });
        waits[task].push(waiting.get(claim));
        break;
      case KIND.notify:
        if (wait) wait.notified = e;
        break;
      case KIND.take:
        held.set(claim, { task, from: e, to: model.size });
        holds[resource].push(held.get(claim));
        break;
      case KIND.release:
        if (held.has(claim)) held.get(claim).to = e;
        held.delete(claim);
        break;
      case KIND.send:
      case KIND.receive:
        changes.push(e);
        break;
    }
    if (wait && [KIND.take, KIND.send, KIND.receive, KIND.hear, KIND.leave].includes(model.kind[e])) {
      wait.to = e;
      waiting.delete(claim);
    }
  }
  model.waits = waits;
  model.holds = holds;
  model.lengths = grouped(Int32Array.from(changes), (e) => model.detail[e], model.resources.length);
}

// How far back it looks for what has not ended: a page must follow the hand.
const LOOK_BACK = 500;

function lasting(list, e) {
  const last = countUpTo(list, e, (item) => item.from);
  return list.slice(Math.max(0, last - LOOK_BACK), last).filter((item) => item.to > e);
}

// The wait that a task began last, of those that last at event `e`, or null.
function claimOf(model, task, e) {
  return lasting(model.waits[task], e).at(-1) ?? null;
}

// The tasks that hold a resource at event `e`.
function holdersOf(model, resource, e) {
  return lasting(model.holds[resource], e).map((hold) => hold.task);
}

// How many messages a channel holds at event `e`; null if that is not known yet.
function lengthAt(model, resource, e) {
  const list = model.lengths[resource];
  const at = countUpTo(list, e) - 1;
  return at < 0 ? null : model.extra[list[at]];
}

function resourceName(model, resource) {
  return isolated(shorten(model.resources[resource].name.trim(), 48)) || model.resources[resource].kind + " " + resource;
}

// What a claim waits for, in a few words: `blue, held by bob`.
function claimWords(model, { resource, aim, notified }, e) {
  const name = resourceName(model, resource);
  if (aim === "hear") return "the signal " + name;
  if (aim !== "take") {
    const what = aim === "send" ? "room in " + name : "a message of " + name;
    return what + (notified <= e ? ", which is there" : "");
  }
  const holders = holdersOf(model, resource, e).map((task) => taskName(model, task));
  if (holders.length > 3) return name + ", held by " + counted(holders.length, "task", "tasks");
  if (holders.length > 0) return name + ", held by " + holders.join(" and ");
  return name + (notified <= e ? ", which is free" : ", held outside of this run");
}
