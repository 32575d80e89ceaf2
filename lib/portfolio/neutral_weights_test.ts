import assert from "node:assert/strict";
import { assertAlmostEqual, normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import { neutralWeights, statisticalFactors } from "./mod.ts";

const [names, days] = [12, 60];
const normal = normalRandom(seededRandom(4));
const date = weekdays("2020-01-01", days);
const common = [date.map(() => normal()), date.map(() => normal())];
const panel = Panel.fromRows({
  symbol: Array.from({ length: names * days }, (_, row) => `N${String(Math.floor(row / days)).padStart(2, "0")}`),
  date: Array.from({ length: names * days }, (_, row) => date[row % days]),
  columns: {
    weight: Float64Array.from({ length: names * days }, normal),
    // two factors that move everything, and little else
    return: Float64Array.from({ length: names * days }, (_, row) => {
      const [name, day] = [Math.floor(row / days), row % days];
      return 0.01 * (1 + name / 10) * (common[0][day] + Math.cos(name) * common[1][day]) + 1e-5 * normal();
    }),
  },
});
const lastDay = panel.rowsOfDay(days - 1);
const sumOf = (values: Float64Array, by = values.map(() => 1)) =>
  values.reduce((sum, value, row) => sum + value * by[row], 0);
const onLastDay = (column: Float64Array) => Float64Array.from(lastDay, (row) => column[row]);

Deno.test("neutralWeights() leaves no exposure and the asked size", () => {
  const factors = statisticalFactors(panel, { factors: 3, windowDays: 40 });
  const book = neutralWeights(panel.with({ ...factors.columns }), { exposures: factors.names, grossExposure: 2 });
  const weights = onLastDay(book.column("weight"));
  assertAlmostEqual([sumOf(weights), ...factors.names.map((name) => sumOf(weights, onLastDay(factors.column(name))))], [
    0,
    0,
    0,
    0,
  ], 1e-12);
  assertAlmostEqual([sumOf(weights.map(Math.abs))], [2]);
});

Deno.test("neutralWeights() gives a name of unknown exposure no place, and all 0 where nothing can be neutral", () => {
  const beta = panel.column("return").slice();
  beta[lastDay[3]] = NaN;
  const weights = onLastDay(neutralWeights(panel.with({ beta }), { exposures: ["beta"] }).column("weight"));
  assert.equal(weights[3], 0);
  assertAlmostEqual([sumOf(weights.map(Math.abs))], [1]);
  const two = panel.select((row) => panel.symbolOf[row] < 2).with({});
  assert.ok(neutralWeights(two, { exposures: ["return"] }).column("weight").every((weight) => weight === 0));
});

Deno.test("statisticalFactors() finds what moves the market", () => {
  const factors = statisticalFactors(panel, { factors: 2, windowDays: 40 });
  const book = neutralWeights(panel.with({ ...factors.columns }), { exposures: factors.names });
  const weights = onLastDay(book.column("weight"));
  // two factors explain nearly all: a neutral book hardly moves on any day of the window
  for (let day = days - 20; day < days; day++) {
    const returns = Float64Array.from(panel.rowsOfDay(day), (row) => panel.column("return")[row]);
    assert.ok(Math.abs(sumOf(weights, returns)) < 1e-4);
  }
});

Deno.test("statisticalFactors() is unchanged to the last bit when the future is cut off", () => {
  const options = { factors: 3, windowDays: 20, refreshDays: 5 };
  const whole = statisticalFactors(panel, options);
  const past = statisticalFactors(panel.select((row) => panel.dayOf[row] < 41), options);
  for (const name of whole.names) {
    assert.deepEqual(past.column(name), whole.select((row) => whole.dayOf[row] < 41).column(name));
  }
});

Deno.test("statisticalFactors() is unchanged by a name that comes later", () => {
  const options = { factors: 3, windowDays: 20, refreshDays: 5 };
  const withoutLate = panel.select((row) => panel.symbolOf[row] !== 4 && panel.dayOf[row] < 41);
  const withLate = panel.select((row) => panel.symbolOf[row] !== 4 || panel.dayOf[row] >= 41);
  const [before, after] = [statisticalFactors(withoutLate, options), statisticalFactors(withLate, options)];
  for (const name of before.names) {
    assert.deepEqual(after.select((row) => after.dayOf[row] < 41).column(name), before.column(name));
  }
});

Deno.test("statisticalFactors() survives gaps, constants and more factors than names", () => {
  const returns = panel.column("return").slice().fill(0, 0, days);
  returns[days + 50] = NaN;
  const factors = statisticalFactors(panel.with({ return: returns }), { factors: 20, windowDays: 30 });
  assert.equal(factors.column("factor_1")[days - 1], 0);
  assert.ok(factors.column("factor_20").subarray(30, days).every(Number.isFinite));
  assert.ok(Number.isNaN(factors.column("factor_1")[0]));
  assert.throws(() => statisticalFactors(panel, { factors: 0 }), { name: "RangeError" });
});
