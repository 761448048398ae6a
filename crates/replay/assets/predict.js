// Predict, then reveal: the page stops before a poll that had a choice, asks who runs next, and shows what happened
// and how the other runtimes chose.

const ANSWERS = 9;
const quiz = {
  on: false,
  run: -1, // the run that was asked about,
  poll: -1, // and the poll; -1 is no question
  offered: [], // the tasks to choose from
  answered: null, // the chosen one
  revealed: false, // the answer is on the screen
  right: 0,
  asked: 0,
  seen: new Set(), // the questions that count in the score already
};

// The next poll of the followed run before which two or more tasks were ready; -1 if there is none.
function nextChoice(model, after) {
  for (let at = countUpTo(model.polls, after); at < model.polls.length; at++) {
    const poll = model.polls[at];
    if (countOf(model, STATE.ready, poll - 1) >= 2 && stateOf(model, model.task[poll], poll - 1) === STATE.ready)
      return poll;
  }
  return -1;
}

// The poll before which playing has to stop; -1 if it need not.
function questionAhead() {
  return quiz.on ? nextChoice(followedRun(), app.event) : -1;
}

function setPredict(on) {
  quiz.on = on;
  forgetQuestion();
  document.body.classList.toggle("predicting", on);
  if (on) toNextQuestion();
  askForMoment();
}

function forgetQuestion() {
  quiz.poll = -1;
  quiz.answered = null;
}

function toNextQuestion() {
  pause();
  const model = followedRun();
  let poll = model
    ? nextChoice(model, app.event + (quiz.answered === null && quiz.poll === app.event + 1 ? 1 : 0))
    : -1;
  forgetQuestion();
  if (poll < 0) {
    // There are no more choices: begin again.
    seekEvent(-1, 0);
    poll = model ? nextChoice(model, -1) : -1;
    if (poll < 0) return;
  }
  seekEvent(poll - 1, timeAt(model, poll));
  afterJump();
  byId("choices").querySelector("button")?.focus({ preventScroll: true });
}

// Takes the reader's choice, and moves to the poll, which reveals the answer.
function answer(task) {
  if (quiz.poll < 0 || quiz.answered !== null) return;
  pause();
  const model = followedRun();
  quiz.answered = task;
  const key = quiz.run + ":" + quiz.poll;
  if (!quiz.seen.has(key)) {
    quiz.seen.add(key);
    quiz.asked++;
    if (task === model.task[quiz.poll]) quiz.right++;
  }
  quiz.revealed = false;
  seekEvent(quiz.poll, app.ns);
  afterJump();
  byId("next-question").focus({ preventScroll: true });
}

// At most nine of the ready tasks, in the order of their numbers: the first and the last of the queue, and the answer.
function offer(model, poll) {
  const ready = tasksIn(model, STATE.ready, poll - 1, Infinity);
  const chosen = new Set([model.task[poll], ready[0], ready.at(-1)]);
  for (let at = 1; chosen.size < Math.min(ANSWERS, ready.length); at++) {
    chosen.add(ready[at]);
    if (chosen.size < ANSWERS) chosen.add(ready.at(-1 - at));
  }
  return [...chosen].sort((one, other) => one - other);
}

// The next polls of these tasks in a run, in their order, once each task had been polled as often as `polled` says.
function nextPolls(model, names, polled) {
  const polls = [];
  names.forEach((name, at) => {
    const task = model.tasks.indexOf(name);
    const poll = task < 0 ? undefined : model.pollsByTask[task][polled[at]];
    if (poll !== undefined) polls.push({ task, poll });
  });
  return polls.sort((one, other) => one.poll - other.poll);
}

function showQuestion() {
  const panel = byId("question");
  panel.hidden = !quiz.on || !followedRun();
  document.body.classList.remove("asking");
  if (panel.hidden) return;
  const model = followedRun();
  setText(byId("score"), "Right: " + quiz.right + " of " + quiz.asked + ".");
  const choice = app.event + 1 < model.size ? nextChoice(model, app.event) : -1;
  // An answer stays until the reader moves on, even if the next event is a choice again.
  const answered = quiz.answered !== null && app.event === quiz.poll;
  const asks = choice === app.event + 1 && !answered;
  // The other rows would give the answer away.
  document.body.classList.toggle("asking", asks);
  if (asks && (quiz.poll !== choice || quiz.run !== app.followed || quiz.answered !== null)) ask(model, choice);
  else if (answered && !quiz.revealed) reveal(model);
  else if (!asks && !answered) {
    forgetQuestion();
    const never = choice < 0 && nextChoice(model, -1) < 0;
    setText(
      byId("question-text"),
      never
        ? runSaid(model) + " never had a choice: before each poll, at most one task was ready."
        : choice < 0
          ? runSaid(model) + " has no more choices: from here on, at most one task is ready before each poll."
          : "Play runs to the next choice of " + runSaid(model) + ".",
    );
    byId("next-question").hidden = never;
    setText(byId("next-question"), choice < 0 ? "From the start" : "Next question");
    byId("choices").replaceChildren();
    byId("answer").replaceChildren();
  }
}

function ask(model, poll) {
  byId("next-question").hidden = false;
  setText(byId("next-question"), "Next question");
  Object.assign(quiz, { poll, run: app.followed, answered: null, offered: offer(model, poll) });
  const ready = countOf(model, STATE.ready, poll - 1);
  setText(byId("spoken"), "Who runs next on " + runSaid(model) + "?");
  setText(
    byId("question-text"),
    "Who runs next on " +
      runSaid(model) +
      "?" +
      (ready > quiz.offered.length
        ? " (" + quiz.offered.length + " of " + grouping(ready) + " ready tasks, the answer among them)"
        : ""),
  );
  byId("choices").replaceChildren(
    ...quiz.offered.map((task, at) => {
      const button = element("button", {
        type: "button",
        "data-task": task,
        "aria-keyshortcuts": at + 1,
        children: [element("kbd", { text: at + 1 }), " ", element("bdi", { text: taskName(model, task) })],
      });
      button.addEventListener("click", () => answer(task));
      return button;
    }),
  );
  byId("answer").replaceChildren();
}

function reveal(model) {
  quiz.revealed = true;
  const task = model.task[quiz.poll];
  setText(
    byId("question-text"),
    (task === quiz.answered ? "✓ Right: " : "✗ No: ") + runSaid(model) + " polled " + taskName(model, task) + ".",
  );
  for (const button of byId("choices").children) {
    button.disabled = true;
    if (Number(button.dataset.task) === task) button.classList.add("right");
    else if (Number(button.dataset.task) === quiz.answered) button.classList.add("wrong");
  }
  const names = quiz.offered.map((one) => model.tasks[one]);
  const polled = quiz.offered.map((one) => countUpTo(model.pollsByTask[one], quiz.poll - 1));
  const rows = app.models.filter((other) => other !== model).map((other) => othersChoice(other, names, polled));
  byId("answer").replaceChildren(
    element("p", {
      className: "note",
      text:
        "The other runs, once each of these tasks had been polled as often as here: the order in which they polled " +
        "these tasks next. “≠” marks a run in which not all of these tasks were ready at once.",
    }),
    element("dl", { children: rows.flat() }),
  );
}

function othersChoice(other, names, polled) {
  const polls = nextPolls(other, names, polled);
  const chips = element("dd");
  showChips(
    chips,
    polls.map(({ task }) => chipOf(other, task, "ready")),
    0,
  );
  const together =
    polls.length > 0 && polls.every(({ task }) => stateOf(other, task, polls[0].poll - 1) === STATE.ready);
  if (polls.length === 0) chips.replaceChildren("no such poll");
  else if (!together) chips.append(" ≠");
  return [element("dt", { children: [element("bdi", { text: runName(other) })] }), chips];
}
