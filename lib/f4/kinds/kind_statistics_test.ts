import assert from "node:assert/strict";
import { assertAlmostEqual, Panel, weekdays } from "@lib/core";
import {
  areaImpliedByIc,
  areaUnderCurve,
  ewmaVolatility,
  harVolatility,
  knownBaseRate,
  mincerZarnowitz,
  pinballLoss,
  qlikeLoss,
  reliability,
  trailingQuantiles,
} from "./mod.ts";
import { plantedKinds } from "./_planted_kinds.ts";
import golden from "./testdata/kinds.json" with { type: "json" };

const column = (name: "event" | "probability" | "volatility" | "actual" | "quantile") =>
  Float64Array.from(golden[name]);
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

Deno.test("`areaUnderCurve()` agrees with scikit-learn, ties and all, and its placements average to it", () => {
  const [event, probability] = [column("event"), column("probability")];
  const { area, placement } = areaUnderCurve(probability, event);
  assertAlmostEqual([area], [golden.classifier.area]);
  for (const side of [0, 1]) assertAlmostEqual([mean(placement.filter((_, row) => event[row] === side))], [area]);
  assert.ok(Number.isNaN(areaUnderCurve(probability, event.map(() => 1)).area));
  assert.equal(areaUnderCurve(event.map(() => 0.3), event).area, 0.5);
  assert.throws(() => areaUnderCurve(probability, event.slice(1)), TypeError);
});

Deno.test("`areaImpliedByIc()` is what a planted IC gives", () => {
  const panel = plantedKinds({ names: 40, days: 500, ic: 0.5 });
  const { area } = areaUnderCurve(panel.column("signal"), panel.column("actual").map((value) => Number(value > 0)));
  assert.ok(Math.abs(area - areaImpliedByIc(0.5)) < 0.012, `${area}`); // three standard errors of 20,000 rows
  assert.equal(areaImpliedByIc(0), 0.5);
  assert.throws(() => areaImpliedByIc(1.1), RangeError);
});

Deno.test("`reliability()` agrees with pandas and scikit-learn, and its parts add up", () => {
  const [event, probability] = [column("event"), column("probability")];
  for (const [count, wanted] of Object.entries(golden.bins)) {
    const table = reliability(probability, event, { bins: Number(count) });
    assert.deepEqual(table.bins.map(({ rows }) => rows), wanted.rows);
    assertAlmostEqual(table.bins.map((bin) => bin.meanProbability), wanted.meanProbability);
    assertAlmostEqual(table.bins.map((bin) => bin.observedRate), wanted.observedRate);
    for (const part of ["reliability", "resolution", "uncertainty", "expectedCalibrationError"] as const) {
      assertAlmostEqual([table[part]], [wanted[part]]);
    }
    assertAlmostEqual([table.brier], [golden.classifier.brier]);
    const sum = table.reliability - table.resolution + table.uncertainty + table.withinBins;
    assertAlmostEqual([sum], [table.brier]);
  }
  const one = reliability(Float64Array.of(0.4, 0.4, 0.4, 0.4), Float64Array.of(0, 1, 0, 1), { bins: 10 });
  assert.deepEqual([one.bins.length, one.resolution], [1, 0]);
  assert.throws(() => reliability(probability, event, { bins: 0 }), RangeError);
});

Deno.test("`pinballLoss()` and `qlikeLoss()` agree with scikit-learn and numpy", () => {
  assertAlmostEqual([mean(pinballLoss(0.1, column("quantile"), column("actual")))], [golden.pinball]);
  assertAlmostEqual([mean(qlikeLoss(column("volatility"), column("actual")))], [golden.qlike]);
  assert.ok(Number.isNaN(pinballLoss(0.1, Float64Array.of(NaN), Float64Array.of(1))[0]));
  assert.ok(Number.isNaN(qlikeLoss(Float64Array.of(0), Float64Array.of(1))[0]));
  assert.throws(() => pinballLoss(1.1, new Float64Array(), new Float64Array()), RangeError);
});

Deno.test("`mincerZarnowitz()` agrees with statsmodels, for rows and for days of rows", () => {
  const [forecast, actual] = [column("volatility"), column("actual")].map((values) => values.map((one) => one ** 2));
  const day = Int32Array.from(forecast, (_, row) => row % golden.days);
  const { lags, ...rows } = golden.rows;
  const { lags: dayLags, ...clustered } = golden.clustered;
  const alone = mincerZarnowitz(forecast, actual, { lags });
  const together = mincerZarnowitz(forecast, actual, { day, lags: dayLags });
  for (const name of Object.keys(rows) as (keyof typeof rows)[]) {
    assertAlmostEqual([alone[name]], [rows[name]]);
    assertAlmostEqual([together[name]], [clustered[name]]);
  }
  assert.ok(Number.isNaN(mincerZarnowitz(new Float64Array(9).fill(0.1), forecast.slice(0, 9)).slope));
});

const dates = weekdays("2020-01-01", golden.days);
const single = Panel.fromRows({
  symbol: dates.map(() => "A"),
  date: dates,
  columns: { actual: column("actual").slice(0, golden.days) },
});

Deno.test("`trailingQuantiles()` agrees with a moving window of pandas", () => {
  const [lowest] = trailingQuantiles(single, [0.1], { windowOutcomes: 20, leastOutcomes: 10 });
  assertAlmostEqual(lowest, golden.trailing.map((value) => value ?? NaN));
});

Deno.test("`ewmaVolatility()` agrees with pandas, a night later", () => {
  const volatility = ewmaVolatility(single, { decay: 0.2, leastOutcomes: 1 });
  assertAlmostEqual(volatility.slice(1), golden.ewma.slice(0, -1));
  const slow = ewmaVolatility(single, { leastOutcomes: 1 });
  const mean = (golden.actual[0] ** 2 + golden.actual[1] ** 2 + golden.actual[2] ** 2) / 3;
  assertAlmostEqual([slow[3]], [Math.sqrt(mean)]); // a plain mean while each outcome weighs more than 6 %
});

Deno.test("what is known by the close does not change with outcomes that come later", () => {
  const panel = plantedKinds({ names: 3, days: 420 });
  for (const horizonDays of [1, 5]) {
    const rules = (actual: Float64Array) => {
      const known = panel.with({ actual, event: actual.map((value) => Number(value > 0)) });
      const scale = ewmaVolatility(known, { horizonDays });
      return [
        scale,
        harVolatility(known, { horizonDays }),
        knownBaseRate(known, "event", { horizonDays }),
        ...trailingQuantiles(known, [0.1, 0.5], { horizonDays, scale }),
        ...trailingQuantiles(known, [0.9], { horizonDays }),
      ];
    };
    const whole = rules(panel.column("actual"));
    const day = 400;
    const changed = rules(panel.column("actual").map((value, row) => panel.dayOf[row] + horizonDays > day ? 7 : value));
    whole.forEach((values, rule) => {
      values.forEach((value, row) => {
        if (panel.dayOf[row] > day) return;
        assert.ok(Object.is(changed[rule][row], value), `rule ${rule}, row ${row}`);
      });
      assert.ok(values.slice(390, 420).every(Number.isFinite), `rule ${rule} says nothing`);
    });
  }
});

Deno.test("`harVolatility()` knows more than the mean of all, where volatility moves", () => {
  const panel = plantedKinds({ names: 10, days: 600 });
  const [har, truth] = [harVolatility(panel), panel.column("truth")];
  const known = Array.from(har.keys()).filter((row) => !Number.isNaN(har[row]));
  const loss = (volatility: Float64Array) => {
    const losses = qlikeLoss(volatility, panel.column("actual"));
    return mean(Float64Array.from(known, (row) => losses[row]));
  };
  const level = new Float64Array(panel.rows).fill(Math.sqrt(mean(truth.map((value) => value ** 2))));
  assert.ok(loss(truth) < loss(har) && loss(har) < loss(level) - 0.05);
});
