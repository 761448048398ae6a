// The pace of playing: a story of about 12 seconds, however long the recording is.
//
// The story stays a while at each instant at which something happens, and passes the time between two instants at a
// speed of its own: a long stretch gets more seconds than a short one, but not in proportion. In virtual time hundreds
// of events share an instant, so the story has a place within an instant too: a `part` between 0 and 1.

const STORY_SECONDS = 12;
// The share of the story that virtual time spends at its instants.
const AT_INSTANTS = 0.4;
// A stretch is called skipped if it is a good part of the run, and passes much faster than the rest.
const LONG_STRETCH = 0.1;
const FAST = 3;
// In a program of one's own, a stretch in which no task runs has nothing to show: it takes at most so long.
const IDLE_SECONDS = 0.8;

const story = { instants: [], starts: [], stays: [], seconds: STORY_SECONDS };

// Plans the story from all runs. By event, all events get the same time.
function planStory() {
  if (app.align === "event") {
    const most = Math.max(1, ...app.models.map((model) => model.size));
    story.seconds = Math.min(STORY_SECONDS, Math.max(1, most * 0.5));
    return;
  }
  const end = domainEnd();
  story.instants = instantsUntil(end);
  const { instants } = story;
  const stays = new Float64Array(instants.length);
  const passes = new Float64Array(instants.length);
  if (app.recording.clock === "virtual") {
    const events = (model, at) => eventAt(model, at) - lastBefore(model, at);
    instants.forEach((at, number) => {
      stays[number] = Math.sqrt(Math.max(...app.models.map((model) => events(model, at))));
    });
  }
  for (const [first, last] of phases(end)) spread(passes, first, last);
  const staying = app.recording.clock === "virtual" ? (sum(passes) > 0 ? AT_INSTANTS : 1) : 0;
  story.seconds = STORY_SECONDS;
  scale(stays, STORY_SECONDS * staying);
  scale(passes, STORY_SECONDS * (1 - staying));
  if (app.recording.workload.job === "program") hurry(stays, passes);
  const starts = new Float64Array(instants.length);
  for (let at = 1; at < instants.length; at++) starts[at] = starts[at - 1] + stays[at - 1] + passes[at - 1];
  Object.assign(story, { starts, stays });
}


// The times at which something happens in any run, each once, from 0 to the end.
function instantsUntil(end) {
  const times = [0, end];
  for (const model of app.models) {
    let last = 0;
    for (let e = 0; e < model.size; e++) {
      const at = timeAt(model, e);
      if (at !== last) times.push((last = at));
    }
  }
  times.sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  return times.filter((at, number) => number === 0 || at !== times[number - 1]);
}

// Splits the instants where a run ends, so that the last part of a long run leaves time for the short ones.
function phases(end) {
  const ends = [...new Set(app.models.map((model) => Number(model.wall)))].sort((one, other) => one - other);
  const bounds = [0];
  for (const wall of ends) {
    if (wall - bounds.at(-1) > Number(end) / 50) bounds.push(wall);
  }
  const number = (time) => countUpTo(story.instants, time, Number) - 1;
  return bounds.slice(1).map((bound, at) => [number(bounds[at]), number(bound)]);
}

// Gives the stretches from one instant to another their weights.
function spread(passes, first, last) {
  const { instants } = story;
  const phase = Math.cbrt(elapsed(instants[first], instants[last]));
  let all = 0;
  for (let at = first; at < last; at++) all += passes[at] = Math.cbrt(elapsed(instants[at], instants[at + 1]));
  for (let at = first; at < last; at++) passes[at] *= phase / (all || 1);
}

// Shortens the stretches in which no task runs, and gives the rest of the story their time.
function hurry(stays, passes) {
  const idle = Array.from(passes, (pass, at) => pass > IDLE_SECONDS && !app.models.some((model) => runsAfter(model, story.instants[at])));
  const hurried = IDLE_SECONDS * idle.filter(Boolean).length;
  const rest = sum(stays) + passes.reduce((all, pass, at) => all + (idle[at] ? 0 : pass), 0);
  const factor = rest > 0 ? (STORY_SECONDS - hurried) / rest : 1;
  passes.forEach((pass, at) => (passes[at] = idle[at] ? IDLE_SECONDS : pass * factor));
  stays.forEach((stay, at) => (stays[at] = stay * factor));
  story.seconds = rest > 0 ? STORY_SECONDS : hurried;
}

function sum(list) {
  return list.reduce((all, one) => all + one, 0);
}

function scale(list, wanted) {
  const all = sum(list);
  for (let at = 0; at < list.length; at++) list[at] *= all > 0 ? wanted / all : 0;
}

// The last event before `time`; -1 if there is none.
function lastBefore(model, time) {
  return countUpTo(model.exactNs ?? model.ns, 0, (at) => (at < time ? 0 : 1)) - 1;
}

// The time, and the part of that instant's events that has happened, after `seconds` of the story.
function storyAt(seconds) {
  const { instants, starts, stays } = story;
  const at = Math.max(0, countUpTo(starts, seconds) - 1);
  const stayed = seconds - starts[at];
  if (at === instants.length - 1) return { ns: instants[at], part: stays[at] > 0 ? Math.min(1, stayed / stays[at]) : 1 };
  if (stayed < stays[at]) return { ns: instants[at], part: stayed / stays[at] };
  const passing = starts[at + 1] - starts[at] - stays[at];
  const share = passing > 0 ? Math.min(1, (stayed - stays[at]) / passing) : 1;
  if (share === 0) return { ns: instants[at], part: 1 };
  const length = elapsed(instants[at], instants[at + 1]);
  return { ns: earliest(plus(instants[at], length * share), instants[at + 1]), part: share < 1 ? 1 : 0 };
}

// How far the story is at a time, with all its events.
function storyOf(ns) {
  const { instants, starts, stays } = story;
  const at = Math.max(0, countUpTo(instants, ns) - 1);
  if (at === instants.length - 1) return story.seconds;
  const passing = starts[at + 1] - starts[at] - stays[at];
  const share = elapsed(instants[at], ns) / elapsed(instants[at], instants[at + 1]);
  return starts[at] + stays[at] + passing * share;
}

// Whether a task runs from an instant on, until something happens.
function runsAfter(model, ns) {
  const e = eventAt(model, ns);
  return e < model.size - 1 && countOf(model, STATE.running, e) > 0;
}

// The stretches that the story passes much faster than the rest, and in which no task runs.
function skippedStretches() {
  if (app.align === "event") return [];
  const { instants, starts, stays } = story;
  const end = Number(domainEnd());
  const found = [];
  for (let at = 0; at + 1 < instants.length; at++) {
    const long = elapsed(instants[at], instants[at + 1]) / end;
    const passing = (starts[at + 1] - starts[at] - stays[at]) / story.seconds;
    if (long > LONG_STRETCH && long > FAST * passing && !app.models.some((model) => runsAfter(model, instants[at]))) found.push([instants[at], instants[at + 1]]);
  }
  return found;
}
