// The engine of the lab: our loop and its programs, compiled to WebAssembly. lab/README.md describes requests and answers.

// Answers requests on this thread. A panic of a program aborts an instance, which has left its answer in memory by then; the next
// request gets a new one.
class LabEngine {
  #module;
  #instance = null;

  constructor(module) {
    this.#module = module;
  }

  // From the gzipped bytes in base64 that a page carries.
  static async fromBase64(text) {
    return LabEngine.fromBytes(await LabEngine.unzipped(text).arrayBuffer());
  }

  // A response, which reads itself as bytes or as JSON.
  static unzipped(text) {
    const zipped = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
    return new Response(new Blob([zipped]).stream().pipeThrough(new DecompressionStream("gzip")));
  }

  static async fromBytes(bytes) {
    return new LabEngine(await WebAssembly.compile(bytes));
  }

  // The answer to a request. `{error}` says what is wrong with a request; an engine that has failed itself throws.
  run(request) {
    this.#instance ??= new WebAssembly.Instance(this.#module, {});
    const { memory, input, run, output, output_len: outputLength } = this.#instance.exports;
    const words = new TextEncoder().encode(LabEngine.words(request));
    const address = input(words.length); // first: it may move the memory
    new Uint8Array(memory.buffer, address, words.length).set(words);
    let failure = null;
    try {
      run();
    } catch (error) {
      failure = error;
      this.#instance = null;
    }
    const answer = new TextDecoder().decode(new Uint8Array(memory.buffer, output(), outputLength()));
    if (answer === "") throw new Error("The lab itself has failed. Please report this, with the page's address.", { cause: failure });
    return JSON.parse(answer);
  }

  // Sends a request for `explore` or `tree` until it is finished. Between two slices it tells the answer so far, and waits for what
  // that returns; it ends with `null` if that is `false`.
  async runInSlices(request, steps, tell) {
    const [[kind, asked]] = Object.entries(request);
    let state = null;
    for (;;) {
      const answer = this.run({ [kind]: { ...asked, steps: Number.isFinite(steps) ? steps : undefined, state } });
      if (answer.error || answer[kind].finished) return answer;
      state = answer[kind].state;
      if ((await tell(answer)) === false) return null;
    }
  }

  // A request as the line of words that Rust reads: `run program=two-locks painters=3 choices=0.1`.
  static words(request) {
    const [[kind, asked]] = Object.entries(request);
    if (kind === "catalogue") return kind;
    const { program, parameters = {}, choices = [], finish = false, limit, steps, state } = asked;
    const named = { program, ...parameters, choices: choices.join("."), finish: Number(finish), limit, steps, state };
    const isSet = ([, value]) => value !== undefined && value !== null;
    return [kind, ...Object.entries(named).filter(isSet).map(([name, value]) => `${name}=${value}`)].join(" ");
  }
}

// The whole lab of a page: single runs on the page's own thread, explorations in a worker, so that the page stays alive.
class Lab {
  #base64;
  #engine;

  constructor(base64, engine) {
    this.#base64 = base64;
    this.#engine = engine;
  }

  static async load(base64) {
    return new Lab(base64, await LabEngine.fromBase64(base64));
  }

  run(request) {
    return this.#engine.run(request);
  }

  // Answers a request for `explore` or `tree` on the page's own thread, so it must be a small one.
  survey(request) {
    return this.#engine.runInSlices(request, Infinity, () => true);
  }

  // Answers a request for `explore` or `tree`: `result` is a promise of the answer, or of `null` after `cancel()`. `tell` hears the
  // answers so far, about ten times a second.
  explore(request, tell = () => {}) {
    try {
      return this.#inWorker(request, tell);
    } catch {
      return this.#onThisThread(request, tell); // a page may forbid workers
    }
  }

  #inWorker(request, tell) {
    const source = `${LabEngine}\n(${labWorker})();`;
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const worker = new Worker(address);
    let resolve;
    const result = new Promise((settle) => (resolve = settle));
    const end = (answer) => {
      worker.terminate();
      URL.revokeObjectURL(address);
      resolve(answer);
    };
    let cancel = () => end(null);
    worker.onmessage = ({ data: { progress, answer } }) => (progress ? tell(progress) : end(answer));
    worker.onerror = (event) => {
      event.preventDefault(); // it could not begin, or has failed: on this thread, the failure says what it is
      const again = this.#onThisThread(request, tell);
      cancel = again.cancel;
      end(again.result);
    };
    worker.postMessage({ base64: this.#base64, request });
    return { result, cancel: () => cancel() };
  }

  #onThisThread(request, tell) {
    let isCancelled = false;
    const slice = (answer) => {
      tell(answer);
      return new Promise((resolve) => setTimeout(() => resolve(!isCancelled)));
    };
    const result = Promise.resolve().then(() => this.#engine.runInSlices(request, 200, slice)); // later, as from a worker
    return { result, cancel: () => (isCancelled = true) };
  }
}

// Runs in the worker.
function labWorker() {
  onmessage = async ({ data: { base64, request } }) => {
    const engine = await LabEngine.fromBase64(base64);
    let told = performance.now();
    const tell = (progress) => {
      if (performance.now() - told < 100) return;
      told = performance.now();
      postMessage({ progress });
    };
    const answer = await engine.runInSlices(request, 500, tell);
    postMessage({ answer });
  };
}
