// A canvas on its easel.

const STROKES_A_MS = 1 / 9; // while playing, strokes that take no time still appear one by one

function easel(canvas, number, x, y, small) {
  const group = svgElement("g", { class: "easel", transform: "translate(" + (x + CELL.left) + "," + (y + 8) + ")" });
  const { width, height } = PICTURE;
  const strokes = paintStrokes(number);
  const art = svgElement("svg", { width, height, viewBox: "0 0 " + width + " " + height, class: "art" });
  art.append(svgElement("rect", { width, height, class: "blank" }), ...strokes);
  const gloss = svgElement("path", { class: "gloss", d: "M-10 60L60-14H84L14 84H-10ZM72 78L112 34V48L86 78Z" });
  art.append(gloss);
  const frame = svgElement("rect", { x: -1.5, y: -1.5, width: width + 3, height: height + 3, rx: 3, class: "frame" });
  const name = svgElement("text", { x: 50, y: 122, class: "name" });
  const label = svgElement("text", { x: 50, y: 139 });
  name.textContent = small ? canvas.chip : shorten(canvas.name, 18);
  group.append(
    svgElement("path", { class: "wood", d: "M18 72L2 108M82 72L98 108M50 72V104" }),
    svgElement("rect", { class: "ledge", x: -6, y: height + 1, width: width + 12, height: 5, rx: 2 }),
    art,
    frame,
    name,
    label,
  );
  if (small) group.classList.add("small");
  return { group, canvas, strokes, gloss, label, small, shown: 0, look: "", words: "" };
}

// Shows a canvas as it is; while playing, at most as many new strokes as `ms` allows. Says whether it is up to date.
function showEasel(one, look, unit, ms) {
  const wanted = Math.round(look.painted * one.strokes.length);
  const shown = ms === null ? wanted : Math.min(wanted, one.shown + Math.max(1, Math.round(ms * STROKES_A_MS)));
  for (let at = Math.min(shown, one.shown); at < Math.max(shown, one.shown); at++) {
    one.strokes[at].setAttribute("visibility", at < shown ? "visible" : "hidden");
  }
  one.shown = shown;
  one.gloss.style.opacity = look.wet.toFixed(2);
  if (one.look !== look.look) one.group.dataset.look = one.look = look.look;
  one.words = lookInWords(look, unit);
  setText(one.label, one.small ? "" : one.words);
  return shown === wanted;
}
