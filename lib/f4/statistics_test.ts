import assert from "node:assert/strict";
import { normalRandom, Panel, seededRandom, standardDeviation, weekdays } from "@lib/core";
import {
  hitRate,
  kurtosis,
  lastOutcome,
  maximumDrawdown,
  neweyWestStandardError,
  normalProbability,
  normalQuantile,
  optimalBlockLength,
  pesaranTimmermann,
  probabilisticSharpeRatio,
  probabilityOfSharpe,
  sharpeRatio,
  skewness,
  trailingMean,
} from "./mod.ts";
import golden from "./testdata/statistics.json" with { type: "json" };

const close = (actual: number, wanted: number, tolerance = 1e-12) =>
  assert.ok(
    Math.abs(actual - wanted) <= tolerance * Math.max(1, Math.abs(wanted)),
    `${actual} is not ${wanted}`,
  );
const series = Object.entries(golden.series).map(([name, values]) =>
  [name as keyof typeof golden.series, Float64Array.from(values)] as const
);

Deno.test("normalProbability() and normalQuantile() agree with scipy, far out in the tails too", () => {
  for (const [x, probability] of golden.normal) {
    assert.ok(Math.abs(normalProbability(x) / probability - 1) < 1e-12, `${x}`);
  }
  for (const [probability, x] of golden.quantile) close(normalQuantile(probability), x);
  assert.deepEqual([normalQuantile(0), normalQuantile(1), normalProbability(-50)], [-Infinity, Infinity, 0]);
  assert.throws(() => normalQuantile(1.1), RangeError);
});

Deno.test("neweyWestStandardError() agrees with statsmodels", () => {
  for (const [name, values] of series) {
    for (const [lags, error] of Object.entries(golden.neweyWest[name])) {
      close(neweyWestStandardError(values, Number(lags)), error);
    }
  }
  assert.equal(neweyWestStandardError(new Float64Array(9).fill(2), 3), 0);
});

Deno.test("optimalBlockLength() agrees with arch", () => {
  for (const [name, values] of series) close(optimalBlockLength(values), golden.blockLength[name], 1e-10);
  assert.equal(optimalBlockLength(new Float64Array(50).fill(2)), 1);
  assert.throws(() => optimalBlockLength(new Float64Array(7)), RangeError);
});

Deno.test("skewness() and kurtosis() agree with scipy", () => {
  for (const [name, values] of series) {
    close(skewness(values), golden.skewness[name]);
    close(kurtosis(values), golden.kurtosis[name]);
  }
});

Deno.test("probabilisticSharpeRatio() agrees with the formula in scipy", () => {
  for (const [name, values] of series) {
    for (const [benchmark, probability] of Object.entries(golden.psr[name])) {
      close(probabilisticSharpeRatio(values, { benchmark: Number(benchmark) }), probability);
    }
  }
});

Deno.test("probabilityOfSharpe() gives the published deflated ratio of 100 trials", () => {
  const record = { sharpe: 2.5 / Math.sqrt(250), benchmark: 0.1132, periods: 1250, skewness: -3, kurtosis: 10 };
  close(probabilityOfSharpe(record), 0.9004, 2e-4);
  assert.equal(probabilityOfSharpe({ sharpe: 0.1, benchmark: 0.1, periods: 500 }), 0.5);
});

Deno.test("pesaranTimmermann() agrees with the published formula", () => {
  const { forecast, pesaranTimmermann: wanted } = golden.signs;
  const test = pesaranTimmermann(Float64Array.from(forecast), Float64Array.from(golden.series.noise));
  close(test.statistic, wanted.statistic);
  close(test.pValue, wanted.pValue);
  const up = new Float64Array(20).fill(1);
  assert.ok(Number.isNaN(pesaranTimmermann(up, Float64Array.from(golden.series.noise.slice(0, 20))).statistic));
});

Deno.test("hitRate() reports exact zeros and leaves missing rows out", () => {
  const shares = hitRate(Float64Array.of(1, 0, -1, NaN, 2), Float64Array.of(1, 1, 1, 1, 0));
  assert.deepEqual(shares, {
    rows: 2,
    zeros: 2,
    hitRate: 0.5,
    alwaysUp: 1,
    positiveShare: 0.5,
    expectedByChance: 0.5,
  });
  assert.ok(Number.isNaN(hitRate(new Float64Array(), new Float64Array()).hitRate));
});

Deno.test("sharpeRatio() does not depend on the size of the book", () => {
  const returns = Float64Array.from(golden.series.noise);
  close(sharpeRatio(returns.map((value) => 3 * value)), sharpeRatio(returns));
  close(
    sharpeRatio(returns, { periodsPerYear: 1 }) * standardDeviation(returns) * returns.length,
    returns.reduce((a, b) => a + b),
  );
  assert.ok(Number.isNaN(sharpeRatio(new Float64Array(5))));
  assert.ok(Number.isNaN(sharpeRatio(Float64Array.of(0.1))));
});

Deno.test("maximumDrawdown() measures from the highest point, the start included", () => {
  close(maximumDrawdown(Float64Array.of(-0.1, 0.5, -0.2, -0.5, 1)), 0.6);
  close(maximumDrawdown(Float64Array.of(-0.1)), 0.1);
  assert.equal(maximumDrawdown(Float64Array.of(0.1, 0.2)), 0);
  assert.equal(maximumDrawdown(new Float64Array()), 0);
});

Deno.test("trailingMean() knows an outcome only when its horizon is over", () => {
  const normal = normalRandom(seededRandom(3));
  const actual = Float64Array.from({ length: 30 }, normal);
  const panel = Panel.fromRows({ symbol: Array(30).fill("A"), date: weekdays("2020-01-01", 30), columns: { actual } });
  const options = { horizonDays: 5, leastOutcomes: 3 };
  const whole = trailingMean(panel, options);
  assert.ok(whole.slice(0, 7).every(Number.isNaN));
  close(whole[7], (actual[0] + actual[1] + actual[2]) / 3);
  assert.equal(lastOutcome(panel, options)[7], actual[2]);
  for (let row = 7; row < 30; row++) {
    const changed = panel.with({ actual: actual.map((value, other) => other + 5 <= row ? value : 99) });
    assert.equal(trailingMean(changed, options)[row], whole[row]);
  }
});
