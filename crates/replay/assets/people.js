// A figure for a task of a program: what it said last, its state, and an arrow to the task that it waits for.

const PERSON = { middle: 66, reach: 26 };

function person(model, task, x, y) {
  const group = svgElement("g", { class: "person", transform: "translate(" + (x + CELL.width / 2) + "," + y + ")" });
  const says = svgElement("text", { class: "says", y: 16 });
  const name = svgElement("text", { class: "name", y: 113 });
  const state = svgElement("text", { class: "state", y: 130 });
  name.textContent = shorten(shortName(taskName(model, task)), 18);
  group.append(
    svgElement("circle", { class: "light", cy: 62, r: 40 }),
    svgElement("circle", { class: "figure", cy: 43, r: 12 }),
    svgElement("path", { class: "figure", d: "M-17 96q0-37 17-37q17 0 17 37z" }),
    svgElement("path", { class: "end", d: "" }),
    svgElement("g", { class: "pots" }),
    says,
    name,
    state,
  );
  return { group, task, says, state, end: group.querySelector(".end"), pots: group.querySelector(".pots"), name: taskName(model, task) };
}

const ENDS = { [KIND.complete]: "M-9 82l6 7l12-15", [KIND.panic]: "M-7 74l14 14m0-14l-14 14", [KIND.cancel]: "M-8 82h16" };

// Says what a task does, and how it ended.
function showPerson(model, one, e) {
  const state = stateOf(model, one.task, e);
  const end = state === STATE.complete ? lastOf(model, one.task, e) : -1;
  const ended = model.kind[end];
  const name = ended === KIND.panic ? "panicked" : ended === KIND.cancel ? "cancelled" : STATE_NAMES[state];
  if (one.group.dataset.state !== name) {
    one.group.dataset.state = name;
    one.end.setAttribute("d", ENDS[ended] ?? "");
  }
  const held = end < 0 ? heldBy(model, one.task, e) : [];
  if (one.pots.dataset.held !== held.join()) {
    one.pots.dataset.held = held.join();
    one.pots.replaceChildren(...held.map(pot));
  }
  setText(one.says, shorten(lastWords(model, one.task, e), 24));
  setText(one.state, state === STATE.waiting ? withoutFiles(waitsFor(model, one.task, e).split(",")[0]) : state === STATE.none ? "" : byWatchdog(model, end) ? "ended by the watchdog" : name);
}

// A pot of paint beside a hand, with its name. If that is no colour, the pot is empty.
function pot(name, at) {
  const x = 18 - 66 * at;
  const group = svgElement("g");
  const text = svgElement("text", { x: x + 15, y: 69 });
  text.textContent = shorten(name, 8);
  group.append(svgElement("path", { d: "M" + x + " 74h30v5h-2l-3 20h-20l-3 -20h-2z", fill: CSS.supports("color", name) ? name : "none" }), text);
  return group;
}

// The watchdog cancels the main task of a run in which nothing can run. No other cancel comes after the last poll of such a run.
function byWatchdog(model, e) {
  return model.kind[e] === KIND.cancel && /^stalled/.test(model.error ?? "") && e > model.polls.at(-1);
}

// The event with which a task had ended by event `e`; -1 if it had not.
function lastOf(model, task, e) {
  return model.endOf[task] <= e ? model.endOf[task] : -1;
}

// What the task said last, in quotation marks.
function lastWords(model, task, e) {
  const at = countUpTo(model.notes[task], e) - 1;
  return at < 0 ? "" : "“" + model.messages.get(model.notes[task][at]) + "”";
}

// An arrow from each waiting task to the task that it waits for, with the thing that the other one holds.
function showWaits(model, arrows, place, e) {
  const waits = [...place.keys()]
    .filter((task) => typeof task === "number" && stateOf(model, task, e) === STATE.waiting)
    .map((task) => [task, waitedFor(model, task, e)])
    .filter(([, other]) => other !== null && place.has(other.task));
  const key = JSON.stringify(waits);
  if (arrows.dataset.shown === key) return;
  arrows.dataset.shown = key;
  arrows.replaceChildren(...waits.flatMap(([task, other]) => waitArrow(place.get(task), place.get(other.task), other.thing)));
}

// Arrows to the right pass above the middle of the figures and arrows to the left below, so that two can face each other.
function waitArrow([x, y], [toX, toY], thing) {
  const forth = toX >= x ? 1 : -1;
  const middle = CELL.width / 2;
  const [x1, x2] = [x + middle + forth * PERSON.reach, toX + middle - forth * PERSON.reach];
  const [y1, y2] = [y + PERSON.middle - forth * 8, toY + PERSON.middle - forth * 8];
  const bend = (y1 + y2) / 2 - forth * 34;
  const angle = Math.atan2(y2 - bend, x2 - (x1 + x2) / 2);
  const corner = (turn) => round(x2 - 9 * Math.cos(angle + turn)) + " " + round(y2 - 9 * Math.sin(angle + turn));
  const d = "M" + x1 + " " + y1 + "Q" + (x1 + x2) / 2 + " " + bend + " " + x2 + " " + y2;
  const text = svgElement("text", { x: (x1 + x2) / 2, y: (y1 + y2) / 4 + bend / 2 + (forth > 0 ? -5 : 14) });
  text.textContent = thing === "" ? "" : "wants " + withoutFiles(thing);
  const head = "M" + corner(0.45) + "L" + x2 + " " + y2 + "L" + corner(-0.45);
  return [svgElement("path", { class: "line-of-wait", d }), svgElement("path", { d: head }), text];
}
