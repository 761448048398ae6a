// Calculates with times: nanoseconds since the start of a run.
//
// A time up to 104 days is a number, which holds it exactly; a longer one is a BigInt. JavaScript compares the two as
// they are, and the functions here calculate with them. A place on the screen is a number: draw `Number(time)`.

const LAST_NUMBER = BigInt(Number.MAX_SAFE_INTEGER);
// A timer that is due at this time never fires.
const NEVER = 2n ** 64n - 1n;

// Reads a time of the recording: a number, or a text if a number does not hold it exactly.
function readTime(value) {
  return typeof value === "string" ? narrow(BigInt(value)) : value;
}

// The same time, as a number if a number holds it exactly.
function narrow(time) {
  return time <= LAST_NUMBER ? Number(time) : BigInt(time);
}

// The same time to the nearest nanosecond, as a BigInt: between two events, a time may have a fraction.
function asBigInt(time) {
  return typeof time === "bigint" ? time : BigInt(Math.round(time));
}

// The nanoseconds from one time to another.
function elapsed(from, to) {
  if (typeof from === "number" && typeof to === "number") return to - from;
  return Number(asBigInt(to) - asBigInt(from));
}

// The time `ns` nanoseconds later.
function plus(time, ns) {
  return narrow(typeof time === "bigint" ? time + asBigInt(ns) : time + ns);
}

function earliest(...times) {
  return times.reduce((first, time) => (time < first ? time : first));
}

function latest(...times) {
  return times.reduce((last, time) => (time > last ? time : last));
}
