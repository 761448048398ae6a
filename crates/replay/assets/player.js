// Moves in time: to a moment, by events, by a time, and by playing.

const player = { playing: false, last: 0, at: 0, speed: 1 };
const SPEEDS = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8];
// A reader who asked for less motion gets a jump now and then instead of a slide.
const JUMP_MS = 700;

// Goes to an event of the followed run, and to a time at or after it.
function seekEvent(event, ns) {
  const model = followedRun();
  if (!model) return;
  app.event = Math.max(-1, Math.min(model.size - 1, event));
  const first = app.event < 0 ? 0 : timeAt(model, app.event);
  app.ns = narrow(latest(first, earliest(ns ?? first, domainEnd())));
  app.part = 1;
  askForMoment();
}

// Goes to a time, after all events of the followed run up to it.
function seekTime(ns) {
  const time = latest(0, earliest(ns, domainEnd()));
  seekEvent(eventAt(followedRun(), time), time);
}

// Goes to a position on the axis.
function seekPosition(position) {
  if (!followedRun()) return;
  if (app.align === "time") seekTime(Math.round(position));
  else seekEvent(Math.floor(position));
}

function domainEnd() {
  return latest(1, ...app.models.map((model) => model.wall));
}

function step(events) {
  pause();
  const model = followedRun();
  if (!model) return;
  if (events > 0 && app.event >= model.size - 1) return;
  seekEvent(app.event + events);
  afterJump();
}

// After a step or a jump, brings the places that it changed into view.
function afterJump() {
  keepHeadInView();
  paintNow();
  if (app.event >= 0) revealLane(app.rows[app.followed], followedRun().task[app.event]);
  revealLine();
  noteLane();
  speak(true);
}

function toStart() {
  pause();
  seekEvent(-1, 0);
  afterJump();
}

function toEnd() {
  pause();
  if (app.align === "time") seekTime(domainEnd());
  else seekEvent(followedRun().size - 1);
  afterJump();
}

// Follows another run at the same moment: by event, after as many events; by time, at the same time.
function follow(number) {
  if (!app.models[number] || number === app.followed) return;
  const event = app.event;
  app.followed = number;
  if (app.align === "event") seekEvent(event);
  else seekTime(app.ns);
  forgetQuestion();
  if (app.details) showCards();
  pickFollowed();
  afterJump();
}

function atEnd() {
  const model = followedRun();
  return app.event >= model.size - 1 && (app.align === "event" || app.ns >= domainEnd());
}

function play() {
  if (!followedRun() || player.playing) return;
  if (atEnd()) seekEvent(-1, 0);
  forgetQuestion(); // one that is open is asked again, and an answer makes room for the next
  player.playing = true;
  player.last = performance.now();
  player.at = app.align === "event" ? secondsOf(app.event) : app.event < 0 && app.ns === 0 ? 0 : storyOf(app.ns);
  requestAnimationFrame(playFrame);
  askForMoment();
}

function playOrPause() {
  if (player.playing) pause();
  else play();
}

function pause() {
  if (!player.playing) return;
  player.playing = false;
  app.part = 1;
  // On the stage all rows stop at the same place: after all that happened by now.
  if (!app.details && app.align === "time") seekTime(app.ns);
  askForMoment();
  speak(true);
}

function playFrame(now) {
  if (!player.playing) return;
  const jumps = reducedMotion();
  if (jumps && now - player.last < JUMP_MS) {
    requestAnimationFrame(playFrame);
    return;
  }
  // A frame may carry a time from before the click that began to play.
  player.at += (Math.max(0, Math.min(jumps ? JUMP_MS : 250, now - player.last)) / 1000) * player.speed;
  player.last = now;
  const stop = questionAhead();
  showStory(player.at);
  if (stop >= 0 && app.event >= stop) {
    player.playing = false;
    app.part = 1;
    seekEvent(stop - 1, timeAt(followedRun(), stop));
    speak(true);
  } else if (atEnd() && player.at >= story.seconds) pause();
  keepHeadInView();
  revealLine();
  speak(false);
  if (player.playing) requestAnimationFrame(playFrame);
}

// Shows the moment after so many seconds of the story.
function showStory(seconds) {
  const model = followedRun();
  if (app.align === "event") {
    seekEvent(Math.floor((seconds / story.seconds) * model.size) - 1);
    return;
  }
  const { ns, part } = storyAt(seconds);
  seekEvent(eventAtPart(model, ns, part), ns);
  app.part = part;
}

// How far the story is in the middle of an event, when all events get the same time.
function secondsOf(event) {
  return ((event + 1.5) / Math.max(1, followedRun().size)) * story.seconds;
}

function reducedMotion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
