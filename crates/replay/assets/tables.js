// The whole run in numbers, and the events of the followed run as a plain table, for readers who cannot see the lanes.

const PART = 200;
const eventTable = { from: -1, run: -1, last: -2, drawn: -1000, later: 0, chosen: null, at: -1 };

function buildTotals() {
  const heads = ["runtime", "wall", "polled", "blocked", "polls", "worst queue time", "worst timer lateness"];
  const table = byId("totals");
  const head = element("tr", { children: heads.map((text) => element("th", { scope: "col", text })) });
  const rows = app.models.map((model) => {
    const sum = totals(model);
    const late = sum.worstLate === null ? "—" : duration(sum.worstLate);
    const cells = [
      duration(model.wall),
      duration(sum.polled),
      sum.blocked ? duration(sum.blocked) : "—",
      grouping(sum.polls),
      duration(sum.worstReady),
      late,
    ];
    return element("tr", {
      "data-run": model.name,
      children: [
        element("th", { scope: "row", children: [element("bdi", { text: runName(model), title: model.name })] }),
        ...cells.map((text) => element("td", { text })),
      ],
    });
  });
  table.replaceChildren(
    element("caption", {
      text:
        "Polled is the time in polls, without the time in which a task blocked its thread; tasks that ran side by " +
        "side add up. Queue time is how long a task was ready before its next poll.",
    }),
    element("thead", { children: [head] }),
    element("tbody", { children: rows }),
  );
}

// Shows the part of the table around the current event, if the table is open. It makes no new part at every frame.
function showEventTable() {
  const model = followedRun();
  if (!model || !byId("events").open) {
    if (model) setText(byId("events-of"), runName(model));
    return;
  }
  setText(byId("events-of"), runName(model));
  if (eventTable.run !== app.followed) eventTable.chosen = null;
  if (eventTable.chosen !== null && eventTable.at !== app.event) eventTable.chosen = null;
  const from = eventTable.chosen ?? Math.floor(Math.max(0, app.event) / PART) * PART;
  // A reader who predicts must not find the answer here.
  const last = quiz.on ? app.event : model.size - 1;
  if (eventTable.from !== from || eventTable.run !== app.followed || eventTable.last !== last) {
    clearTimeout(eventTable.later);
    if (performance.now() - eventTable.drawn < 300) {
      eventTable.later = setTimeout(showEventTable, 300);
      return;
    }
    drawPart(model, from, last);
    eventTable.drawn = performance.now();
  }
  eventTable.at = app.event;
  const table = byId("event-table");
  const before = table.querySelector("[aria-current]");
  const current = table.querySelector('tr[data-event="' + app.event + '"]');
  if (before === current) return;
  before?.removeAttribute("aria-current");
  current?.setAttribute("aria-current", "true");
  if (current) scrollWithin(current, table.parentElement);
}

function drawPart(model, from, last) {
  Object.assign(eventTable, { from, run: app.followed, last });
  const until = Math.min(last, from + PART - 1);
  const rows = [];
  for (let e = from; e <= until; e++) rows.push(eventRow(model, e));
  const heads = ["event", "time", "task", "what happened"].map((text) => element("th", { scope: "col", text }));
  byId("event-table").replaceChildren(
    element("thead", { children: [element("tr", { children: heads })] }),
    element("tbody", { children: rows }),
  );
  setText(
    byId("events-part"),
    rows.length
      ? "events " + grouping(from) + " to " + grouping(until) + " of 0 to " + grouping(model.size - 1)
      : "no events",
  );
  byId("events-first").disabled = byId("events-before").disabled = from === 0;
  byId("events-last").disabled = byId("events-after").disabled = from + PART > last;
}

function eventRow(model, e) {
  const number = element("button", { type: "button", text: e, "aria-label": "Go to event " + e });
  number.addEventListener("click", () => {
    pause();
    seekEvent(e);
    afterJump();
  });
  return element("tr", {
    "data-event": e,
    "data-kind": KINDS[model.kind[e]],
    children: [
      element("td", { children: [number] }),
      element("td", { text: exactTime(timeAt(model, e)) }),
      element("td", { children: [element("bdi", { text: taskName(model, model.task[e]) })] }),
      element("td", { text: sentence(model, e) }),
    ],
  });
}

// A time to the nanosecond, without zeros at its end.
function exactTime(time) {
  const [size, name] = unitFor(time);
  const digits = String(asBigInt(time));
  const point = digits.length - (String(size).length - 1);
  const fraction = digits.slice(point).replace(/0+$/, "");
  return digits.slice(0, point) + (fraction && "." + fraction) + "\u00a0" + name;
}

function choosePart(from) {
  const last = followedRun().size - 1;
  eventTable.chosen = Math.max(0, Math.min(from, Math.floor(Math.max(0, last) / PART) * PART));
  eventTable.at = app.event;
  eventTable.drawn = -1000;
  showEventTable();
}

function connectEventTable() {
  byId("events").addEventListener("toggle", () => {
    eventTable.drawn = -1000;
    askForMoment();
  });
  byId("events-first").addEventListener("click", () => choosePart(0));
  byId("events-before").addEventListener("click", () => choosePart(eventTable.from - PART));
  byId("events-now").addEventListener("click", () => choosePart(Math.floor(Math.max(0, app.event) / PART) * PART));
  byId("events-after").addEventListener("click", () => choosePart(eventTable.from + PART));
  byId("events-last").addEventListener("click", () => choosePart(Infinity));
}

function scrollWithin(row, box) {
  const top = row.offsetTop;
  if (top < box.scrollTop + 40 || top + row.offsetHeight > box.scrollTop + box.clientHeight)
    box.scrollTop = top - box.clientHeight / 2;
}
