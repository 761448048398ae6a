// The pictures that the painters paint: brush strokes, the same each time the page opens.

const PICTURE = { width: 100, height: 70, strokes: 34 };
// A sky, a sea, a sunset, a meadow, lavender, a forest.
const PALETTES = [
  ["#8ec5e8", "#b9def2", "#5fa8d3", "#fefefe"],
  ["#1f6f8b", "#2d93ad", "#124e63", "#8fd3d1"],
  ["#f6bd60", "#f28482", "#f7ede2", "#e76f51"],
  ["#a7c957", "#6a994e", "#f2e8cf", "#386641"],
  ["#b8a1d9", "#8d72b8", "#e7dcf5", "#6b4e9b"],
  ["#2f5d50", "#52796f", "#84a98c", "#cad2c5"],
];

// Pseudorandom numbers from 0 to 1, by a linear congruential generator.
function randomFrom(seed) {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

// The strokes of one picture as paths, none of them visible yet.
function paintStrokes(number) {
  const random = randomFrom(17 + 31 * number);
  const palette = PALETTES[number % PALETTES.length];
  const strokes = [];
  for (let at = 0; at < PICTURE.strokes; at++) {
    const y = 6 + 58 * (at / PICTURE.strokes) + random() * 6 - 3;
    const [x, width] = [4 + random() * 10, 60 + random() * 22];
    const bend = () => round(random() * 6 - 3);
    const d = "M" + round(x) + " " + round(y) + "q" + round(width / 3) + " " + bend() + " " + round(width / 2) + " ";
    strokes.push(
      svgElement("path", {
        d: d + bend() + "t" + round(width / 2) + " " + bend(),
        stroke: palette[Math.floor(random() * palette.length)],
        "stroke-width": round(4 + random() * 5),
        visibility: "hidden",
      }),
    );
  }
  if (number % PALETTES.length === 2) {
    strokes.push(svgElement("circle", { cx: 50, cy: 36, r: 14, fill: "#ffd166", visibility: "hidden" }));
  }
  return strokes;
}

// The middle colour of a picture, for a cell of the mosaic.
function colourOfPicture(number) {
  return PALETTES[number % PALETTES.length][number % 2 === 0 ? 0 : 1];
}
