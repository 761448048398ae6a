// The lab in the page answers as the lab on this machine does: the same requests to both, in Node.
// node lab/tests/engine.mjs LAB.wasm.gz.b64, from the root of the repository. Cargo builds what answers on this machine.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";

const text = readFileSync("crates/replay/assets/lab-engine.js", "utf8");
const { LabEngine, Lab } = new Function(`${text}; return { LabEngine, Lab };`)();
const base64 = readFileSync(process.argv[2] ?? "crates/replay/assets/lab.wasm.gz.b64", "utf8");
const engine = await LabEngine.fromBase64(base64);
const { catalogue } = engine.run({ catalogue: true });

// Every program with its defaults, and at the ends of all its parameters.
const requests = [{ catalogue: true }, { run: { program: "tea" } }, { run: { program: "paint", parameters: { canvases: 99 } } }];
for (const { name: program, parameters: known } of catalogue.programs) {
  const at = (end) => Object.fromEntries(known.map((parameter) => [parameter.name, parameter[end]]));
  const switched = known.filter(({ kind }) => kind === "switch").map(({ name }) => ({ [name]: 1 }));
  for (const parameters of [{}, at("min"), at("max"), ...switched]) {
    requests.push({ run: { program, parameters } }, { run: { program, parameters, finish: true } });
    requests.push({ run: { program, parameters, choices: [1, 0, 1, 7, 7], finish: true } });
    requests.push({ explore: { program, parameters, limit: 300 } }, { tree: { program, parameters, limit: 40 } });
  }
}

// What the page does: it sends an exploration again until it is finished.
async function inPage(request) {
  const isLong = request.explore || request.tree;
  return isLong ? engine.runInSlices(request, 50, () => {}) : engine.run(request);
}

const lines = requests.map((request) => LabEngine.words(request)).join("\n");
const native = execFileSync(
  "cargo",
  ["run", "--quiet", "--locked", "--manifest-path", "lab/Cargo.toml", "--example", "answers"],
  { input: `${lines}\n`, maxBuffer: 1 << 30, encoding: "utf8" },
);
const expected = native.trim().split("\n").map((line) => JSON.parse(line));
let panics = 0;
for (const [at, request] of requests.entries()) {
  const answer = await inPage(request);
  for (const run of [answer, expected[at]]) if (run.run) run.run.recording.host.rustc = "";
  assert.deepEqual(answer, expected[at], `the answer to ${LabEngine.words(request)}`);
  panics += answer.explore?.kinds.panicked ?? 0;
}
assert.ok(panics > 20, `${panics} panics of programs`);
console.log(`${requests.length} requests: the page answers as this machine does, and survives ${panics} panics`);

// Where no worker can be made, as here, an exploration goes on this thread: with progress, and until it is cancelled.
const lab = await Lab.load(base64);
const told = [];
const whole = await lab.explore({ explore: { program: "two-locks" } }, ({ explore }) => told.push(explore.progress)).result;
assert.ok(whole.explore.complete);
const job = lab.explore({ explore: { program: "amap", parameters: { tasks: 4, items: 5 }, limit: 1e6 } }, () => job.cancel());
assert.equal(await job.result, null);

const time = (name, request, times = 20) => {
  const start = performance.now();
  for (let i = 0; i < times; i++) engine.run(request);
  console.log(`${name}: ${((performance.now() - start) / times).toFixed(2)} ms`);
};
time("a run of paint", { run: { program: "paint", finish: true } });
time("a run of two locks", { run: { program: "two-locks", choices: [0, 1] } });
time("all 3 tasks of 3 items", { explore: { program: "amap", parameters: { tasks: 3, items: 3 }, limit: 1e6 } }, 3);
const lost = performance.now();
const { explore } = await engine.runInSlices({ explore: { program: "lost-update", parameters: { painters: 3 } } }, 1000, () => {});
console.log(`${explore.schedules} schedules with ${explore.kinds.panicked} panics: ${(performance.now() - lost).toFixed(0)} ms`);
