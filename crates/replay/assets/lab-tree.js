// All schedules of the lab's program: how many fail, and the tree of choices with the reader's path in it.

const survey = { timer: 0, job: null, counts: null, root: null, began: 0, shown: null };
// A larger tree is drawn from the reader's place only.
const LEAVES_DRAWN = 64;
const NAMED_LEAVES = 64;
// It begins when the reader rests: a slider that is dragged changes the program at each pixel.
const SURVEY_AFTER_MS = 100;
const TREE = { leaf: 19, left: 24, right: 110, step: 78 };
// The mark of the reader's place.
const HERE = { width: 38, height: 18 };

function forgetSurvey() {
  clearTimeout(survey.timer);
  survey.job?.cancel();
  Object.assign(survey, { job: null, counts: null, root: null, shown: null });
}

// On several threads there are no schedules.
function takeSurvey() {
  if (lab.answer.threads === 1) survey.timer = setTimeout(countSchedules, SURVEY_AFTER_MS);
}

// Counts the schedules in a worker, and draws their tree if it is small.
async function countSchedules() {
  const { program, parameters } = lab;
  const asked = { program: program.name, parameters: { ...parameters }, limit: LAB_LIMIT };
  survey.began = performance.now();
  const job = lab.engine.explore({ explore: asked }, ({ explore }) => {
    if (survey.job !== job) return;
    survey.counts = explore;
    showCounts();
  });
  survey.job = job;
  const answer = await job.result;
  if (survey.job !== job || answer === null) return;
  survey.job = null;
  survey.counts = answer.explore;
  for (const goal of answer.explore.goals) lab.reached.add(goal);
  showTurn();
  showTreeOfChoices();
}

// The tree from the start if it is small, otherwise from the reader's place.
async function showTreeOfChoices() {
  if (!survey.counts?.finished) return byId("lab-tree").replaceChildren();
  const whole = survey.counts.complete && survey.counts.schedules <= LEAVES_DRAWN;
  const { answer } = lab;
  const choices = whole ? [] : answer.choices.slice(0, answer.ended ? -1 : undefined);
  const asked = { program: lab.program.name, parameters: { ...lab.parameters }, choices, limit: LEAVES_DRAWN };
  const key = JSON.stringify(asked);
  if (survey.shown !== key) {
    survey.shown = key;
    const { tree } = await lab.engine.survey({ tree: asked });
    if (survey.shown !== key || !tree) return;
    survey.root = tree.root;
  }
  drawTree(survey.root, choices);
}

function drawTree(root, from) {
  const box = byId("lab-tree");
  if (!root?.branches) {
    const text = root ? "No turn has a choice: there is one schedule." : "";
    return box.replaceChildren(element("p", { className: "note", text }));
  }
  const svg = svgElement("svg", { "aria-hidden": "true", class: "tree" });
  const drawing = { leaves: 0, depth: 0, here: null, parts: [], named: countLeaves(root) <= NAMED_LEAVES };
  const path = lab.answer.choices.slice(from.length);
  placeNode(root, 0, from, path, true, drawing);
  const [width, height] = [TREE.left + drawing.depth * TREE.step + TREE.right, drawing.leaves * TREE.leaf + 8];
  svg.setAttribute("viewBox", "0 0 " + width + " " + height);
  svg.style.setProperty("--width", width);
  svg.append(...drawing.parts);
  const mark = hereMark(drawing.here);
  svg.append(mark);
  const before = from.length > 0 ? [element("p", { className: "note", text: "From where you are. There are too many to draw all." })] : [];
  box.replaceChildren(...before, svg);
  const [place, seen] = [mark.getBoundingClientRect(), box.getBoundingClientRect()];
  box.scrollTop += place.y - seen.y - (seen.height - place.height) / 2;
  box.scrollLeft += place.x - seen.x - (seen.width - place.width) / 2;
}

function hereMark({ x, y, ended }) {
  const { width, height } = HERE;
  const group = svgElement("g", { class: "here", "data-ended": ended, transform: "translate(" + x + "," + y + ")" });
  const text = svgElement("text", { y: 4 });
  text.textContent = "you";
  group.append(svgElement("rect", { x: -width / 2, y: -height / 2, width, height, rx: height / 2 }), text);
  return group;
}

function countLeaves(node) {
  return node?.branches ? node.branches.reduce((all, branch) => all + countLeaves(branch.node), 0) : 1;
}

// Places a node below its branches' middle, and returns its height on the picture.
function placeNode(node, depth, choices, path, onPath, drawing) {
  const x = TREE.left + depth * TREE.step;
  drawing.depth = Math.max(drawing.depth, depth);
  if (!node?.branches) {
    const y = drawing.leaves++ * TREE.leaf + TREE.leaf / 2 + 4;
    drawLeaf(node, x, y, choices, onPath, drawing);
    if (onPath) drawing.here ??= { x, y, ended: node?.ended ?? "" };
    return y;
  }
  const ys = node.branches.map((branch) => {
    const goes = onPath && path[0] === branch.position;
    const next = [...choices, branch.position];
    const y = placeNode(branch.node, depth + 1, next, path.slice(1), goes, drawing);
    return { y, goes, branch };
  });
  const y = (ys[0].y + ys.at(-1).y) / 2;
  for (const { y: to, goes, branch } of ys) drawBranch(x, y, to, goes, branch, drawing);
  if (onPath) drawing.here ??= { x, y, ended: "" };
  const dot = svgElement("circle", { cx: x, cy: y, r: 4, class: onPath ? "node path" : "node" });
  dot.addEventListener("click", () => playChoices(choices));
  drawing.parts.push(dot);
  return y;
}

function drawBranch(x, y, to, goes, branch, drawing) {
  const end = x + TREE.step;
  const d = "M" + x + " " + y + "C" + (x + end) / 2 + " " + y + " " + (x + end) / 2 + " " + to + " " + end + " " + to;
  drawing.parts.unshift(svgElement("path", { d, class: goes ? "branch path" : "branch" }));
  if (!drawing.named || branch.name === null) return;
  const text = svgElement("text", { x: end - (goes ? HERE.width / 2 + 4 : 10), y: to - 3, class: "branch-name" });
  text.textContent = shorten(branch.name, 9);
  drawing.parts.push(text);
}

function drawLeaf(node, x, y, choices, onPath, drawing) {
  const ended = node?.ended ?? "more";
  const dot = svgElement("circle", { cx: x, cy: y, r: 4.5, class: "leaf", "data-ended": ended });
  if (node) dot.addEventListener("click", () => playChoices(choices, true));
  const text = svgElement("text", { x: x + (onPath ? HERE.width / 2 + 6 : 12), y: y + 4 });
  text.textContent = ended === "passed" ? "passes ✓" : ended === "more" ? "…" : ended + " ✗";
  drawing.parts.push(dot, text);
}
