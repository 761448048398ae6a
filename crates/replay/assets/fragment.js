// The moment in the page's address, behind the #, so that a teacher can link to it.

const KEEP_EVERY_MS = 400;
// A page that plays by itself leaves its address alone until the reader does something: opened again, it plays again.
const kept = { text: null, address: null, timer: 0, on: true };

function fragment() {
  const part = new URLSearchParams();
  part.set("run", followedRun()?.key ?? app.followed);
  part.set("event", app.event);
  part.set("ns", asBigInt(app.ns));
  if (app.align !== openingAlign()) part.set("align", app.align);
  if (app.lanes !== "task") part.set("lanes", app.lanes);
  if (!isFit()) part.set("view", app.view.map((end) => Math.round(end * 100) / 100).join("-"));
  if (app.wakes) part.set("wakes", 1);
  if (quiz.on) part.set("predict", 1);
  const open = app.rows.filter((row) => row.expanded).map((row) => row.model.number);
  if (open.length) part.set("open", open.join("-"));
  if (app.theme !== "auto") part.set("theme", app.theme);
  if (!app.details) part.set("more", 0);
  return part.toString();
}

// Gives each run a key, which is its name in the address; its number if another run has the same name.
function nameRuns(models) {
  const names = models.map((model) => model.name).map(numberNames());
  const seen = new Map();
  for (const name of names) seen.set(name, (seen.get(name) ?? 0) + 1);
  for (const [number, model] of models.entries()) {
    const isUnique = seen.get(names[number]) === 1 && !/^\d+$/.test(model.name);
    model.key = isUnique ? model.name : String(number);
  }
}

function runOfKey(key) {
  const named = app.models.findIndex((model) => model.key === key);
  return named >= 0 ? named : openingRun();
}

// Writes the address a little later, not at every frame: a browser refuses too many writes.
function keepFragment() {
  if (!followedRun() || kept.timer || !kept.on) return;
  kept.timer = setTimeout(keepFragmentNow, KEEP_EVERY_MS);
}

function keepFragmentNow() {
  clearTimeout(kept.timer);
  kept.timer = 0;
  // The reader has changed the address, and `hashchange` will report it soon. Do not overwrite that.
  if (location.hash !== kept.address || !kept.on) return;
  const text = fragment();
  if (text === kept.text) return;
  kept.text = text;
  try {
    history.replaceState(null, "", "#" + text);
  } catch {
    // Some viewers do not let a page change its address. The page works without.
  }
  kept.address = location.hash;
}

// Reads the address. A part that is missing or makes no sense is set as when the page opens.
function readFragment() {
  if (!followedRun()) return;
  kept.address = location.hash;
  const part = new URLSearchParams(kept.address.slice(1));
  const number = (name) => (/^-?\d+(\.\d+)?$/.test(part.get(name) ?? "") ? Number(part.get(name)) : null);
  pause();
  app.followed = part.has("run") ? runOfKey(part.get("run")) : openingRun();
  app.align = ["event", "time"].includes(part.get("align")) ? part.get("align") : openingAlign();
  app.lanes = part.get("lanes") === "thread" ? "thread" : "task";
  app.wakes = part.get("wakes") === "1";
  const open = (part.get("open") ?? "").split("-");
  for (const row of app.rows) row.expanded = open.includes(String(row.model.number));
  setTheme(["light", "dark"].includes(part.get("theme")) ? part.get("theme") : "auto");
  const [from, to] = (part.get("view") ?? "").split("-").map(Number);
  if (part.has("view") && from < to) setView(from, to);
  else fitView();
  const predicts = part.get("predict") === "1";
  const ns = /^\d+$/.test(part.get("ns")) ? readTime(part.get("ns")) : number("ns");
  if (number("event") !== null) seekEvent(Math.trunc(number("event")), ns ?? undefined);
  else if (ns !== null) seekTime(ns);
  else seekEvent(-1, 0);
  setDetails(kept.address.length > 1 && part.get("more") !== "0");
  quiz.on = predicts;
  forgetQuestion();
  document.body.classList.toggle("predicting", predicts);
  kept.text = null;
  planStory();
  showToggles();
}

// The page opens on the first run in which tasks took turns, so that one was polled again.
function openingRun() {
  return Math.max(
    0,
    app.models.findIndex((model) => model.polls.length > model.tasks.length),
  );
}

// When no time passes at all, only events can be told apart.
function openingAlign() {
  return Math.max(...app.models.map((model) => Number(model.wall))) === 0 ? "event" : "time";
}
