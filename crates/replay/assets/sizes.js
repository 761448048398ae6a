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

// The buttons that choose the few rows or cards on the projector. The followed run comes first.
function buildPicks() {
  for (const { element } of [...app.rows, ...stage.cards]) element.hidden = false;
  showCards();
  keepChildren(byId("rows"), app.rows.map((row) => row.element));
  askForLanes();
  if (!isPresenting()) return;
  const isFollowed = ({ group, model }) => (group ?? [model]).includes(followedRun());
  const rows = [...(app.details ? app.rows : stage.cards)].sort((one, other) => isFollowed(other) - isFollowed(one));
  keepChildren(byId(app.details ? "rows" : "stage"), rows.map((row) => row.element));
  const most = mostPresented();
  const shown = new Set(rows.slice(0, most));
  const buttons = rows.map((row) => {
    const button = element("button", { type: "button", text: row.group ? groupName(row.group) : runName(row.model) });
    button.addEventListener("click", () => {
      if (shown.has(row)) shown.delete(row);
      else shown.add(row);
      if (shown.size === 0 || shown.size > most) shown.delete(shown.values().next().value);
      if (shown.size === 0) shown.add(row);
      show();
    });
    return button;
  });
  const show = () => {
    rows.forEach((row, at) => {
      row.element.hidden = !shown.has(row);
      buttons[at].setAttribute("aria-pressed", String(shown.has(row)));
    });
    document.body.style.setProperty("--shown", shown.size);
    askForLanes();
  };
  byId("picks").replaceChildren(...(rows.length > 1 ? buttons : []));
  show();
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
