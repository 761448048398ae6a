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
  if (presenting && app.details) setDetails(false);
  document.body.classList.toggle("presenting", presenting);
  byId("present").setAttribute("aria-pressed", String(presenting));
  if (presenting) {
    buildPicks();
    document.documentElement.requestFullscreen?.().catch(() => {}); // the page works in a window as well
  } else {
    for (const card of stage.cards) card.element.hidden = false;
    if (document.fullscreenElement) document.exitFullscreen();
  }
  askForLanes();
}

// The buttons that choose the two or three rows on the projector.
function buildPicks() {
  const shown = new Set(stage.cards.slice(0, PRESENTED));
  const buttons = stage.cards.map((card) => {
    const button = element("button", { type: "button", text: groupName(card.group) });
    button.addEventListener("click", () => {
      if (shown.has(card)) shown.delete(card);
      else shown.add(card);
      if (shown.size === 0 || shown.size > PRESENTED) shown.delete(shown.values().next().value);
      if (shown.size === 0) shown.add(card);
      show();
    });
    return button;
  });
  const show = () => {
    stage.cards.forEach((card, at) => {
      card.element.hidden = !shown.has(card);
      buttons[at].setAttribute("aria-pressed", String(shown.has(card)));
    });
    askForLanes();
  };
  byId("picks").replaceChildren(...(stage.cards.length > 1 ? buttons : []));
  show();
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
