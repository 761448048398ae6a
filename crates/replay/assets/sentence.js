// Says in one plain sentence what happened at an event.

function sentence(model, e) {
  if (model.size === 0) return runSaid(model) + " recorded no events.";
  if (e < 0) return "Nothing has happened yet on " + runSaid(model) + ". Play, step, or drag in the lanes.";
  return SENTENCES[KINDS[model.kind[e]]](model, e, taskName(model, model.task[e]), model.task[e]);
}

const SENTENCES = {
  spawn(model, e, name) {
    const by = model.detail[e];
    return by < 0
      ? name + " was spawned: it is ready, " + placeInQueue(model, e) + "."
      : taskName(model, by) + " spawned " + name + ": it is ready, " + placeInQueue(model, e) + ".";
  },
  poll(model, e, name, task) {
    const before = segmentOf(model, task, e - 1);
    const since = before >= 0 && model.seg.state[before] === STATE.ready ? lengthOf(model, before) : 0;
    const thread = model.threadCount > 1 && model.detail[e] >= 0 ? " on thread " + model.detail[e] : "";
    const left = countOf(model, STATE.ready, e);
    return (
      runSaid(model) +
      " begins to poll " +
      name +
      thread +
      (since > 0 ? ", which was ready for " + duration(since) : "") +
      (before >= 0 && model.seg.state[before] === STATE.waiting ? ", though no wake was recorded" : "") +
      (left > 0 ? "; " + counted(left, "other task stays", "other tasks stay") + " ready." : ".")
    );
  },
  line(model, e, name) {
    const text = sourceLine(model, model.detail[e]);
    return name + " is at line " + model.detail[e] + (text ? ": " + shorten(text, 72) : ".");
  },
  note: (model, e, name) => name + " says: “" + shorten(model.messages.get(e), 120) + "”.",
  yield: (model, e, name) => name + " gives up its turn: it has more to do, but lets the others go first.",
  timer(model, e, name) {
    if (dueAt(model, e) === NEVER) return name + " sets a timer that never fires.";
    const left = elapsed(timeAt(model, e), dueAt(model, e));
    return name + " sets a timer that is due " + (left > 0 ? "in " + duration(left) : "at once") + ".";
  },
  join: (model, e, name) => name + " begins to wait for the end of " + taskName(model, model.detail[e]) + ".",
  block: (model, e, name) =>
    name + " puts its thread to sleep: until it wakes up, nothing else can run on that thread.",
  unblock: (model, e, name) => "The thread of " + name + " woke up, and " + name + " continues.",
  fire(model, e, name) {
    const timer = model.timerFiredBy[e];
    if (timer < 0) return runSaid(model) + "’s timer for " + name + " fired.";
    const late = elapsed(model.timers.due[timer], timeAt(model, e));
    const when =
      late > 0
        ? duration(late) + " after it was due"
        : late < 0
          ? duration(-late) + " before it was due"
          : "exactly when it was due";
    return runSaid(model) + "’s timer for " + name + " fired " + when + ".";
  },
  wake(model, e, name, task) {
    const by = model.detail[e];
    const who =
      by === task
        ? name + " woke itself"
        : by >= 0
          ? taskName(model, by) + " woke " + name
          : by === BY.timer
            ? "The timer woke " + name
            : by === BY.thread
              ? "Another thread woke " + name
              : by === BY.unknown
                ? name + " was woken (the recording does not know by whom)"
                : runSaid(model) + " itself woke " + name;
    const before = stateOf(model, task, e - 1);
    if (before === STATE.waiting) return who + ": it is ready, " + placeInQueue(model, e) + ".";
    if (before === STATE.running || before === STATE.blocking)
      return who + ": it will be ready again when its poll ends.";
    return who + (before === STATE.ready ? ", which was ready already." : ", which was done already.");
  },
  pending(model, e, name, task) {
    const now = stateOf(model, task, e);
    const next =
      now === STATE.ready
        ? "It is ready again, " + placeInQueue(model, e) + "."
        : "It waits" + forWhat(model, e, task) + ".";
    return "The poll of " + name + " ended" + pollLength(model, e, task) + ". " + next;
  },
  wait(model, e, name) {
    const claim = claimAt(model, e);
    const again = claim.isAgain ? name + " tried again, and waits for " : name + " begins to wait for ";
    return again + claimWords(model, claim, e) + ".";
  },
  notify: (model, e, name) =>
    resourceName(model, model.detail[e]) + " notifies " + name + ": it can try again when it is polled.",
  leave: (model, e, name) => name + " waits no more for " + resourceName(model, model.detail[e]) + ".",
  take: (model, e, name) => name + " takes " + resourceName(model, model.detail[e]) + ".",
  release(model, e, name) {
    const [by, what] = [model.extra[e], resourceName(model, model.detail[e])];
    if (by === model.task[e]) return name + " gives " + what + " back.";
    return (by < 0 ? "Code outside of the run" : taskName(model, by)) + " gives " + what + " back, which " + name + " took.";
  },
  send: (model, e, name) => name + " sends a message to " + channelNow(model, e) + ".",
  receive: (model, e, name) => name + " receives a message from " + channelNow(model, e) + ".",
  close: (model, e, name) => name + " closes " + resourceName(model, model.detail[e]) + ": its last sender or receiver is dropped.",
  signal(model, e, name) {
    const listeners = model.claim[e];
    const whom = listeners === 0 ? ", and no task listens" : " to " + counted(listeners, "listener", "listeners");
    return name + " gives the signal " + resourceName(model, model.detail[e]) + whom + ".";
  },
  hear: (model, e, name) => name + " hears the signal " + resourceName(model, model.detail[e]) + ".",
  complete: (model, e, name, task) => name + " is done: its last poll ended" + pollLength(model, e, task) + ".",
  panic: (model, e, name) => name + " panicked: “" + shorten(model.messages.get(e), 120) + "”.",
  cancel: (model, e, name) =>
    name + (byWatchdog(model, e) ? " was ended by the watchdog: nothing could run." : " was cancelled: dropped before its end."),
};

function placeInQueue(model, e) {
  const others = countOf(model, STATE.ready, e) - 1;
  return others > 0 ? "behind " + counted(others, "other", "others") : "and the only one";
}

// How long the poll that ended at event `e` took, if it took any time.
function pollLength(model, e, task) {
  const start = pollStart(model, task, e - 1);
  const length = start >= 0 ? elapsed(timeAt(model, start), timeAt(model, e)) : 0;
  return length > 0 ? " after " + duration(length) : "";
}

// The wait that begins at event `e`, and whether its claim has waited before.
function claimAt(model, e) {
  const waits = model.waits[model.task[e]];
  const at = countUpTo(waits, e, (wait) => wait.from) - 1;
  return { ...waits[at], isAgain: waits.slice(Math.max(0, at - LOOK_BACK), at).some((wait) => wait.to === e) };
}

// A channel, and how many messages it holds after event `e`.
function channelNow(model, e) {
  const resource = model.detail[e];
  const [length, { capacity }] = [model.extra[e], model.resources[resource]];
  const holds = length === capacity ? "which is full now" : length === 0 ? "which is empty now" : "which holds " + length + " of " + capacity + " now";
  return resourceName(model, resource) + ", " + holds;
}

// What a task that has just begun to wait waits for: the last thing that it asked for in this poll.
function forWhat(model, e, task) {
  for (let back = e - 1; back >= 0 && e - back < 64; back--) {
    if (model.task[back] !== task) continue;
    if (model.kind[back] === KIND.timer) {
      if (dueAt(model, back) === NEVER) return " for its timer, which never fires";
      return " for its timer, due in " + duration(Math.max(0, elapsed(timeAt(model, e), dueAt(model, back))));
    }
    if (model.kind[back] === KIND.join) return " for the end of " + taskName(model, model.detail[back]);
    if (model.kind[back] === KIND.poll || model.kind[back] === KIND.wait) break;
  }
  const words = waitsFor(model, task, e);
  return words === "waits" ? "" : words.slice("waits".length);
}

// The text of a line of the run's program, without its indentation.
function sourceLine(model, line) {
  return model.program?.lines[line - model.program.firstLine]?.trim() ?? "";
}
