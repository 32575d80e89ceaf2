import assert from "node:assert/strict";
import { curves } from "./curves.ts";
import { renderSvg } from "./render_figure.ts";

const line = Object.freeze({ name: "formula", x: [1, 10, 100], y: [0.1, NaN, 2] });
const labels = Object.freeze({ horizontal: "trials", vertical: "Sharpe ratio" });

Deno.test("curves() draws formulas as lines, measurements as points of the same colour, missing values as gaps", () => {
  const [formula, measured] = curves([line, { ...line, name: "seen", marks: "points", colour: 0 }], labels).data;
  assert.deepEqual(formula.y, [0.1, null, 2]);
  assert.equal((formula.line as { color: string }).color, (measured.marker as { color: string }).color);
});

Deno.test("curves() names both axes and takes factors for steps where asked", async () => {
  const { layout } = curves([line], { ...labels, logarithmic: ["horizontal"], reference: 1 });
  assert.deepEqual([layout.xaxis, layout.yaxis].map((axis) => (axis as { type?: string }).type), ["log", undefined]);
  const svg = await renderSvg(curves([line], labels));
  for (const text of ["trials", "Sharpe ratio"]) assert.ok(svg.includes(text));
});

Deno.test("curves() refuses a curve of two lengths", () => {
  assert.throws(() => curves([{ ...line, y: [1] }], labels), {
    name: "TypeError",
    message: "Cannot draw curves: all lengths must be equal, current ones are x of formula 3, y of formula 1",
  });
});
