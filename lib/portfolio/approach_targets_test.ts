import assert from "node:assert/strict";
import { Panel, weekdays } from "@lib/core";
import { approachTargets, buyAndHoldWeights, equalWeights } from "./mod.ts";

const one = (columns: Record<string, Float64Array>) => {
  const days = Object.values(columns)[0].length;
  return Panel.fromRows({ symbol: Array(days).fill("A"), date: weekdays("2020-01-01", days), columns });
};
const weightsOf = (panel: Panel) => Array.from(panel.column("weight"), (weight) => Number(weight.toFixed(12)));

Deno.test("approachTargets() enters at once, then moves a share of the way", () => {
  const target = Float64Array.of(NaN, 0, 0.8, 0, 0, NaN);
  assert.deepEqual(weightsOf(approachTargets(one({ target }), { adjustment: 0.25 })), [
    0,
    0,
    0.8,
    0.6,
    0.45,
    0.3375,
  ]);
});

Deno.test("approachTargets() trades nothing inside the band and to its edge outside", () => {
  const target = Float64Array.of(1, 0.9, 0.5, -1);
  // one name: the equal position of a day is its own absolute target
  assert.deepEqual(weightsOf(approachTargets(one({ target }), { noTradeBand: 0.2 })), [1, 1, 0.6, -0.8]);
});

Deno.test("approachTargets() holds the mean of the latest tranches", () => {
  const target = Float64Array.of(1, 0, 0, 1);
  assert.deepEqual(weightsOf(approachTargets(one({ target }), { trancheDays: 2 })), [1, 0.5, 0, 0.5]);
});

Deno.test("approachTargets() lets positions drift before it trades", () => {
  const panel = one({ target: Float64Array.of(0.5, 0.5), return: Float64Array.of(9, 0.1) });
  // 0.5 * 1.1 / 1.05 = 0.523809..., half of the way back
  assert.deepEqual(weightsOf(approachTargets(panel, { adjustment: 0.5, return: "return" })), [0.5, 0.511904761905]);
});

Deno.test("approachTargets() sells a name that has no row", () => {
  const panel = Panel.fromRows({
    symbol: ["A", "A", "B", "B", "B"],
    date: ["2020-01-01", "2020-01-03", "2020-01-01", "2020-01-02", "2020-01-03"],
    columns: { target: Float64Array.of(1, 0, 1, 1, 1) },
  });
  assert.deepEqual(weightsOf(approachTargets(panel, { adjustment: 0.5 })), [1, 0, 1, 1, 1]);
});

Deno.test("approachTargets() refuses options out of range", () => {
  const panel = one({ target: Float64Array.of(1) });
  assert.throws(() => approachTargets(panel, { adjustment: 0 }), RangeError);
  assert.throws(() => approachTargets(panel, { adjustment: 1.1 }), RangeError);
  assert.throws(() => approachTargets(panel, { noTradeBand: -1 }), RangeError);
  assert.throws(() => approachTargets(panel, { trancheDays: 0 }), RangeError);
  assert.throws(() => approachTargets(one({ target: Float64Array.of(Infinity) })), RangeError);
});

Deno.test("equalWeights() shares each day among the names that are known", () => {
  const panel = Panel.fromRows({
    symbol: ["A", "A", "B", "B"],
    date: ["2020-01-01", "2020-01-02", "2020-01-01", "2020-01-02"],
    columns: { close: Float64Array.of(1, NaN, 1, 1) },
  });
  assert.deepEqual(weightsOf(equalWeights(panel, { known: "close" })), [0.5, 0, 0.5, 1]);
});

Deno.test("buyAndHoldWeights() gives up what disappears and buys nothing new", () => {
  const panel = Panel.fromRows({
    symbol: ["A", "A", "B", "C", "C"],
    date: ["2020-01-01", "2020-01-02", "2020-01-01", "2020-01-02", "2020-01-03"],
    columns: { return: Float64Array.of(0, 0.2, 0, 0.5, 0.5) },
  });
  assert.deepEqual(weightsOf(buyAndHoldWeights(panel)), [0.5, 1, 0.5, 0, 0]);
});
