// Reads the recording and says in plain words what is wrong with one that cannot be shown.

const FORMAT = "paintdry-recording";
const VERSION = 1;
const JOBS = ["paint", "amap", "program"];

// How many values follow `[ns, kind, task` in an event of each kind.
const EXTRA = {
  spawn: 1,
  poll: 1,
  line: 1,
  note: 1,
  yield: 0,
  timer: 2,
  join: 1,
  block: 0,
  unblock: 0,
  fire: 1,
  wake: 1,
  pending: 0,
  complete: 0,
  panic: 1,
  cancel: 0,
};

// What is wrong with the recording, and what the reader can do about it.
class Problem extends Error {
  constructor(what, advice) {
    super(what);
    this.advice = advice;
  }
}

const RECORD_AGAIN =
  "Record the run again with paintdry --record FILE.json, and make this page from the new file with " +
  "paintdry replay FILE.json.";

function readRecording(text) {
  let recording;
  try {
    recording = JSON.parse(text);
  } catch (error) {
    const cut =
      text.trim() === "" ? "The recording is empty." : "The recording is not complete JSON: " + error.message + ".";
    throw new Problem(cut, "Perhaps the recording was interrupted or the file was cut short. " + RECORD_AGAIN);
  }
  checkFrame(recording);
  recording.runs.forEach(checkRun);
  return recording;
}

function checkFrame(recording) {
  if (recording === null || typeof recording !== "object" || recording.format !== FORMAT) {
    throw new Problem(
      "This is not a recording of Paintdry: its “format” is not “" + FORMAT + "”.",
      "Choose a file that paintdry --record has written.",
    );
  }
  if (recording.version !== VERSION) {
    const newer = Number(recording.version) > VERSION;
    throw new Problem(
      "The recording has version " + JSON.stringify(recording.version) + "; this page reads version " + VERSION + ".",
      newer ? "It was made by a newer paintdry: make the page with that one." : RECORD_AGAIN,
    );
  }
  if (recording.clock !== "real" && recording.clock !== "virtual") fail("its “clock” is neither real nor virtual");
  if (!JOBS.includes(recording.workload?.job)) fail("its “workload” is not a job that this page knows");
  if (recording.workload.job === "program" && typeof recording.workload.name !== "string") fail("its “workload” has no name");
  if (typeof recording.host !== "object" || recording.host === null) fail("it has no “host”");
  if (!Array.isArray(recording.sources)) fail("it has no list of “sources”");
  recording.sources.forEach((source, at) => {
    if (typeof source?.text !== "string" || !isCount(source.first_line)) fail("source " + at + " has no text");
  });
  if (!Array.isArray(recording.runs)) fail("it has no list of “runs”");
}

function checkRun(run, at) {
  const where = "run " + at;
  if (typeof run?.runtime !== "string") fail(where + " has no runtime");
  if (!Array.isArray(run.tasks) || run.tasks.some((task) => typeof task !== "string"))
    fail(where + " has no list of tasks");
  if (!Array.isArray(run.events)) fail(where + " has no list of events");
  if (!isCount(run.wall_ns)) fail(where + " does not say how long it took");
  let before = 0;
  run.events.forEach((event, number) => {
    const wrong = wrongWith(event, run.tasks.length, before);
    if (wrong) fail("event " + number + " of " + where + " (" + run.runtime + ") " + wrong);
    before = event[0];
  });
}

// Says what is wrong with an event, or nothing.
function wrongWith(event, tasks, before) {
  if (!Array.isArray(event)) return "is not a list";
  const [ns, kind, task, first] = event;
  if (!Object.hasOwn(EXTRA, kind)) return "is of a kind that this page does not know: " + JSON.stringify(kind);
  if (event.length !== 3 + EXTRA[kind]) return "(" + kind + ") has the wrong number of values";
  if (!isCount(ns)) return "has no time";
  if (ns < before) return "goes back in time";
  if (!isCount(task) || task >= tasks) return "names a task that is not in the list";
  if (kind === "join" && !(isCount(first) && first < tasks)) return "waits for a task that is not in the list";
  if (kind === "poll" && !(isCount(first) && first < 1e6)) return "names no thread";
  if ((kind === "spawn" || kind === "wake") && typeof first === "number" && !(isCount(first) && first < tasks)) {
    return "names a task that is not in the list";
  }
  if (kind === "timer" && !isCount(event[4])) return "has a timer that is never due";
  return null;
}

function isCount(value) {
  return Number.isSafeInteger(value) && value >= 0;
}

function fail(what) {
  throw new Problem(
    "Something is wrong in the recording: " + what + ".",
    "It may have been changed or damaged. " + RECORD_AGAIN,
  );
}
