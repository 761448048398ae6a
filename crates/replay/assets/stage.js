// The stage: a card for each group of runs that did the same, with its scene, its lanes and its end.

// At most so many groups leave room for the program on the stage.
const FEW_GROUPS = 2;
// A frame in another page has room for so many cards.
const EMBEDDED_CARDS = 3;

const stage = { cards: [], single: null, last: 0 };

function buildStage() {
  app.groups = groupRuns(app.models);
  stage.cards = app.groups.map((group) => keptCard(group) ?? (group[0].card = buildCard(group)));
  showCards();
}

// The card of runs that were on the stage before.
function keptCard(group) {
  const { card } = group[0];
  const isSame = card && card.group.length === group.length && group.every((model) => card.group.includes(model));
  return isSame && (card.name === null) === app.details ? card : null;
}

// In the details, the stage has only the followed run, because the rows below show all of them.
function showCards() {
  const model = followedRun();
  if (app.details && model && stage.single?.model !== model) stage.single = buildCard([model]);
  if (!app.details) stage.single = null;
  keepChildren(byId("stage"), shownCards().map((card) => card.element));
  document.body.classList.toggle("no-runs", app.models.length === 0);
  if (app.models.length > 0) return;
  const advice = "This recording has no runs. Record at least one runtime with paintdry --record FILE.json, and make this page again.";
  byId("stage").append(element("p", { className: "empty", text: advice }));
}

function shownCards() {
  if (stage.single) return [stage.single];
  if (!isEmbedded() || stage.cards.length <= EMBEDDED_CARDS) return stage.cards;
  // The first one, the one that is followed, and those that differ from these.
  const followed = stage.cards.filter((card, at) => at === 0 || card.group.includes(followedRun()));
  const others = stage.cards.filter((card) => !followed.includes(card));
  const shown = [...followed, ...others].slice(0, EMBEDDED_CARDS);
  return stage.cards.filter((card) => shown.includes(card));
}

// The scene that fits the job, and the size of the crowd.
function sceneOf(model) {
  const { job } = app.recording.workload;
  const shown = model.tasks.length - (isHelper(model, 0) ? 1 : 0);
  if (shown > MANY) return mosaicScene(model, job === "paint");
  return job === "amap" ? shelfScene(model) : cellScene(model);
}

function buildCard(group) {
  const [model] = group;
  // In the details the rows have such buttons.
  const name = app.details
    ? element("span", { text: groupName(group) })
    : element("button", { type: "button", className: "card-name", text: groupName(group) });
  const others = group.slice(1).map(runName).join(", ");
  const head = element("div", {
    className: "card-head",
    children: [element("h2", { children: [name] }), element("p", { text: originOf(group) + whatItDoes(model) })],
  });
  if (group.length > 1) head.append(ungroupButton(group, others));
  const scene = sceneOf(model);
  const svg = svgElement("svg", { preserveAspectRatio: "none", "aria-hidden": "true" });
  const playhead = element("div", { className: "head" });
  const lanes = element("div", { className: "card-lanes", children: [svg, playhead] });
  const end = element("p", { className: "card-end" });
  const children = [head, scene.element, lanes, end];
  if (model.error !== null) children.unshift(element("p", { className: "card-error", text: failureOf(model) }));
  const card = element("section", { className: "card", "aria-label": groupName(group) + " on the stage", "data-rows": scene.rows ?? 1, children });
  card.addEventListener("click", () => follow(model.number));
  return { element: card, model, group, name: app.details ? null : name, scene, svg, playhead, lanes, end };
}

// Where the runs of the lab come from. All runs of another page are from its recording.
function originOf(group) {
  const [{ origin }] = group;
  if (origin === undefined) return "";
  return (origin === "" ? "runs here" : "recorded on " + group.map((model) => model.origin).join(", ")) + " · ";
}

// A group opens into its runs, because a reader may not believe that they do the same.
function ungroupButton(group, others) {
  const button = element("button", { type: "button", className: "ungroup", text: "Show all " + group.length, title: others });
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    const at = app.groups.indexOf(group);
    app.groups.splice(at, 1, ...group.map((model) => [model]));
    const cards = group.map((model) => buildCard([model]));
    stage.cards[at].element.replaceWith(...cards.map((card) => card.element));
    stage.cards.splice(at, 1, ...cards);
    cards[0].element.querySelector("button").focus();
    askForLanes();
  });
  return button;
}

// Why the run failed; for a circle of tasks that wait for each other, the circle. A frame has no room for advice.
function failureOf(model) {
  const circle = circleOfWaits(model, stuckAt(model));
  const [first] = model.error.replace("nothing can run and no timer is set: ", "").split(/; before |\. |\n/);
  const words = shorten(isEmbedded() ? first : model.error, 300);
  if (!isStuck(model)) return "Failed: " + words;
  return circle ? "Stuck: " + circle.join(" → ") + "." : "S" + words.slice(1);
}

// Shows the moment on the stage. While playing, a picture may need more frames than the moment, to be painted.
function showStage() {
  const now = performance.now();
  const ms = player.playing && !reducedMotion() ? Math.min(100, now - stage.last) : null;
  stage.last = now;
  let settled = true;
  for (const card of shownCards()) settled = showCard(card, ms) && settled;
  document.body.classList.toggle("playing", player.playing);
  if (!settled) askForMoment();
}

function showCard(card, ms) {
  const { model } = card;
  const followed = card.group.includes(followedRun());
  card.element.classList.toggle("followed", followed);
  card.name?.setAttribute("aria-pressed", String(followed));
  const e = eventOf(model);
  const at = share(positionOf(model));
  card.playhead.style.left = Math.max(0, Math.min(1, at)) * 100 + "%";
  const done = model.size > 0 && e >= model.size - 1 && app.isOver;
  card.element.classList.toggle("done", done);
  const wall = Number(model.wall) > 0 ? duration(model.wall) : "done";
  const failed = isStuck(model) ? "stuck" : "failed";
  setText(card.end, model.error === null ? (app.isOver ? wall : "") : done ? failed : "");
  return card.scene.show(e, Number(timeOf(model)), ms);
}

// With one or two runs there is room for the program on the stage.
function placeProgram() {
  if (app.choose) return; // the lab has a place for it
  const beside = !app.details && app.groups.length <= FEW_GROUPS && Boolean(followedRun()?.program);
  byId(beside ? "stage-program" : "lower").prepend(byId("program"));
  app.showsProgram = app.details || beside;
}

function setDetails(details) {
  app.details = details;
  document.body.classList.toggle("details", details);
  byId("more").setAttribute("aria-expanded", String(details));
  setText(byId("more"), details ? "Less" : "More");
  byId("details").hidden = !details;
  buildPicks();
  placeProgram();
  if (!details) fitView();
}
