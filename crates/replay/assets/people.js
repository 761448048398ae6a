// The scene of any other program: a figure for each task, with what it said last, its state, and whom it waits for.

const PERSON = { width: 200, height: 138, middle: 66, reach: 26 };
const PEOPLE_A_ROW = 6;

function peopleScene(model) {
  const tasks = model.tasks.map((_, task) => task).filter((task) => !isHelper(model, task));
  const rows = Math.max(1, Math.ceil(tasks.length / PEOPLE_A_ROW));
  const across = Math.max(2, Math.ceil(tasks.length / rows));
  const place = new Map();
  const [width, height] = [across * PERSON.width, rows * PERSON.height];
  const svg = svgElement("svg", { class: "scene", viewBox: "0 0 " + width + " " + height, role: "img" });
  const people = tasks.map((task, number) => {
    const x = (number % across) * PERSON.width + PERSON.width / 2;
    const y = Math.floor(number / across) * PERSON.height;
    place.set(task, [x, y]);
    return person(model, task, x, y);
  });
  const arrows = svgElement("g", { class: "waits" });
  svg.append(...people.map((one) => one.group), arrows);
  return {
    element: svg,
    rows,
    show(e) {
      for (const one of people) showPerson(model, one, e);
      showWaits(model, arrows, place, e);
      const words = people.map((one) => one.name + " " + one.state.textContent).join("; ");
      if (svg.getAttribute("aria-label") !== words) svg.setAttribute("aria-label", words);
      return true;
    },
  };
}

function person(model, task, x, y) {
  const group = svgElement("g", { class: "person", transform: "translate(" + x + "," + y + ")" });
  const says = svgElement("text", { class: "says", y: 16 });
  const name = svgElement("text", { class: "name", y: 113 });
  const state = svgElement("text", { class: "state", y: 130 });
  name.textContent = shorten(taskName(model, task), 18);
  group.append(
    svgElement("circle", { class: "light", cy: 62, r: 40 }),
    svgElement("circle", { class: "figure", cy: 43, r: 12 }),
    svgElement("path", { class: "figure", d: "M-17 96q0-37 17-37q17 0 17 37z" }),
    svgElement("path", { class: "end", d: "" }),
    says,
    name,
    state,
  );
  return { group, task, says, state, end: group.querySelector(".end"), name: taskName(model, task) };
}

const ENDS = { [KIND.complete]: "M12 76l7 8l14-17", [KIND.panic]: "M14 68l16 16m0-16l-16 16", [KIND.cancel]: "M14 76h16" };

function showPerson(model, one, e) {
  const state = stateOf(model, one.task, e);
  const ended = state === STATE.complete ? model.kind[lastOf(model, one.task, e)] : -1;
  const name = ended === KIND.panic ? "panicked" : ended === KIND.cancel ? "cancelled" : STATE_NAMES[state];
  if (one.group.dataset.state !== name) {
    one.group.dataset.state = name;
    one.end.setAttribute("d", ENDS[ended] ?? "");
  }
  setText(one.says, shorten(lastWords(model, one.task, e), 24));
  setText(one.state, state === STATE.waiting ? waitsFor(model, one.task, e).split(",")[0] : state === STATE.none ? "" : name);
}

// The last event of a task up to event `e`.
function lastOf(model, task, e) {
  const at = model.ends.findIndex((end) => model.task[end] === task && end <= e);
  return at >= 0 ? model.ends[at] : -1;
}

// What the task said last, in quotation marks.
function lastWords(model, task, e) {
  const at = countUpTo(model.notes[task], e) - 1;
  return at < 0 ? "" : "“" + model.messages.get(model.notes[task][at]) + "”";
}

// An arrow from each waiting task to the task that it waits for, with the thing that the other one holds.
function showWaits(model, arrows, place, e) {
  const waits = [...place.keys()]
    .filter((task) => stateOf(model, task, e) === STATE.waiting)
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
  const [x1, x2] = [x + forth * PERSON.reach, toX - forth * PERSON.reach];
  const [y1, y2] = [y + PERSON.middle - forth * 8, toY + PERSON.middle - forth * 8];
  const bend = (y1 + y2) / 2 - forth * 34;
  const angle = Math.atan2(y2 - bend, x2 - (x1 + x2) / 2);
  const corner = (turn) => round(x2 - 9 * Math.cos(angle + turn)) + " " + round(y2 - 9 * Math.sin(angle + turn));
  const d = "M" + x1 + " " + y1 + "Q" + (x1 + x2) / 2 + " " + bend + " " + x2 + " " + y2;
  const text = svgElement("text", { x: (x1 + x2) / 2, y: (y1 + y2) / 4 + bend / 2 + (forth > 0 ? -5 : 14) });
  text.textContent = thing;
  return [svgElement("path", { d: d + "M" + corner(0.45) + "L" + x2 + " " + y2 + "L" + corner(-0.45) }), text];
}
