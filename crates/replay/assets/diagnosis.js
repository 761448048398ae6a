// What is wrong in the runs, as `paintdry diagnose` says it: a list that leads to each moment.

const SEVERITIES = { fault: "Fault", delay: "Delay", hint: "Hint" };

// Below the headline, a button leads to the moment of the fault that it names.
function buildFindings() {
  const { shown, more } = app.findings;
  byId("findings").hidden = shown.length === 0;
  byId("findings-list").replaceChildren(...shown.map(findingItem));
  if (more > 0) byId("findings-list").append(element("li", { className: "note", text: "And " + grouping(more) + " more." }));
  if (app.recording.workload.job !== "program" || !faultHeadline()) return;
  const button = element("button", { type: "button", id: "see-fault", text: "See where" });
  button.addEventListener("click", () => showFinding(0, shown[0].moments[0]));
  byId("subtitle").after(" ", button);
}

function findingItem({ severity, what, why, place, cost_ns: cost, cure, moments }, number) {
  const [[run, event]] = moments;
  const model = app.models[run];
  const button = element("button", {
    type: "button",
    children: [element("b", { text: SEVERITIES[severity] + ":" }), " ", element("bdi", { text: what + "." })],
  });
  button.addEventListener("click", () => showFinding(number, moments[0]));
  const where = [
    place,
    app.models.length > 1 && "in the run " + runSaid(model),
    Number(model.wall) > 0 && "at " + duration(timeOfFinding(model, event)),
    "event " + grouping(event),
    cost !== null && "cost " + duration(cost),
    "cure docs/" + cure,
  ];
  const also = moments.slice(1).map((moment) => {
    const other = element("button", { type: "button", text: runName(app.models[moment[0]]) });
    other.addEventListener("click", () => showFinding(number, moment));
    return other;
  });
  return element("li", {
    "data-severity": severity,
    children: [
      button,
      element("p", { children: [element("bdi", { text: why })] }),
      element("p", { className: "note", children: [element("bdi", { text: where.filter(Boolean).join(" · ") })] }),
      ...(also.length > 0 ? [element("p", { className: "also", children: ["The same in: ", ...also] })] : []),
    ],
  });
}

function timeOfFinding(model, event) {
  return event < model.size ? timeAt(model, event) : model.wall;
}

// Goes to the moment of a finding, among the lanes, and says why it is one.
function showFinding(number, [run, event]) {
  pause();
  if (!app.details) setDetails(true);
  follow(run);
  seekEvent(event);
  afterJump();
  const items = [...byId("findings-list").children];
  items.forEach((item, at) => {
    if (at === number) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
  });
  scrollWithin(items[number], byId("findings-list"));
}
