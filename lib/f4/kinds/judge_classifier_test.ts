import assert from "node:assert/strict";
import { assertAlmostEqual, normalRandom, Panel, seededRandom, stableJson, weekdays } from "@lib/core";
import { Ledger } from "../ledger/ledger.ts";
import { normalProbability } from "../normal_distribution.ts";
import { plantedKinds } from "./_planted_kinds.ts";
import { judgeClassifier, judgeClassifierClaim, type JudgeClassifierOptions } from "./judge_classifier.ts";
import golden from "./testdata/kinds.json" with { type: "json" };

const quick = (panel: Panel, options: JudgeClassifierOptions = {}) =>
  judgeClassifier(panel, { draws: 300, ...options });

/** Probabilities that a planted signal deserves, times `gain` on the scale of deviates. */
function withProbability(panel: Panel, ic: number, gain = 1): Panel {
  const scale = gain * ic / Math.sqrt(1 - ic ** 2);
  return panel.with({ probability: panel.column("signal").map((value) => normalProbability(scale * value)) });
}

Deno.test("`judgeClassifier()` agrees with scikit-learn", () => {
  const date = weekdays("2020-01-01", golden.days);
  const symbols = Array.from({ length: golden.names }, (_, i) => `S${i}`);
  const panel = Panel.fromRows({
    symbol: symbols.flatMap((name) => date.map(() => name)),
    date: symbols.flatMap(() => date),
    columns: { probability: Float64Array.from(golden.probability), actual: Float64Array.from(golden.event) },
  });
  const { pooled, crossSectional, book, headline } = quick(panel);
  assert.ok(!("reason" in pooled) && !("reason" in crossSectional));
  for (const name of ["area", "brier", "logLoss", "calibrationSlope"] as const) {
    assertAlmostEqual([pooled[name].value!], [golden.classifier[name]]);
  }
  assertAlmostEqual([crossSectional.area.value!], [golden.classifier.dailyArea]);
  assert.equal(crossSectional.days, golden.classifier.dailyDays);
  assertAlmostEqual([headline.byCosines.value!], [golden.classifier.dailyArea - 0.5]);
  assert.ok("reason" in book && /the actuals are labels/.test(book.reason));
});

Deno.test("`judgeClassifier()` finds a planted signal, calibrated, and what it earns", () => {
  const card = quick(withProbability(plantedKinds(), 0.08));
  const { pooled, book, reliability, verdict } = card;
  assert.ok(!("reason" in pooled) && !("reason" in book) && !("reason" in reliability));
  assert.equal(verdict.verdict, "uncounted");
  assert.match(verdict.summary, /mean daily area under the curve is .* above 0.5; nobody counted/);
  assert.equal(pooled.spread.verdict, "calibrated");
  assert.ok(card.baselines.every(({ advantage }) => advantage.value! > 0));
  assert.ok(book.costs[0].sharpe.value! > 2 && book.costs[0].sharpe.value! > book.costs[3].sharpe.value!);
  assert.ok(reliability.expectedCalibrationError < 3 * reliability.calibrationErrorByChance!);
  assert.deepEqual(reliability.bins.map(({ rows }) => rows), Array(10).fill(1000));
});

Deno.test("`judgeClassifierClaim()` passes it once, counted, and knows a rerun; the final block has to agree", async () => {
  const ledger = Ledger.inMemory();
  const panel = withProbability(plantedKinds(), 0.08);
  const options = { draws: 300, ledger, trial: { source: "test", parameters: {}, data: [] } };
  const card = await judgeClassifierClaim(panel, options);
  assert.equal(card.verdict.verdict, "pass");
  assert.ok(!("reason" in card.trials) && card.trials.trials === 1);
  assert.equal(stableJson(await judgeClassifierClaim(panel, options)), stableJson(card));
  const other = await judgeClassifierClaim(withProbability(plantedKinds(), 0.08, 0.5), options);
  assert.ok(!("reason" in other.trials) && other.trials.trials === 2);

  const turned = panel.column("probability").map((value, row) => panel.dayOf[row] < 400 ? value : 1 - value);
  const late = { ...options, finalFrom: panel.dates[400] };
  const drifted = await judgeClassifierClaim(panel.with({ probability: turned }), late);
  assert.equal(drifted.verdict.verdict, "fail");
  assert.ok(!("reason" in drifted.final) && drifted.final.days === 100 && drifted.final.value.value! < 0);
  assert.match(drifted.verdict.summary, /final block from/);
});

Deno.test("`judgeClassifier()` fails noise, and probabilities too sure of themselves", () => {
  const random = seededRandom(5);
  const panel = plantedKinds();
  const noise = quick(panel.with({ probability: panel.column("signal").map(() => 0.4 + 0.2 * random()) }));
  assert.equal(noise.verdict.verdict, "fail");
  const sure = quick(withProbability(panel, 0.08, 20));
  assert.equal(sure.verdict.verdict, "fail");
  assert.match(sure.verdict.summary, /Brier score .*the baseline does as well or better/);
  assert.ok(!("reason" in sure.pooled) && sure.pooled.spread.verdict === "overconfident");
  const shy = quick(withProbability(panel, 0.08, 0.1));
  assert.ok(!("reason" in shy.pooled) && shy.pooled.spread.verdict === "collapsed");
});

Deno.test("`judgeClassifierClaim()` suspects a leak where the road has one", async () => {
  const found = { outcome: "found", step: "features", column: "trend_20d", words: "2020-03-02 changes" } as const;
  const road = { checks: [{ check: "truncation replay", leak: "temporal leakage", ...found } as const] };
  const trial = { source: "test", parameters: {}, data: [] };
  const options = { draws: 100, ledger: Ledger.inMemory(), trial, road };
  const { verdict } = await judgeClassifierClaim(withProbability(plantedKinds(), 0.08), options);
  assert.equal(verdict.verdict, "suspected leak");
  assert.match(verdict.summary, /^temporal leakage at step features, column trend_20d/);
});

Deno.test("`judgeClassifier()` suspects a leak where the order is too good", () => {
  const leaky = quick(withProbability(plantedKinds({ ic: 0.4 }), 0.4));
  assert.equal(leaky.verdict.verdict, "suspected leak");
  assert.match(leaky.verdict.summary, /above 0.545, which belongs to an IC of 0.1/);
});

Deno.test("`judgeClassifier()` names what a saved model lacks", () => {
  const checks = [{ check: "rows in another order", outcome: "found", words: "9 of 90 forecasts differ" }] as const;
  const model = { kind: "classifier", digest: "", model: "oracle", engine: "none", checks: [...checks] } as const;
  const { verdict } = quick(withProbability(plantedKinds(), 0.08), { model: { ...model, checks: [...checks] } });
  assert.equal(verdict.verdict, "fail");
  assert.equal(verdict.summary, "oracle, rows in another order: 9 of 90 forecasts differ");
});

Deno.test("`judgeClassifier()` judges one symbol over all rows, and labels with returns beside them", () => {
  const normal = normalRandom(seededRandom(2));
  const date = weekdays("2010-01-01", 1500);
  const signal = Float64Array.from(date, normal);
  const earned = signal.map((value) => 0.01 * (0.3 * value + normal()));
  const columns = {
    probability: signal.map((value) => normalProbability(0.3 * value)),
    actual: earned.map((value) => Number(value > 0)),
    earned,
  };
  const panel = Panel.fromRows({ symbol: date.map(() => "A"), date, columns });
  const card = quick(panel, { returns: "earned", longAbove: 0.55, shortBelow: 0.45 });
  assert.equal(card.headline.what, "area under the curve");
  assert.deepEqual(card.baselines.map(({ name }) => name), ["base rate"]);
  assert.ok("positions" in card.book && card.book.positions.value! < 1 && card.book.costs[0].sharpe.value! > 1);
});

Deno.test("`judgeClassifier()` gives a reason for every number it cannot give", () => {
  const panel = withProbability(plantedKinds({ names: 6, days: 80 }), 0.08);
  const constant = (value: number) => new Float64Array(panel.rows).fill(value);
  const cases: Record<string, [Panel, RegExp]> = {
    "constant probabilities": [panel.with({ probability: constant(0.5) }), /the probabilities are all the same/],
    "no probabilities": [panel.with({ probability: constant(NaN) }), /no row has both/],
    "percent": [panel.with({ probability: constant(50) }), /480 forecasts are not a probability from 0 to 1/],
    "always up": [panel.with({ actual: constant(0.1) }), /happened on every row, or on none/],
    "never up": [panel.with({ actual: constant(-0.1) }), /happened on every row, or on none/],
    "infinite actuals": [panel.with({ actual: constant(Infinity) }), /no row has both/],
    "one day": [panel.select((row) => panel.dayOf[row] === 0), /1 judged days, below/],
    "no rows": [panel.select(() => false), /no row has both/],
    "certain and wrong": [
      panel.with({ probability: panel.column("actual").map((value) => Number(value < 0)) }),
      /"surelyWrong": 480/,
    ],
  };
  for (const [name, [table, reason]] of Object.entries(cases)) {
    const card = quick(table, { baselines: ["signal"] });
    assert.match(stableJson(card), reason, name); // throws where a number is not finite
    assert.equal(card.verdict.verdict, "fail", name);
  }
  assert.throws(() => quick(panel, { longAbove: 0.4, shortBelow: 0.5 }), RangeError);
  assert.throws(() => quick(panel, { probability: "nothing" }), /must be one of/);
});
