import assert from "node:assert/strict";
import { assertAlmostEqual, type Panel, stableJson } from "@lib/core";
import { Ledger } from "../ledger/ledger.ts";
import { plantedKinds } from "./_planted_kinds.ts";
import { judgeVolatility, judgeVolatilityClaim, type JudgeVolatilityOptions } from "./judge_volatility.ts";
import { mincerZarnowitz } from "./mincer_zarnowitz.ts";

const quick = (panel: Panel, options: JudgeVolatilityOptions = {}) =>
  judgeVolatility(panel, { draws: 300, ...options });
const planted = plantedKinds({ days: 600 });
const withVolatility = (volatility: Float64Array, panel = planted) => panel.with({ volatility });
const truth = planted.column("truth");

Deno.test("`judgeVolatility()` knows the true volatility: better than every rule, unbiased, slope 1", () => {
  const card = quick(withVolatility(truth));
  assert.equal(card.verdict.verdict, "uncounted", card.verdict.summary);
  assert.deepEqual(card.baselines.map(({ name }) => name), ["trailing mean", "EWMA", "HAR"]);
  assert.ok(card.baselines.every(({ advantage }) => advantage.value! > 0));
  assert.ok(Math.abs(card.standardised.value! - 1) < 0.05);
  assert.equal(card.spread.verdict, "calibrated");
  const [forecast, realised] = [truth, planted.column("actual")].map((values) => values.map((one) => one ** 2));
  const wanted = mincerZarnowitz(forecast, realised, { day: planted.dayOf });
  assert.deepEqual(card.mincerZarnowitz, wanted);
  assertAlmostEqual([card.fit.value!], [wanted.rSquared]);
  assert.ok("costs" in card.book && "costs" in card.equalBook);
  assert.ok(card.book.costs[0].annualVolatility.value! < card.equalBook.costs[0].annualVolatility.value!);
});

Deno.test("`judgeVolatilityClaim()` passes it once it is counted", async () => {
  const trial = { source: "test", parameters: {}, data: [] };
  const options = { draws: 300, ledger: Ledger.inMemory(), trial, finalFrom: planted.dates[400] };
  const card = await judgeVolatilityClaim(withVolatility(truth), options);
  assert.equal(card.verdict.verdict, "pass", card.verdict.summary);
});

Deno.test("`judgeVolatility()` fails what is no better than its own baselines, and what is of the wrong size", () => {
  const flat = quick(withVolatility(new Float64Array(planted.rows).fill(0.018)));
  assert.equal(flat.verdict.verdict, "fail");
  assert.equal(flat.spread.verdict, "collapsed");
  const large = quick(withVolatility(truth.map((value) => 1.3 * value)));
  assert.equal(large.verdict.verdict, "fail");
  assert.match(large.verdict.summary, /off by more than a factor of 1.25/);
});

Deno.test("`judgeVolatility()` suspects a leak in a forecast that knows the size of the outcome", () => {
  const leaky = quick(withVolatility(planted.column("actual").map((value, row) => Math.abs(value) + 0.2 * truth[row])));
  assert.equal(leaky.verdict.verdict, "suspected leak");
  const realised = planted.with({ actual: planted.column("actual").map(Math.abs) });
  const known = quick(withVolatility(realised.column("actual").map((value) => value + 1e-6), realised));
  assert.equal(known.settings.actualIs, "volatility");
  assert.ok(known.baselines.some(({ name }) => name === "last value"));
  assert.equal(known.verdict.verdict, "suspected leak");
  assert.match(known.verdict.summary, /R2 of realised on forecast variance is .* above 0.9/);
});

Deno.test("`judgeVolatility()` gives a reason for every number it cannot give", () => {
  const panel = plantedKinds({ names: 6, days: 80 });
  const table = withVolatility(panel.column("truth"), panel);
  const constant = (value: number) => new Float64Array(table.rows).fill(value);
  const cases: Record<string, [Panel, RegExp]> = {
    "constant": [table.with({ volatility: constant(0.02) }), /every forecast is the same/],
    "zero": [table.with({ volatility: constant(0) }), /480 forecasts are not a volatility above 0/],
    "as good as zero": [table.with({ volatility: constant(1e-200) }), /480 forecasts are not a volatility above 0/],
    "beyond squares": [table.with({ volatility: constant(1e200), actual: constant(-1e200) }), /no row has both/],
    "nothing moves": [table.with({ actual: constant(0) }), /nothing moved/],
    "no forecasts": [table.with({ volatility: constant(NaN) }), /no row has both/],
    "infinite": [table.with({ volatility: constant(Infinity) }), /no row has both/],
    "one day": [table.select((row) => table.dayOf[row] === 0), /no baseline is known/],
    "one name": [table.select((row) => table.symbolOf[row] === 0), /one name alone/],
    "no rows": [table.select(() => false), /no row has both/],
  };
  for (const [name, [rows, reason]] of Object.entries(cases)) {
    const card = quick(rows);
    assert.match(stableJson(card), reason, name); // throws where a number is not finite
    assert.equal(card.verdict.verdict, "fail", name);
  }
  assert.throws(() => quick(table, { volatility: "nothing" }), /must be one of/);
});
