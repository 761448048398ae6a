// Moves in time: to a moment, by events, by a time, and by playing.

const player = { playing: false, last: 0, rest: 0, speed: 1, usual: 1 };
// In virtual time many events share a nanosecond. While playing, each of them stays this long, so that you can see it.
const DWELL_MS = 150;
const DWELL_ALL_MS = 30_000;

// Goes to an event of the followed run, and to a time at or after it.
function seekEvent(event, ns) {
  const model = followedRun();
  if (!model) return;
  app.event = Math.max(-1, Math.min(model.size - 1, event));
  const first = app.event < 0 ? 0 : timeAt(model, app.event);
  app.ns = narrow(latest(first, earliest(ns ?? first, domainEnd())));
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
  afterJump();
}

function atEnd() {
  const model = followedRun();
  return app.align === "event" ? app.event >= model.size - 1 : app.ns >= domainEnd() && app.event >= model.size - 1;
}

function play() {
  if (!followedRun() || player.playing) return;
  if (atEnd()) seekEvent(-1, 0);
  forgetQuestion(); // one that is open is asked again, and an answer makes room for the next
  player.playing = true;
  player.last = performance.now();
  player.rest = 0;
  requestAnimationFrame(playFrame);
  askForMoment();
}

function pause() {
  if (!player.playing) return;
  player.playing = false;
  askForMoment();
  speak(true);
}

function playFrame(now) {
  if (!player.playing) return;
  const passed = Math.min(250, now - player.last);
  // A reader who asked for less motion gets a jump now and then instead of a slide.
  if (reducedMotion() && now - player.last < 700) {
    requestAnimationFrame(playFrame);
    return;
  }
  const jump = reducedMotion() ? 700 : passed;
  player.last = now;
  const stop = questionAhead();
  if (reducedMotion()) jumpBy(jump);
  else if (app.align === "event") advanceEvents(jump);
  else advanceTime(jump);
  if (stop >= 0 && app.event >= stop) {
    seekEvent(stop - 1, timeAt(followedRun(), stop));
    pause();
  } else if (atEnd()) pause();
  keepHeadInView();
  speak(false);
  if (player.playing) requestAnimationFrame(playFrame);
}

function advanceEvents(ms) {
  player.rest += (ms / 1000) * player.speed;
  const events = Math.floor(player.rest);
  player.rest -= events;
  if (events > 0) seekEvent(app.event + events);
}

// Lets time pass at the chosen speed. In virtual time it stops while the page shows events of the same nanosecond.
function advanceTime(ms) {
  const model = followedRun();
  if (app.recording.clock === "real") {
    seekTime(plus(app.ns, (ms / 1000) * player.speed));
    return;
  }
  const dwell = Math.min(DWELL_MS, DWELL_ALL_MS / Math.max(1, model.size)) * (player.usual / player.speed);
  let left = ms;
  while (left > 0) {
    const next = app.event + 1 < model.size ? timeAt(model, app.event + 1) : Infinity;
    if (next <= app.ns) {
      player.rest += left;
      const events = Math.floor(player.rest / dwell);
      const due = Math.min(events, eventAt(model, app.ns) - app.event);
      player.rest -= due * dwell;
      left = due < events ? Math.max(0, player.rest) : 0;
      if (due < events) player.rest = 0;
      if (due > 0) seekEvent(app.event + due, app.ns);
      if (due === 0) break;
    } else {
      const until = earliest(next, domainEnd(), plus(app.ns, (left / 1000) * player.speed));
      const passed = elapsed(app.ns, until);
      left -= (passed / player.speed) * 1000;
      seekEvent(app.event, until);
      if (until >= domainEnd() || left < 0.01 || passed === 0) break;
    }
  }
}

// Jumps ahead by the time that passed, but at least to the next event.
function jumpBy(ms) {
  const model = followedRun();
  const event = app.event;
  if (app.align === "event") seekEvent(event + Math.max(1, Math.round((ms / 1000) * player.speed)));
  else if (event + 1 >= model.size) seekTime(plus(app.ns, Number(domainEnd()) / 20));
  else {
    const [next, until] = [timeAt(model, event + 1), plus(app.ns, (ms / 1000) * player.speed)];
    if (next > until || next === app.ns) seekEvent(event + Math.max(1, Math.ceil(model.size / 300)));
    else seekTime(until);
  }
}

function reducedMotion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
