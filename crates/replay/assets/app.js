// What the page shows: the recording, the moment and the view. All other files read it, and ask for a repaint.

const app = {
  recording: null,
  models: [], // one for each run, in their order
  groups: [], // the runs that did the same, put together
  rows: [], // what rows.js built for each of them
  findings: { shown: [], more: 0 }, // what is wrong in the runs, the worst first
  followed: 0, // the run whose events are stepped through
  event: -1, // the last of its events that has happened; -1 is before the first
  ns: 0, // the time, at or after that event; time.js says what a time is
  part: 1, // while playing: the share of the events of this nanosecond that has happened
  showsProgram: false, // whether the program is shown, in the details or beside a stage with room
  details: false, // whether the lanes, the program and the tables are shown
  align: "time", // or "event"
  lanes: "task", // or "thread"
  wakes: false,
  isOver: true, // whether the runs have ended where the recording does; in the lab they may go on
  choose: null, // in the lab: takes the reader's choice of the task that runs next
  view: [0, 1], // the part of the axis that is shown
  width: 0, // of the lanes, in pixels
  laneHeight: 20, // as the style says
  large: 1, // how much larger the texts in the lanes are on a projector
  onPaper: false, // while it is printed
  pen: null, // measures texts
  theme: "auto",
};

const repaint = { lanes: false, moment: false, asked: false };

function followedRun() {
  return app.models[app.followed];
}

// The last event that has happened in a row. By time, a row shows all events up to this nanosecond; by event, as many
// events as the followed run. At the start no row shows an event, though a virtual run has its first events at time 0.
function eventOf(model) {
  if (model.number === app.followed) return app.event;
  if (app.event < 0 && app.ns === 0) return -1;
  return app.align === "event" ? Math.min(app.event, model.size - 1) : eventAtPart(model, app.ns, app.part);
}

// The last event that has happened at a time, of whose events only a part may have happened.
function eventAtPart(model, ns, part) {
  const last = eventAt(model, ns);
  if (part === 1) return last;
  const before = lastBefore(model, ns);
  return before + Math.floor((last - before) * part);
}

// The time in a row: its timers count down from here.
function timeOf(model) {
  if (app.align === "time" || model.number === app.followed) return app.ns;
  const e = eventOf(model);
  return e < 0 ? 0 : timeAt(model, e);
}

// Draws the lanes again. A change of the view needs that; a change of the moment does not.
function askForLanes() {
  repaint.lanes = true;
  askForMoment();
}

function askForMoment() {
  repaint.moment = true;
  if (repaint.asked) return;
  repaint.asked = true;
  requestAnimationFrame(paintNow);
}

function paintNow() {
  repaint.asked = false;
  if (repaint.lanes) drawAll();
  if (repaint.moment || repaint.lanes) showMoment();
  repaint.lanes = repaint.moment = false;
}

function showMoment() {
  showStage();
  if (app.details) for (const row of app.rows) showRow(row);
  showTransport();
  if (app.showsProgram) showSource();
  showQuestion();
  showEventTable();
  keepFragment();
}
