import assert from "node:assert/strict";
import { measuredAgainstExpected } from "./measured_against_expected.ts";
import { renderSvg } from "./render_figure.ts";

const point = { name: "a < b", expected: 0.3, measured: 0.25, low: 0.2, high: 0.35 };

Deno.test("measuredAgainstExpected() draws groups in colours of their own beside the line of agreement", async () => {
  const figure = measuredAgainstExpected([{ ...point, group: "one" }, { ...point, group: "two", low: NaN, high: NaN }]);
  assert.deepEqual(figure.data.map(({ name, showlegend }) => [name, showlegend]), [["one", true], ["two", true]]);
  const [line] = figure.layout.shapes as { x0: number; x1: number; y0: number; y1: number }[];
  assert.deepEqual([line.x0, line.y0, line.x1, line.y1], [0, 0, 0.35, 0.35]);
  assert.match(await renderSvg(figure), /^<svg/);
});

Deno.test("measuredAgainstExpected() refuses what is not there", () => {
  assert.throws(() => measuredAgainstExpected([{ ...point, expected: NaN }]), /both numbers of a < b must be finite/);
});
