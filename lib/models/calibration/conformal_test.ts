import assert from "node:assert/strict";
import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import { joinRows, walkForward } from "@lib/dataset";
import { judgeQuantiles } from "@lib/f4";
import type { Fit } from "../forecaster.ts";
import { fitLightgbm } from "../lightgbm/fit_lightgbm.ts";
import { walkForwardForecasts } from "../walk_forward_forecasts.ts";
import { calibrate } from "./calibration.ts";
import { fitConformal } from "./fit_conformal.ts";
import { fitConformalShift } from "./fit_conformal_shift.ts";
import { sortQuantiles } from "./sort_quantiles.ts";
import golden from "./testdata/calibration.json" with { type: "json" };

const { conformal } = golden;
const actuals = Float64Array.from(conformal.actual);
const numbers = (length: number, make: (row: number) => number) => Float64Array.from({ length }, (_, row) => make(row));

Deno.test("fitConformalShift() gives the bounds of MAPIE, tails apart from each other", () => {
  const bounds = ([["lower", 0.1], ["upper", 0.9]] as const).map(([side, level]) => {
    const forecasts = Float64Array.from(conformal[side]);
    return calibrate(fitConformalShift({ forecasts, actuals }, { level }), forecasts.subarray(0, 5));
  });
  conformal.bounds.forEach(([lower, upper], row) => {
    assert.ok(Math.abs(bounds[0][row] - lower) < 1e-12);
    assert.ok(Math.abs(bounds[1][row] - upper) < 1e-12);
  });
});

Deno.test("fitConformalShift() covers as often as it promises, whatever was forecast", () => {
  const normal = normalRandom(seededRandom(7));
  let [covered, total] = [0, 0];
  for (let draw = 0; draw < 2000; draw++) {
    const errors = numbers(20, () => Math.exp(normal()));
    const { shift } = fitConformalShift({ forecasts: new Float64Array(19), actuals: errors.slice(0, 19) }, {
      level: 0.9,
    });
    total++;
    if (errors[19] <= shift) covered++;
  }
  assert.ok(Math.abs(covered / total - 0.9) < 3 * Math.sqrt(0.09 / total)); // 18 of 19 in order: exactly 0.9
});

Deno.test("fitConformalShift() needs as many rows as the level says, in each regime", () => {
  const rows = (count: number) => ({ forecasts: new Float64Array(count), actuals: numbers(count, (row) => row) });
  assert.equal(fitConformalShift(rows(9), { level: 0.9 }).shift, 8);
  assert.equal(fitConformalShift(rows(9), { level: 0.1 }).shift, 0);
  for (const level of [0.9, 0.1]) {
    assert.throws(() => fitConformalShift(rows(8), { level }), {
      name: "RangeError",
      message: new RegExp(`at least 9 rows for a level of ${level}, current number is 8`),
    });
  }
  const features = { values: Float64Array.from({ length: 20 }, (_, row) => row), rows: 20, columns: ["volatility_20"] };
  const regimes = { feature: "volatility_20", groups: 3 };
  assert.throws(
    () => fitConformalShift({ ...rows(20), features }, { level: 0.9, regimes }),
    /in regime 1 of 3 by volat/,
  );
  const { regimes: own } = fitConformalShift({ ...rows(20), features }, { level: 0.8, regimes });
  assert.deepEqual(own?.shifts, [6, 12, 19]);
});

Deno.test("fitConformalShift() refuses what is missing, and features without the regime's column", () => {
  const rows = { forecasts: new Float64Array(20), actuals: numbers(20, (row) => row === 4 ? NaN : row) };
  assert.throws(() => fitConformalShift(rows, { level: 0.5 }), { name: "RangeError", message: /row 4 are 0 and NaN/ });
  const whole = { ...rows, actuals: new Float64Array(20) };
  assert.throws(() => fitConformalShift(whole, { level: 0.5, regimes: { feature: "volatility_20" } }), {
    name: "TypeError",
    message: /must have the regime's column volatility_20, current ones are none/,
  });
  assert.throws(() => fitConformalShift(whole, { level: 1 }), { name: "RangeError" });
});

Deno.test("calibrate() shifts by regime, and as on the whole where the regime is not known", () => {
  const regimes = { feature: "volatility_20", cuts: [1, 2], shifts: [10, 20, 30] };
  const features = { values: Float64Array.of(0.5, 1, 1.5, 9, NaN), rows: 5, columns: ["volatility_20"] };
  const shifted = calibrate({ method: "conformal", level: 0.9, shift: 5, regimes }, new Float64Array(5), features);
  assert.deepEqual(shifted, Float64Array.of(10, 20, 20, 30, 5));
});

Deno.test("sortQuantiles() keeps rows without crossing as they are, and misses a row whole", () => {
  const columns = [Float64Array.of(-1, 3, NaN), Float64Array.of(0, 1, 2), Float64Array.of(1, 2, 3)];
  assert.deepEqual(sortQuantiles(columns), [
    Float64Array.of(-1, 1, NaN),
    Float64Array.of(0, 2, NaN),
    Float64Array.of(1, 3, NaN),
  ]);
});

/** Returns whose volatility swings between calm and turbulent; the feature says how large it is. */
function swinging() {
  const dates = weekdays("2015-01-01", 900);
  const symbols = ["A", "B", "C", "D"];
  const normal = normalRandom(seededRandom(3));
  const index = { symbol: symbols.flatMap((name) => dates.map(() => name)), date: symbols.flatMap(() => dates) };
  const bare = Panel.fromRows({ ...index, columns: {} });
  const size = numbers(bare.rows, (row) => 0.01 * Math.exp(Math.sin(bare.dayOf[row] / 20)));
  const features = bare.with({ volatility: size, noise: numbers(bare.rows, normal) });
  const target = numbers(bare.rows, (row) => bare.dayOf[row] + 1 < dates.length ? size[row] * normal() : NaN);
  return {
    dates,
    dataset: joinRows({ features, targets: bare.with({ target }) }, { target: "target", horizonDays: 1 }),
  };
}

Deno.test("fitConformal() by regime covers calm and turbulent days alike, one shift does not", async () => {
  const { dates, dataset } = swinging();
  const folds = walkForward(dates, { firstTestDay: dates[500], refit: 200, horizonDays: 1, calibrationShare: 0.4 });
  // Trees that see no volatility: their quantiles are as wide in calm as in turbulent days.
  const blind = (alpha: number): Fit => async (rows, options) => {
    const { values, rows: count, columns } = rows.features;
    const kept = values.map((value, at) => at % columns.length === columns.indexOf("volatility") ? 0 : value);
    const features = { values: kept as Float32Array<ArrayBuffer>, rows: count, columns };
    return await fitLightgbm({ ...rows, features }, {
      ...options,
      rounds: 10,
      parameters: { objective: "quantile", alpha, num_leaves: 4 },
    });
  };
  const coverage = async (regimes?: { feature: string }) => {
    const models: Record<string, Fit> = {
      q10: (rows, options) => fitConformal(rows, { ...options, fit: blind(0.1), level: 0.1, regimes }),
      q90: (rows, options) => fitConformal(rows, { ...options, fit: blind(0.9), level: 0.9, regimes }),
    };
    const { forecasts, rows } = await walkForwardForecasts({ dataset, folds, models }, { seed: 1 });
    const actual = Float64Array.from(rows, (row) => dataset.target[row]);
    const volatility = Float64Array.from(rows, (row) => dataset.features.column("volatility")[row]);
    const [q10, q90] = ["forecast_q10", "forecast_q90"].map((name) => forecasts.column(name));
    const bounds = [...volatility].sort((a, b) => a - b);
    const shares = [0, 1, 2].map((third) => {
      const [from, to] = [third, third + 1].map((cut) => bounds[Math.floor(cut / 3 * (bounds.length - 1))]);
      const own = [...actual.keys()].filter((row) =>
        volatility[row] >= from && volatility[row] <= to && !Number.isNaN(actual[row])
      );
      return own.filter((row) => actual[row] >= q10[row] && actual[row] <= q90[row]).length / own.length;
    });
    const panel = forecasts.pick([]).with({ q10, q90, actual });
    const [interval] = judgeQuantiles(panel, { draws: 100 }).intervals;
    return { shares, whole: interval.coverage.value! };
  };
  const [one, three] = [await coverage(), await coverage({ feature: "volatility" })];
  assert.ok(Math.abs(one.whole - 0.8) < 0.05 && Math.abs(three.whole - 0.8) < 0.05);
  assert.ok(one.shares[0] > 0.95 && one.shares[2] < 0.65, `${one.shares}`);
  assert.ok(three.shares.every((share) => Math.abs(share - 0.8) < 0.08), `${three.shares}`);
});
