// What the recording shows, in words: the headline, what each group does, and what happens now.

// The headline: the finding if there is one, else the job.
function headline() {
  const { workload } = app.recording;
  if (workload.job === "paint") return paintFinding() ?? titleOf(app.recording);
  if (workload.job === "amap") return amapFinding() ?? titleOf(app.recording);
  return faultHeadline() ?? programFinding();
}

function paintFinding() {
  const done = app.groups.map(([model]) => model).filter((model) => model.error === null && Number(model.wall) > 0);
  const alone = done.filter((model) => paintersOf(model).length === 1);
  const waits = alone.find(everBlocks);
  const turns = alone.find((model) => !everBlocks(model));
  const parts = [["One painter who waits at each easel", waits], ["Taking turns", turns]];
  const several = done.filter((model) => paintersOf(model).length > 1);
  several.sort((one, other) => paintersOf(one).length - paintersOf(other).length || Number(one.wall) - Number(other.wall));
  let best = turns ? Number(turns.wall) : Infinity;
  let noun = " painters";
  const words = ["", "", "Two", "Three", "Four", "Five", "Six"];
  for (const model of several) {
    if (Number(model.wall) >= 0.95 * best) continue; // more painters are worth a word if they are faster
    const { length } = paintersOf(model);
    parts.push([(words[length] ?? grouping(length)) + noun, model]);
    best = Number(model.wall);
    noun = "";
  }
  return found(parts, (model) => duration(model.wall) + ".");
}

function amapFinding() {
  const order = (model) => workOrder(model).slice(0, 4).join(" ") + " …";
  const works = app.models.filter((model) => workOrder(model).length > 1);
  const parts = [["One task after the other", works.find(everyTaskAtOnce)], ["Taking turns", works.find((model) => !everyTaskAtOnce(model))]];
  return found(parts, order);
}

function found(parts, say) {
  return parts.filter(([, model]) => model).map(([what, model]) => what + ": " + say(model)).join(" ") || null;
}

// The tasks in the order in which they worked, with the number of the item.
function workOrder(model) {
  const items = new Map();
  const order = [];
  for (let e = 0; e < model.size && order.length < 8; e++) {
    if (model.kind[e] !== KIND.line || !isItem(model, e)) continue;
    const task = model.task[e];
    const number = items.get(task) ?? 0;
    items.set(task, number + 1);
    order.push(model.tasks[task] + number);
  }
  return order;
}

// A task comes to the same two lines for each item; the first of them begins it.
function isItem(model, e) {
  return model.detail[e] === model.detail[model.lines[model.task[e]][0]];
}

function everyTaskAtOnce(model) {
  const order = workOrder(model).map((item) => item[0]);
  return order.length > 1 && order[0] === order[1];
}

// Whether the run ended because no task could run any more.
function isStuck(model) {
  return /^(stuck|stalled)\b/.test(model.error ?? "");
}

// The worst fault, in a sentence; `null` if there is none.
function faultHeadline() {
  const fault = app.findings.shown[0];
  if (fault?.severity !== "fault") return null;
  const model = app.models[fault.moments[0][0]];
  const headline = shorten((app.models.length > 1 ? runSaid(model) + ": " : "") + fault.what, 120);
  return headline.endsWith("…") ? headline : headline + ".";
}

function programFinding() {
  const { name } = app.recording.workload;
  const title = isolated(shorten(name.trim(), 60)) || "A program";
  const failed = app.models.find((model) => model.error !== null);
  if (!failed) return title + passedFinding(app.models) + ".";
  const why = isStuck(failed) ? "gets stuck" : "fails";
  if (app.models.length === 1) return title + " " + why + ".";
  return title + ": " + runSaid(failed) + " " + why + ".";
}

// Of runs without a failure: what the slowest and the fastest cost, in time or else in turns, or what each costs.
function passedFinding(models) {
  if (models.length === 0) return " has no runs";
  const [first] = models;
  const time = ({ wall }) => duration(wall);
  const turns = ({ polls }) => counted(polls.length, "turn", "turns");
  if (models.length === 1) return ": " + turns(first) + (first.wall > 0 ? " and " + time(first) : "");
  for (const [cost, words] of [[({ wall }) => Number(wall), time], [({ polls }) => polls.length, turns]]) {
    const by = models.toSorted((one, other) => cost(other) - cost(one));
    const [most, least] = [by[0], by.at(-1)];
    if (cost(least) < 0.95 * cost(most)) return ": " + runSaid(most) + " takes " + words(most) + ", " + runSaid(least) + " " + words(least);
  }
  return ": each of " + models.length + " runs takes " + (first.wall > 0 ? time : turns)(first);
}

// The line above the headline: the job, or how long each run of a program took.
function jobLine() {
  const { workload } = app.recording;
  const runs = app.models.filter((model) => Number(model.wall) > 0).slice(0, 6);
  const isFault = workload.job === "program" && faultHeadline() !== null;
  const shared = app.groups.length < app.models.length ? " Those that do the same share a row." : "";
  if (workload.job === "paint") return jobInWords(workload) + " Each row is another way to run it." + shared;
  if (workload.job !== "program" || isFault || runs.length < 2) return titleOf(app.recording) + "." + shared;
  return runs.map((model) => runName(model) + " " + duration(model.wall)).join(" · ") + ".";
}

// The line below a group's name.
function whatItDoes(model) {
  const painters = paintersOf(model).length;
  const { job } = app.recording.workload;
  if (job === "program") return model.about;
  if (job === "amap")
    return painters > 1
      ? counted(painters, "thread", "threads") + (painters === model.tasks.length ? ", one for each task" : "")
      : everyTaskAtOnce(model)
        ? "one thread, one task after the other"
        : "one thread, the tasks take turns";
  if (everBlocks(model))
    return painters === 1
      ? "one painter, who waits at each easel"
      : painters < model.canvases.length
        ? counted(painters, "painter", "painters") + ", who wait at each easel"
        : "a painter for each canvas, who waits there";
  if (painters === 1) return "one painter, who takes turns";
  return counted(painters, "painter", "painters") + ", who take turns";
}

// The names of a group: `tokio, smol and 3 more`.
function groupName(group) {
  const names = group.map(runName);
  if (names.length === 1) return names[0];
  return names.length <= 3
    ? names.join(", ").replace(/, ([^,]*)$/, " and $1")
    : names.slice(0, 2).join(", ") + " and " + (names.length - 2) + " more";
}

// What happens now, in one or two sentences. In the details, and for a program, it is the last event of the followed run.
function narration() {
  const model = followedRun();
  if (model.size === 0) return sentence(model, app.event);
  if (!app.details && !app.choose && atEnd() && model.error !== null) return whyItEnded(model);
  if (app.details || app.recording.workload.job !== "paint") return sentence(model, app.event);
  if (app.event < 0 && app.ns === 0) return jobInWords(app.recording.workload);
  const parts = [stands(), turns(), finished(), progress()].filter(Boolean);
  if (atEnd()) return "All canvases are dry. A painter paints one canvas at a time, but several canvases dry at the same time.";
  return parts.slice(0, 2).join(" ") || jobInWords(app.recording.workload);
}

function jobInWords({ canvases, drying_ns, ...workload }) {
  const painting = paintingNs(workload);
  const paints = painting > 0 ? duration(painting) + " to paint and " : "";
  return counted(canvases, "canvas", "canvases") + ". Each needs " + paints + duration(drying_ns) + " to dry.";
}

// A sentence about a group: it names the group if there are others.
function ofGroup(group, text) {
  return app.groups.length > 1 ? groupName(group) + ": " + text : text[0].toUpperCase() + text.slice(1);
}

// What one painter does who waits at each easel. Between two waits it looks at the paint, which is still wet.
function stands() {
  const group = app.groups.find(([model]) => everBlocks(model) && paintersOf(model).length === 1);
  if (!group) return "";
  const [model] = group;
  const e = eventOf(model);
  const [task] = [STATE.blocking, STATE.running].flatMap((state) => tasksIn(model, state, e, 1));
  if (task === undefined) return "";
  return ofGroup(group, isPainting(model, task, e) ? beingPainted(model, task) : "the painter stands before wet paint.");
}

function beingPainted(model, task) {
  return taskName(model, task) + " is being painted.";
}

function isPainting(model, task, e) {
  const canvas = canvasOf(model, task, e);
  return canvas !== null && canvasAt(model, canvas, e, Number(app.ns)).look === LOOK.painting;
}

// What one painter does who takes turns.
function turns() {
  const group = app.groups.find(([model]) => !everBlocks(model) && paintersOf(model).length === 1);
  if (!group) return "";
  const [model] = group;
  const e = eventOf(model);
  const own = (state) => tasksIn(model, state, e, 3).filter((task) => !isHelper(model, task)).sort((one, other) => one - other);
  const painted = own(STATE.running).find((task) => isPainting(model, task, e));
  const wet = own(STATE.waiting).map((task) => taskName(model, task));
  const drying = countOf(model, STATE.waiting, e) - (isHelper(model, 0) && stateOf(model, 0, e) === STATE.waiting ? 1 : 0);
  if (painted !== undefined && drying > 0) return ofGroup(group, taskName(model, painted) + " is being painted while " + wet[0] + " dries.");
  if (painted !== undefined) return ofGroup(group, beingPainted(model, painted));
  if (drying > 2) return ofGroup(group, grouping(drying) + " canvases dry at the same time.");
  if (drying === 2) return ofGroup(group, wet.slice(0, 2).join(" and ") + " dry at the same time.");
  return drying === 1 ? ofGroup(group, wet[0] + " dries.") : "";
}

function finished() {
  const done = app.groups.filter(([model]) => Number(model.wall) <= Number(app.ns));
  if (done.length === 0 || done.length === app.groups.length) return "";
  const group = done.at(-1);
  return "Done after " + duration(group[0].wall) + ": " + groupName(group) + ".";
}

// How far the slowest run is.
function progress() {
  const model = app.groups.map(([first]) => first).reduce((one, other) => (other.wall > one.wall ? other : one));
  const all = model.tasks.length - model.helpers[0];
  const dry = endsAt(model, eventOf(model)).length;
  const words = grouping(dry) + " of " + counted(all, "canvas", "canvases") + (dry === 1 ? " is dry." : " are dry.");
  return dry > 0 && dry < all ? ofGroup([model], words) : "";
}

// Why a run ended: whom each task waits for, if they are stuck.
function whyItEnded(model) {
  if (!isStuck(model)) return "Failed: " + shorten(model.error, 300);
  const last = stuckAt(model);
  const waits = model.tasks
    .map((_, task) => task)
    .filter((task) => !isHelper(model, task) && stateOf(model, task, last) === STATE.waiting)
    .slice(0, 4)
    .map((task) => taskName(model, task) + " " + waitsFor(model, task, last));
  return "Stuck: no task can run. " + (waits.length > 0 ? waits.join("; ") + "." : "");
}
