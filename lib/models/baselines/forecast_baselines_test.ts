import assert from "node:assert/strict";
import { Panel, seededRandom, weekdays } from "@lib/core";
import { baselineNames, forecastBaselines } from "./forecast_baselines.ts";

const random = seededRandom(5);
const dates = weekdays("2020-01-01", 300);
const returns = Float64Array.from({ length: 600 }, () => (random() - 0.5) / 10);
const marketUpTo = (days: number, change = (value: number, _row: number) => value) =>
  Panel.fromRows({
    symbol: ["A", "B"].flatMap((symbol) => Array(days).fill(symbol)),
    date: [...dates.slice(0, days), ...dates.slice(0, days)],
    columns: {
      return: Float64Array.from({ length: 2 * days }, (_, row) => {
        const source = row < days ? row : row - days + 300;
        return change(returns[source], source);
      }),
    },
  });
const market = marketUpTo(300);

const compounded = (from: number, to: number) =>
  returns.slice(from, to).reduce((growth, value) => growth * (1 + value), 1) - 1;
const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-14, `${actual} ${expected}`);

Deno.test("forecastBaselines() are what their definitions say, by hand", () => {
  const baselines = forecastBaselines(market, { horizonDays: 5 });
  const row = 590; // day 290 of the second symbol
  const value = (name: string) => baselines.column(`forecast_${name}`)[row];
  assert.equal(value("zero"), 0);
  assert.equal(value("always_up"), 0.0005);
  near(value("trailing_mean"), 5 * returns.slice(300, 591).reduce((sum, r) => sum + r) / 291);
  near(value("last_value"), compounded(586, 591));
  assert.equal(value("reversal_1"), -returns[590]);
  near(value("momentum_12_1"), compounded(590 - 251, 590 - 20) * 5 / 231);
  assert.deepEqual(baselines.names, baselineNames.map((name) => `forecast_${name}`));
});

Deno.test("forecastBaselines() are unchanged when the future is cut off", () => {
  const whole = forecastBaselines(market, { horizonDays: 5 });
  for (const days of [1, 4, 20, 260]) {
    const cut = forecastBaselines(marketUpTo(days), { horizonDays: 5 });
    for (const name of cut.names) {
      assert.deepEqual(cut.column(name).slice(0, days), whole.column(name).slice(0, days), name);
      assert.deepEqual(cut.column(name).slice(days), whole.column(name).slice(300, 300 + days), name);
    }
  }
});

Deno.test("forecastBaselines() are missing where a return they need is", () => {
  const gapped = marketUpTo(300, (value, row) => row === 100 ? NaN : value);
  const baselines = forecastBaselines(gapped, { horizonDays: 5 });
  const missing = (name: string) =>
    baselines.column(`forecast_${name}`).subarray(0, 300).reduce(
      (count, value) => count + Number(Number.isNaN(value)),
      0,
    );
  assert.deepEqual(
    ["zero", "always_up", "trailing_mean", "last_value", "reversal_1", "momentum_12_1"].map(missing),
    [0, 0, 0, 9, 1, 300],
  );
});

Deno.test("forecastBaselines() refuse unknown names, columns and horizons", () => {
  assert.throws(() => forecastBaselines(market, { names: ["naive" as "zero"] }), { name: "RangeError" });
  assert.throws(() => forecastBaselines(market, { returns: "close" }), /must be one of return, current value is close/);
  assert.throws(() => forecastBaselines(market, { horizonDays: 0 }), /horizonDays must be an integer of at least 1/);
  assert.deepEqual(forecastBaselines(market, { names: ["zero"] }).names, ["forecast_zero"]);
});
