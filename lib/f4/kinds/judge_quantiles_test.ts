import assert from "node:assert/strict";
import { assertAlmostEqual, type Panel, stableJson } from "@lib/core";
import { christoffersen } from "../christoffersen.ts";
import { Ledger } from "../ledger/ledger.ts";
import { normalQuantile } from "../normal_distribution.ts";
import { plantedKinds } from "./_planted_kinds.ts";
import { judgeQuantiles, judgeQuantilesClaim, type JudgeQuantilesOptions } from "./judge_quantiles.ts";
import { pinballLoss } from "./pinball_loss.ts";

const quick = (panel: Panel, options: JudgeQuantilesOptions = {}) => judgeQuantiles(panel, { draws: 300, ...options });
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Quantiles of 5, 50 and 95 % around a median, as wide as a volatility says. */
function withQuantiles(panel: Panel, volatility: Float64Array, ic = 0): Panel {
  const around = (z: number) =>
    panel.column("signal").map((value, row) => volatility[row] * (ic * value + Math.sqrt(1 - ic ** 2) * z));
  const reach = normalQuantile(0.95);
  return panel.with({ q5: around(-reach), q50: around(0), q95: around(reach) });
}

Deno.test("`judgeQuantiles()` gives coverage, pinball loss and Christoffersen's tests of the rows as they are", () => {
  const panel = plantedKinds({ names: 1, days: 400 });
  const table = withQuantiles(panel, panel.column("truth"));
  const card = quick(table);
  const [low, high, actual] = ["q5", "q95", "actual"].map((name) => table.column(name));
  const inside = Array.from(actual, (value, row) => value >= low[row] && value <= high[row]);
  assertAlmostEqual([card.intervals[0].coverage.value!], [mean(Float64Array.from(inside, Number))]);
  const pinball = [low, table.column("q50"), high].map((own, place) =>
    mean(pinballLoss([0.05, 0.5, 0.95][place], own, actual))
  );
  assertAlmostEqual([card.pinball.value!], [mean(Float64Array.from(pinball))]);
  assertAlmostEqual(card.levels.map((level) => level.pinball.value!), pinball);
  const tests = card.intervals[0].christoffersen;
  assert.ok(!("reason" in tests));
  const wanted = christoffersen(inside, { confidence: 0.9 });
  assertAlmostEqual([tests.unconditionalP, tests.conditionalP], [
    wanted.unconditional.pValue,
    wanted.conditional.pValue,
  ]);
});

Deno.test("`judgeQuantiles()` knows the true quantiles by coverage in every regime, dispersion and loss", () => {
  const panel = plantedKinds({ days: 600 });
  const card = quick(withQuantiles(panel, panel.column("truth"), 0.08));
  assert.equal(card.verdict.verdict, "uncounted", card.verdict.summary);
  const [interval] = card.intervals;
  assert.deepEqual(interval.regimes.map(({ regime }) => regime), ["calm", "middle", "turbulent"]);
  assert.ok(!("reason" in card.dispersion) && card.dispersion.spread.verdict === "calibrated");
  assert.ok(Math.abs(card.dispersion.residualVariation.value! - 0.756) < 0.03); // that of normal outcomes
  assert.ok("costs" in card.book && card.book.costs[0].sharpe.value! > 2);
});

Deno.test("`judgeQuantilesClaim()` passes them once they are counted", async () => {
  const panel = plantedKinds({ days: 600 });
  const table = withQuantiles(panel, panel.column("truth"), 0.08);
  const trial = { source: "test", parameters: {}, data: [] };
  const card = await judgeQuantilesClaim(table, {
    draws: 300,
    ledger: Ledger.inMemory(),
    trial,
    finalFrom: panel.dates[400],
  });
  assert.equal(card.verdict.verdict, "pass", card.verdict.summary);
  assert.ok(!("reason" in card.final) && card.final.looks === 1);
});

Deno.test("`judgeQuantiles()` fails one width for all times by its regimes, and calls it collapsed", () => {
  const panel = plantedKinds({ days: 600 });
  const deviation = Math.sqrt(mean(panel.column("actual").map((value) => value ** 2)));
  const card = quick(withQuantiles(panel, new Float64Array(panel.rows).fill(deviation)));
  assert.equal(card.verdict.verdict, "fail");
  assert.match(card.verdict.summary, /coverage of 0.90 in calm times is .*off by more than 0.02/);
  assert.match(card.verdict.summary, /the baseline|not told apart/);
  assert.ok(!("reason" in card.dispersion));
  assert.deepEqual(card.dispersion.elasticity, { value: null, reason: "every interval is as wide as the next" });
  assert.equal(card.dispersion.spread.verdict, "collapsed");
});

Deno.test("`judgeQuantiles()` fails quantiles that cross, and intervals that are too narrow", () => {
  const panel = plantedKinds({ days: 300 });
  const right = withQuantiles(panel, panel.column("truth"));
  const crossed = right.column("q5").map((value, row) => row % 20 === 0 ? -value : value);
  const card = quick(right.with({ q5: crossed }));
  assert.equal(card.crossing.rows, panel.rows / 20);
  assert.match(card.verdict.summary, /a higher level has the lower quantile, above 1 %/);
  const narrow = quick(withQuantiles(panel, panel.column("truth").map((value) => 0.8 * value)));
  assert.equal(narrow.verdict.verdict, "fail");
  assert.match(narrow.verdict.summary, /off by more than 0.02/);
});

Deno.test("`judgeQuantiles()` suspects a leak in the median, and in widths that know the outcome", () => {
  const panel = plantedKinds({ days: 300, ic: 0.4 });
  const median = quick(withQuantiles(panel, panel.column("truth"), 0.4));
  assert.equal(median.verdict.verdict, "suspected leak");
  assert.match(median.verdict.summary, /rank IC of the median/);
  const wide = panel.column("actual").map((value, row) => Math.abs(value) + 0.2 * panel.column("truth")[row]);
  const widths = quick(withQuantiles(panel, wide));
  assert.equal(widths.verdict.verdict, "suspected leak");
  assert.match(widths.verdict.summary, /the widths know how far the outcome will be/);
});

Deno.test("`judgeQuantiles()` gives a reason for every number it cannot give", () => {
  const panel = plantedKinds({ names: 6, days: 80 });
  const table = withQuantiles(panel, panel.column("truth"));
  const constant = (value: number) => new Float64Array(table.rows).fill(value);
  const zero = { q5: constant(0), q50: constant(0), q95: constant(0) };
  const cases: Record<string, [Panel, RegExp, JudgeQuantilesOptions?]> = {
    "all the same": [table.with(zero), /every interval is as wide as the next/],
    "nothing moves": [table.with({ ...zero, actual: constant(0) }), /every interval is as wide as the next/],
    "no quantiles": [table.with({ q5: constant(NaN) }), /no row has all quantiles/],
    "infinite": [table.with({ q95: constant(Infinity) }), /no row has all quantiles/],
    "beyond squares": [table.with({ actual: constant(1e200) }), /no row has all quantiles/],
    "one day": [table.select((row) => table.dayOf[row] === 0), /no baseline is known/],
    "no rows": [table.select(() => false), /no row has all quantiles/],
    "one level": [table, /no two levels leave out as much/, { quantiles: [{ level: 0.1, column: "q5" }] }],
    "overlap": [table, /outcomes overlap/, { horizonDays: 5 }],
  };
  for (const [name, [rows, reason, options]] of Object.entries(cases)) {
    const card = quick(rows, options);
    assert.match(stableJson(card), reason, name); // throws where a number is not finite
    assert.equal(card.verdict.verdict, "fail", name);
  }
  assert.throws(() => quick(table.pick(["actual"])), /number of quantiles must be an integer of at least 1/);
  const twice = [{ level: 0.5, column: "q5" }, { level: 0.5, column: "q50" }];
  assert.throws(() => quick(table, { quantiles: twice }), /level \(each once\)/);
});
