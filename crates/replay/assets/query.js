// Answers questions about a folded run at one of its events, each by a binary search or one short walk.

// How many of `list`'s items come at or before `limit`, where `keyOf` never goes down.
function countUpTo(list, limit, keyOf = (item) => item) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyOf(list[middle]) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The last event at or before `time`, with all the events of that nanosecond; -1 before the first.
function eventAt(model, time) {
  return countUpTo(model.exactNs ?? model.ns, time) - 1;
}

// When event `e` happened.
function timeAt(model, e) {
  return model.exactNs ? narrow(model.exactNs[e]) : model.ns[e];
}

// When the timer that was set at event `e` is due.
function dueAt(model, e) {
  return model.exactDue.get(e) ?? model.due[e];
}

// How long a segment is.
function lengthOf(model, at) {
  const { from, to } = model.seg;
  return elapsed(timeAt(model, from[at]), to[at] < model.size ? timeAt(model, to[at]) : model.wall);
}

// The segment that the task is in at event `e`; -1 if it is not there yet or done.
function segmentOf(model, task, e) {
  const list = model.byTask[task];
  const at = countUpTo(list, e, (item) => model.seg.from[item]) - 1;
  return at >= 0 && model.seg.to[list[at]] > e ? list[at] : -1;
}

// The state of a task at event `e`. All ends are `complete` here.
function stateOf(model, task, e) {
  const at = segmentOf(model, task, e);
  if (at >= 0) return model.seg.state[at];
  const first = model.byTask[task][0];
  return first === undefined || model.seg.from[first] > e ? STATE.none : STATE.complete;
}

// The number of the line that the task is at after event `e`, or 0.
function lineOf(model, task, e) {
  const list = model.lines[task];
  const at = countUpTo(list, e) - 1;
  return at >= 0 ? model.detail[list[at]] : 0;
}

// The tasks in `state` at event `e`, first come first, at most `limit` of them. It walks the run's segments in that
// state: a few million numbers take some milliseconds, so an index would not pay.
function tasksIn(model, state, e, limit) {
  const { from, to, task } = model.seg;
  const found = [];
  for (const at of model.byState[state]) {
    if (from[at] > e || found.length === limit) break;
    if (to[at] > e) found.push(task[at]);
  }
  return found;
}

function countOf(model, state, e) {
  return e < 0 ? 0 : model.counts[e * COUNTED + COUNT_OF[state]];
}

// The timers that are set at event `e`, the next first, at most `limit` of them, and how many there are in all. It
// walks the timers until it has found these, as `tasksIn` does.
function timersAt(model, e, limit) {
  const { set, end } = model.timers;
  const total = countUpTo(model.timersSet, e) - countUpTo(model.timersEnded, e);
  const found = [];
  for (let timer = 0; found.length < Math.min(limit, total); timer++) {
    if (set[timer] <= e && end[timer] > e) found.push(timer);
  }
  return { found, total };
}

// The events that ended a task, up to event `e`.
function endsAt(model, e) {
  return model.ends.subarray(0, countUpTo(model.ends, e));
}

// The event that began the poll which the task is in at event `e`; -1 if it is in none.
function pollStart(model, task, e) {
  const list = model.pollsByTask[task];
  const at = countUpTo(list, e) - 1;
  const state = stateOf(model, task, e);
  return at >= 0 && (state === STATE.running || state === STATE.blocking) ? list[at] : -1;
}

// The whole run in numbers. Blocked time does not count as polled, though it passes within a poll.
function totals(model) {
  const { seg } = model;
  const sum = { polled: 0, blocked: 0, polls: model.polls.length, worstReady: 0, worstLate: null };
  for (let at = 0; at < seg.size; at++) {
    const length = lengthOf(model, at);
    if (seg.state[at] === STATE.running) sum.polled += length;
    else if (seg.state[at] === STATE.blocking) sum.blocked += length;
    else if (seg.state[at] === STATE.ready) sum.worstReady = Math.max(sum.worstReady, length);
  }
  for (const timer of model.firedTimers) {
    const late = elapsed(model.timers.due[timer], timeAt(model, model.timers.fired[timer]));
    sum.worstLate = sum.worstLate === null ? late : Math.max(sum.worstLate, late);
  }
  return sum;
}
