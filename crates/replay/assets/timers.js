// Folds the timers of a run: which events set and fired each, and until when it is shown.

// The timers in the order in which they are due, as columns. A timer that never fires was dropped at some time that the
// recording does not tell: the page shows it until it was due or its task ended. A recording may have two million timers, so
// all of this is in typed arrays, and only a due time that a number does not hold makes `due` a list.
function foldTimers(model) {
  const setAt = eventsOf(model, KIND.timer);
  const count = setAt.length;
  const firedAt = new Int32Array(count).fill(-1);
  const known = numberedTimers(model, setAt);
  let next = 0;
  for (let e = 0; e < model.size; e++) {
    const kind = model.kind[e];
    if (kind === KIND.timer) known.set(e, next++);
    else if (kind === KIND.fire) {
      const timer = known.get(e);
      if (timer !== undefined) firedAt[timer] = e;
    }
  }
  // No `from`: it makes an object for each element.
  const dues = model.exactDue.size > 0 ? new Array(count) : new Float64Array(count);
  for (let timer = 0; timer < count; timer++) dues[timer] = dueAt(model, setAt[timer]);
  const order = inOrderOf(dues);
  const timers = {
    task: order.map((timer) => model.task[setAt[timer]]),
    due: dues.slice(),
    set: order.map((timer) => setAt[timer]),
    end: new Int32Array(count),
    fired: order.map((timer) => firedAt[timer]),
  };
  for (let at = 0; at < count; at++) timers.due[at] = dues[order[at]];
  let after = 0; // the first event after the timer is due
  for (let timer = 0; timer < count; timer++) {
    while (after < model.size && timeAt(model, after) <= timers.due[timer]) after++;
    timers.end[timer] = timers.fired[timer] >= 0 ? timers.fired[timer] : Math.min(after, model.endOf[timers.task[timer]]);
  }
  model.timers = timers;
  foldFired(model);
  // To count the timers that are set: those that were set by then, less those that had ended.
  const isShown = (_, timer) => timers.set[timer] < timers.end[timer];
  model.timersSet = timers.set.filter(isShown).sort();
  model.timersEnded = timers.end.filter(isShown).sort();
}

// Finds the timer of an event by its task and its number. Our recorder numbers the timers of a run from 0, and then a list
// by number has them all; the timers of a recording whose tasks share numbers are in a Map.
function numberedTimers(model, setAt) {
  const { task, detail } = model;
  const byNumber = new Int32Array(2 * setAt.length + 1).fill(-1);
  const others = new Map();
  const key = (e) => task[e] * 2 ** 32 + detail[e];
  const isListed = (e) => byNumber[detail[e]] >= 0 && task[setAt[byNumber[detail[e]]]] === task[e];
  return {
    set(e, timer) {
      if (byNumber[detail[e]] === -1 || isListed(e)) byNumber[detail[e]] = timer;
      else others.set(key(e), timer);
    },
    get: (e) => (isListed(e) ? byNumber[detail[e]] : others.get(key(e))),
  };
}

// The positions in a list, in the order of its values; those of equal values in their own order. A sort that calls a function
// for each comparison would take many times as long.
function inOrderOf(values) {
  const isBefore = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  const sorted = values.slice().sort(values instanceof Float64Array ? undefined : isBefore);
  const used = new Int32Array(values.length);
  const order = new Int32Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const first = countBelow(sorted, values[at]);
    order[first + used[first]++] = at;
  }
  return order;
}

// How many of a sorted list are less than `limit`.
function countBelow(sorted, limit) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The timers that fired, in the order in which they were due; the first event at or after each one's time; the events
// at which timers fired; and for each event, which timer it fired.
function foldFired(model) {
  const { fired, due } = model.timers;
  model.firedTimers = fired.map((_, timer) => timer).filter((timer) => fired[timer] >= 0);
  model.dueEvent = new Int32Array(fired.length);
  model.timerFiredBy = new Int32Array(model.size).fill(-1);
  let e = 0;
  for (const timer of model.firedTimers) {
    while (e < model.size && timeAt(model, e) < due[timer]) e++;
    model.dueEvent[timer] = e;
    model.timerFiredBy[fired[timer]] = timer;
  }
  model.fires = model.firedTimers.map((timer) => fired[timer]).sort();
}
