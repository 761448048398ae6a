// Puts durations, times, counts and names into words.

const UNITS = [
  [1, "ns"],
  [1e3, "µs"],
  [1e6, "ms"],
  [1e9, "s"],
];
const LONG_UNITS = [
  [86_400e9, "days"],
  [3_600e9, "h"],
  [60e9, "min"],
];

const NAME_PART = 10_000;

// Made once, because making a format takes much longer than using it.
const wholeNumbers = new Intl.NumberFormat("en-GB");
const decimalFormats = [];

// The largest unit that fits.
function unitFor(time) {
  return UNITS.findLast(([size]) => Math.abs(Number(time)) >= size) ?? UNITS[0];
}

// A duration with about three digits: `0`, `45.2 µs`, `500 ms`, `2.03 s`, `12.5 min`, `120 days`.
function duration(time) {
  const ns = Number(time);
  if (ns === 0) return "0";
  const long = LONG_UNITS.find(([size]) => Math.abs(ns) >= 10 * size);
  if (long) return grouping(Math.round((10 * ns) / long[0]) / 10) + "\u00a0" + long[1];
  const [size, name] = unitFor(ns);
  return String(Number((ns / size).toPrecision(3))) + "\u00a0" + name;
}

// A time, with as many digits as tell two times `precision` apart. All times of one axis or clock share a unit.
function roundedTime(time, precision, [size, name]) {
  const decimals = Math.max(0, Math.min(9, Math.ceil(-Math.log10(precision / size) - 1e-9)));
  decimalFormats[decimals] ??= new Intl.NumberFormat("en-GB", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return decimalFormats[decimals].format(Number(time) / size) + "\u00a0" + name;
}

function grouping(number) {
  return wholeNumbers.format(number);
}

function counted(number, one, several) {
  return grouping(number) + " " + (number === 1 ? one : several);
}

// The name of a task in a sentence; one without a name is known by its number.
function taskName(model, task) {
  const name = model.tasks[task].replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").trim();
  return name === "" ? "task " + task : isolated(shorten(name, 48));
}

function runName(model) {
  return isolated(shorten(model.name.trim(), 40)) || "run " + model.number;
}

// The same in a sentence: a name of several words, as variants of a program have, would run into the words around it.
function runSaid(model) {
  const name = runName(model);
  return /\s/.test(name) ? "“" + name + "”" : name;
}

// Gives a function that numbers names: the same name gets the same number. A Map by the names themselves would compare
// all long names of one length with each other, because a browser hashes only the first 16,383 characters.
function numberNames() {
  const numbers = new Map();
  return (name) => {
    let number = 0;
    for (let at = 0; at < name.length; at += NAME_PART) {
      const part = number + " " + name.slice(at, at + NAME_PART);
      if (!numbers.has(part)) numbers.set(part, numbers.size + 1);
      number = numbers.get(part);
    }
    return number;
  };
}

// Keeps a name that is written from right to left from turning the words around it.
function isolated(name) {
  return /[\u0590-\u08ff\ufb1d-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u.test(name)
    ? "\u2068" + name + "\u2069"
    : name;
}

function shorten(text, length) {
  const letters = Array.from(text);
  return letters.length <= length ? text : letters.slice(0, length - 1).join("") + "…";
}

// Labels for chips: the names of tasks. Of a place, the line and the number. If another task has the same label, its number is added.
function chipLabels(tasks) {
  const labels = tasks.map((name, task) => {
    const place = placeOf(name.trim());
    return place ? ":" + place.line + place.number : shorten(name.trim() || "task " + task, 12);
  });
  const seen = new Map();
  for (const label of labels) seen.set(label, (seen.get(label) ?? 0) + 1);
  return labels.map((label, task) => (seen.get(label) > 1 ? shorten(label, 8) + " #" + task : label));
}

// The parts of a name that says where the task was spawned: `src/main.rs:12 #3`, or `block_on src/main.rs:20`.
function placeOf(name) {
  const parts = /^((?:block_on |blocking )?)(.*?)([^/\\\s]+\.rs):(\d+)(?::\d+)?(?: (#\d+))?$/u.exec(name);
  return parts && { kind: parts[1], folder: parts[2], line: parts[4], number: parts[5] ?? "" };
}

// Such a name without its folder, and any other name as it is.
function shortName(name) {
  const place = placeOf(name);
  return place ? place.kind + name.slice(place.kind.length + place.folder.length) : name;
}

// Words without the files of their places: `Mutex src/main.rs:12` becomes `Mutex :12`.
function withoutFiles(words) {
  return words.replace(/[^\s]+\.rs(?=:\d)/gu, "");
}

// The job in one line, as the page's title.
function titleOf({ workload, runs }) {
  const where =
    runs.length === 0
      ? "no runs"
      : runs.length === 1
        ? "on " + shorten(runs[0].runtime, 40)
        : "on " + counted(runs.length, "runtime", "runtimes");
  if (workload.job === "program") {
    // Its runs may be variants of it, and not runtimes.
    return (isolated(shorten(workload.name.trim(), 120)) || "A program") + " — " + counted(runs.length, "run", "runs");
  }
  if (workload.job === "amap") {
    return (
      counted(workload.tasks, "task", "tasks") +
      ", " +
      counted(workload.items, "item", "items") +
      " each, yielding after each item — " +
      where
    );
  }
  const painting = paintingNs(workload);
  return (
    counted(workload.canvases, "canvas", "canvases") +
    ", " +
    (painting > 0 ? duration(painting) + " painting, " : "") +
    duration(workload.drying_ns) +
    " drying, looked at every " +
    duration(workload.poll_ns) +
    " — " +
    where
  );
}

function paintingNs({ strokes = 0, stroke_cost_ns = 0 }) {
  return strokes * Number(stroke_cost_ns);
}

function subtitleOf({ clock, workload, host }) {
  const painting = paintingNs(workload);
  const whenElse = workload.job === "program" ? "work is done" : painting > 0 ? "a canvas is painted" : null;
  const parts = [
    clock === "real"
      ? "Real time, as it was measured."
      : whenElse
        ? "Virtual time: it passes while " + whenElse + ", and when nothing can run; all else takes no time."
        : "Virtual time: it passes only when nothing can run, so a poll takes no time at all.",
  ];
  if ((workload.speed ?? 1) !== 1) parts.push("At speed " + workload.speed + ": all durations were divided by it.");
  const cores = counted(host.cores, "core", "cores");
  parts.push("Recorded on " + [host.os, cores, host.rustc && "rustc " + host.rustc].filter(Boolean).join(", ") + ".");
  return parts.join(" ");
}
