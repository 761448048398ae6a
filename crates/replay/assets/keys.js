// The keyboard: the keys, what they do in the words of the help dialog, and the control that does the same.

const KEYS = [
  [
    ["Space"],
    "play or pause; while presenting, a step",
    () => (isPresenting() ? stepInstant(true) : playOrPause()),
    "play",
  ],
  [["k"], "play or pause", () => playOrPause(), "play"],
  [["ArrowRight"], "step forward one event (with Shift: ten)", (event) => step(event.shiftKey ? 10 : 1), "forward"],
  [["ArrowLeft"], "step back one event (with Shift: ten)", (event) => step(event.shiftKey ? -10 : -1), "back"],
  [["Home"], "to the start", toStart],
  [["End"], "to the end", toEnd],
  [["["], "slower", () => changeSpeed(-1), "speed"],
  [["]"], "faster", () => changeSpeed(1), "speed"],
  [["1–9"], "follow that runtime; while predicting, choose that answer", null, "follow"],
  [["ArrowUp"], "follow the runtime above", () => follow(app.followed - 1), "follow"],
  [["ArrowDown"], "follow the runtime below", () => follow(app.followed + 1), "follow"],
  [["+", "="], "zoom in", () => zoom(2), "zoom-in"],
  [["-"], "zoom out", () => zoom(0.5), "zoom-out"],
  [["0"], "fit all runs", fitView, "zoom-fit"],
  [["r"], "fit the followed run", fitFollowed, "zoom-run"],
  [["f"], "present on a full screen", () => setPresenting(!isPresenting()), "present"],
  [["PageDown"], "to the next moment at which something happens", () => stepInstant(true)],
  [["PageUp"], "to the moment before", () => stepInstant(false)],
  [["m"], "more or less", () => setDetails(!app.details), "more"],
  [[","], "pan left", () => pan(-0.25), "pan-left"],
  [["."], "pan right", () => pan(0.25), "pan-right"],
  [["e"], "align by time or by event", () => byId("align").click(), "align"],
  [["l"], "lanes by task or by thread", () => byId("lanes").click(), "lanes"],
  [["w"], "wake arrows", () => byId("wakes").click(), "wakes"],
  [["x"], "show or collapse the lanes of the followed row", () => expandFollowed()],
  [["p"], "predict, then reveal", () => byId("predict").click(), "predict"],
  [["n"], "next question", () => quiz.on && toNextQuestion(), "next-question"],
  [
    ["v"],
    "the events as a table",
    () => {
      byId("events").open = !byId("events").open;
    },
    "events-title",
  ],
  [["t"], "theme: auto, light, dark", nextTheme, "theme"],
  [["?"], "these keys", () => byId("keys").showModal(), "help"],
];
const KEY_SIGNS = { ArrowRight: "→", ArrowLeft: "←", ArrowUp: "↑", ArrowDown: "↓" };

function expandFollowed() {
  const row = app.rows[app.followed];
  if (!row.expand.hidden) expand(row, !row.expanded);
}

function connectKeys() {
  byId("key-list").replaceChildren(
    ...KEYS.flatMap(([keys, what]) => {
      const signs = keys.flatMap((key, at) => [at ? " or " : "", element("kbd", { text: KEY_SIGNS[key] ?? key })]);
      return [element("dt", { children: signs }), element("dd", { text: what })];
    }),
  );
  for (const [keys, , , control] of KEYS) if (control) tellKeys(byId(control), keys);
  addEventListener("keydown", onKey);
}

// A screen reader names the keys of a control.
function tellKeys(control, keys) {
  const told = control.getAttribute("aria-keyshortcuts");
  const names = keys.flatMap((key) => (key === "1–9" ? [..."123456789"] : [key]));
  control.setAttribute("aria-keyshortcuts", (told ? [told, ...names] : names).join(" "));
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || byId("keys").open) return;
  const on = event.target;
  // A list, a part that scrolls and a button need some keys for themselves.
  if (on.tagName === "SELECT" || on.isContentEditable) return;
  if (event.key === " " && ["BUTTON", "SUMMARY"].includes(on.tagName)) return;
  if (/^(Arrow(Up|Down)|Home|End)$/.test(event.key) && on.closest?.("[role=region]")) return;
  const single = event.key.length === 1 && event.key !== " ";
  if (single && event.key !== "?" && !byId("keys-on").checked) return;
  if (/^[1-9]$/.test(event.key)) digit(Number(event.key) - 1);
  else {
    const name = event.key === " " ? "Space" : event.key;
    const found = KEYS.find(([keys]) => keys.includes(name) || (single && keys.includes(name.toLowerCase())));
    if (!found?.[2] || (!followedRun() && name !== "?")) return;
    found[2](event);
  }
  event.preventDefault();
}

function digit(number) {
  if (app.choose) return app.choose(number);
  const asks = quiz.poll === app.event + 1 && quiz.answered === null;
  if (!quiz.on) follow(number);
  else if (asks && number < quiz.offered.length) answer(quiz.offered[number]);
}
