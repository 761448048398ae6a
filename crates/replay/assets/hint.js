// The tooltip of the lanes: it says what is under the pointer.

function showHint(row, event) {
  const { model } = row;
  const box = row.plot.getBoundingClientRect();
  const position = app.view[0] + ((event.clientX - box.left) / box.width) * (app.view[1] - app.view[0]);
  const e = app.align === "event" ? Math.min(model.size - 1, Math.floor(position)) : eventAt(model, position);
  const lane = row.firstLane + Math.floor((event.clientY - box.top) / app.laneHeight);
  const text = quiz.on
    ? ""
    : isCrowd(row)
      ? crowdHint(model, e) + wokenHint(row.woken?.[Math.floor(event.clientX - box.left)] ?? 0)
      : app.lanes === "task" && lane < model.tasks.length
        ? laneHint(model, lane, e)
        : "";
  if (row.plot.title !== text) row.plot.title = text;
  setText(byId("lane-note"), text);
}

// The same for a reader without a pointer: the lane of the task to which the last step belongs.
function noteLane() {
  const model = followedRun();
  const lane = app.details && !quiz.on && app.event >= 0 ? laneHint(model, model.task[app.event], app.event) : "";
  setText(byId("lane-note"), lane);
}

function laneHint(model, task, e) {
  const at = segmentOf(model, task, e);
  if (at < 0) return taskName(model, task) + ": " + STATE_NAMES[stateOf(model, task, e)];
  const { seg } = model;
  const until = exactTime(seg.to[at] < model.size ? timeAt(model, seg.to[at]) : model.wall);
  return (
    taskName(model, task) +
    ": " +
    STATE_NAMES[seg.state[at]] +
    " for " +
    duration(lengthOf(model, at)) +
    ", until " +
    until +
    " (events " +
    seg.from[at] +
    " to " +
    seg.to[at] +
    ")"
  );
}

function crowdHint(model, e) {
  return [STATE.running, STATE.blocking, STATE.ready, STATE.waiting, STATE.complete]
    .map((state) => grouping(countOf(model, state, e)) + " " + STATE_NAMES[state])
    .join(", ");
}

function wokenHint(woken) {
  return woken > 0 ? "; " + grouping(woken) + " woken here" : "";
}
