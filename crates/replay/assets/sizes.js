// The sizes of the page: embedded in another page, a page of its own, and full screen for a projector.

const PRESENTED = 3;

// In a frame, the page shows the stage, Play and a sentence; everything else is behind one button.
function openSize() {
  const embedded = window.top !== window.self || new URLSearchParams(location.search).has("embedded");
  document.body.classList.toggle("embedded", embedded);
}

function isEmbedded() {
  return document.body.classList.contains("embedded");
}

function isPresenting() {
  return document.body.classList.contains("presenting");
}

function setPresenting(presenting) {
  if (presenting === isPresenting()) return;
  document.body.classList.toggle("presenting", presenting);
  byId("present").setAttribute("aria-pressed", String(presenting));
  if (presenting) document.documentElement.requestFullscreen?.().catch(() => {}); // the page works in a window as well
  else if (document.fullscreenElement) document.exitFullscreen();
  buildPicks();
}

// What the projector shows a few of: rows, or cards of the stage. `shown` has those on the screen, the earliest first; there
// are at most `most`, also after the screen has become full.
const picks = { all: [], shown: new Set(), most: 0, buttons: [] };

// The buttons that choose the few rows or cards on the projector. The followed run comes first.
function buildPicks() {
  for (const { element } of [...app.rows, ...stage.cards]) element.hidden = false;
  showCards();
  keepChildren(byId("rows"), app.rows.map((row) => row.element));
  askForLanes();
  picks.all = [];
  if (!isPresenting()) return;
  picks.all = [...(app.details ? app.rows : stage.cards)].sort((one, other) => isFollowed(other) - isFollowed(one));
  keepChildren(byId(app.details ? "rows" : "stage"), picks.all.map((row) => row.element));
  picks.most = mostPresented();
  picks.shown = new Set(picks.all.slice(0, picks.most));
  picks.buttons = picks.all.map((row) => {
    const button = element("button", { type: "button", text: row.group ? groupName(row.group) : runName(row.model) });
    button.addEventListener("click", () => pick(row));
    return button;
  });
  byId("picks").replaceChildren(...(picks.all.length > 1 ? picks.buttons : []));
  showPicks();
}

function isFollowed({ group, model }) {
  return (group ?? [model]).includes(followedRun());
}

// Shows this row, or no longer. If too many are shown, the earliest goes; one stays.
function pick(row) {
  const { shown } = picks;
  if (shown.has(row)) shown.delete(row);
  else shown.add(row);
  if (shown.size === 0 || shown.size > picks.most) shown.delete(shown.values().next().value);
  if (shown.size === 0) shown.add(row);
  showPicks();
}

// A run that a digit or an arrow follows comes onto the projector.
function pickFollowed() {
  const row = picks.all.find(isFollowed);
  if (row && !picks.shown.has(row)) pick(row);
}

function showPicks() {
  picks.all.forEach((row, at) => {
    row.element.hidden = !picks.shown.has(row);
    picks.buttons[at].setAttribute("aria-pressed", String(picks.shown.has(row)));
  });
  document.body.style.setProperty("--shown", picks.shown.size);
  document.body.classList.toggle("one-shown", picks.shown.size === 1 && !app.details && !app.choose);
  askForLanes();
}

// On a low screen fewer cards have room.
function mostPresented() {
  const high = Math.max(1, ...stage.cards.map((card) => card.scene.rows ?? 1));
  return app.details ? PRESENTED : Math.max(1, Math.min(PRESENTED, Math.floor((innerHeight - 300) / (200 * high))));
}

// A step of a presenter: to the next instant at which something happens in any run.
function stepInstant(forward) {
  pause();
  if (app.align === "event") return step(forward ? 1 : -1);
  const { instants } = story;
  const at = countUpTo(instants, app.ns) - 1;
  if (app.event < 0 && app.ns === 0 && forward) seekTime(0);
  else if (!forward && at <= 0) seekEvent(-1, 0);
  else {
    const before = instants[at] < app.ns ? at : at - 1;
    seekTime(instants[forward ? Math.min(instants.length - 1, at + 1) : before]);
  }
  afterJump();
}
