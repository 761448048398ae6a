// Small helpers to make elements. Texts of a recording only ever become text nodes, never markup.

const SVG = "http://www.w3.org/2000/svg";

function byId(id) {
  return document.getElementById(id);
}

function element(name, { text, children, className, ...attributes } = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (children) made.append(...children);
  if (className) made.className = className;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function svgElement(name, attributes = {}) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

// Shows chips in `target`. It reuses the elements that are there, because it runs at every frame while scrubbing.
// An item has a `label`, a `title`, a `state` for its looks, and perhaps a `note` beside it. `more` counts the items
// for which there is no room.
function showChips(target, items, more) {
  while (target.children.length > items.length + 1) target.lastElementChild.remove();
  while (target.children.length < items.length + 1) {
    target.append(
      element("span", {
        children: [element("bdi", { className: "chip" }), element("span", { className: "chip-note" })],
      }),
    );
  }
  items.forEach((item, at) => showChip(target.children[at], item));
  const rest = more > 0 ? "+ " + grouping(more) + " more" : items.length ? "" : "—";
  showChip(target.children[items.length], { label: "", title: "", state: "rest", note: rest });
}

function showChip(holder, { label, title, state, note = "" }) {
  const [chip, beside] = holder.children;
  setText(chip, label);
  setText(beside, note);
  if (chip.title !== title) chip.title = title;
  if (chip.dataset.state !== state) chip.dataset.state = state;
}

// A chip's item for a task of a run.
function chipOf(model, task, state, note) {
  return { label: model.chips[task], title: taskName(model, task), state, note };
}

// Gives an element these children. Those that it has already stay where they are, so the browser need not lay them out again.
function keepChildren(box, children) {
  for (const child of [...box.children]) if (!children.includes(child)) child.remove();
  children.forEach((child, at) => {
    if (box.children[at] !== child) box.insertBefore(child, box.children[at] ?? null);
  });
}
