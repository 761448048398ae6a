// The live state beside each row (running tasks, the ready queue, timers, done tasks) and the row's playhead.

const CHIPS_WIDE = 290; // as the style has it, in pixels at the smallest size

function showRow(row) {
  const { model } = row;
  const e = eventOf(model);
  const at = share(positionOf(model));
  row.head.style.left = at * 100 + "%";
  row.head.hidden = at < 0 || at > 1;
  row.curtain.style.transform = "translateX(" + Math.max(0, Math.min(1, at)) * 100 + "%)";
  const followed = model.number === app.followed;
  if (row.followed !== followed) {
    row.followed = followed;
    row.element.classList.toggle("followed", followed);
    row.follow.setAttribute("aria-pressed", String(followed));
  }
  // Shows as many chips as have room, and counts the rest.
  showRunning(row, e, room(model));
  const allReady = countOf(model, STATE.ready, e);
  const ready = tasksIn(model, STATE.ready, e, shownOf(allReady, room(model, 15)));
  showChips(
    row.live.ready,
    ready.map((task) => chipOf(model, task, "ready")),
    allReady - ready.length,
  );
  showTimers(row, e, room(model, 45, true));
  if (row.live.waiting) showWaiting(row, e, room(model));
  const done = endsAt(model, e);
  const last = Array.from(done.slice(-shownOf(done.length, room(model))));
  showChips(
    row.live.done,
    last.map((end) => doneChip(model, end)),
    done.length - last.length,
  );
}

// How many chips have room, if something as wide as `beside` comes with each.
function room(model, beside = 0, twoLines = isSeveral(model)) {
  const longest = Math.max(...model.chips.slice(0, MANY + 1).map((label) => label.length));
  const line = Math.max(1, Math.floor(CHIPS_WIDE / (7 * longest + 11 + beside)));
  return twoLines ? 2 * line : line;
}

// How many of them are shown: one place is for the number of those that are not.
function shownOf(all, room) {
  return all <= room ? all : Math.max(1, room - 1);
}

function showRunning(row, e, room) {
  const { model } = row;
  const all = countOf(model, STATE.running, e) + countOf(model, STATE.blocking, e);
  const limit = shownOf(all, room);
  const running = tasksIn(model, STATE.running, e, limit);
  const blocking = tasksIn(model, STATE.blocking, e, limit - running.length);
  const items = running.map((task) => chipOf(model, task, "running"));
  blocking.forEach((task, at) =>
    items.push(chipOf(model, task, "blocking", at === blocking.length - 1 ? "blocking" : "")),
  );
  showChips(row.live.running, items, all - items.length);
}

// The tasks that wait for something another task has, with its name.
function showWaiting(row, e, limit) {
  const { model } = row;
  const all = tasksIn(model, STATE.waiting, e, limit * 4).map((task) => [task, waitedFor(model, task, e)]);
  const waits = all.filter(([, other]) => other !== null);
  const note = ({ task, thing }) => (thing === "" ? "" : thing + ", ") + model.chips[task];
  const items = waits.slice(0, limit).map(([task, other]) => chipOf(model, task, "waiting", "for " + note(other)));
  showChips(row.live.waiting, items, waits.length - items.length);
}

function showTimers(row, e, room) {
  const { model } = row;
  const now = timeOf(model);
  const { found, total } = timersAt(model, e, room);
  const items = found.slice(0, shownOf(total, room)).map((timer) => {
    const due = model.timers.due[timer];
    const left = elapsed(now, due);
    const note = due === NEVER ? "never" : left > 0 ? duration(left) : left === 0 ? "now" : "late";
    return chipOf(model, model.timers.task[timer], "timer", note);
  });
  showChips(row.live.timers, items, total - items.length);
}

function doneChip(model, end) {
  const kind = model.kind[end];
  const note = kind === KIND.panic ? "panicked" : kind === KIND.cancel ? "cancelled" : "";
  return chipOf(model, model.task[end], "done", note);
}
