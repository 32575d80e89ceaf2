import assert from "node:assert/strict";
import { mean, normalRandom, seededRandom, standardDeviation } from "@lib/core";
import {
  bootstrapPath,
  bootstrapSums,
  checkRecord,
  impliedByIc,
  judgeBook,
  LIMITS,
  maximumDrawdown,
  neweyWestStandardError,
  probabilisticSharpeRatio,
  sharpeRatio,
  stationaryBootstrap,
} from "./mod.ts";

const close = (actual: number | null, wanted: number, tolerance = 1e-10) =>
  assert.ok(actual !== null && Math.abs(actual - wanted) < tolerance, `${actual} is not ${wanted}`);
const normal = normalRandom(seededRandom(21));
const gross = Float64Array.from({ length: 600 }, () => 0.0008 + 0.01 * normal());
const turnover = new Float64Array(600).fill(0.5);
const net = [0, 10].map((costBps) => ({ costBps, returns: gross.map((value) => value - costBps / 10_000 * 0.5) }));

Deno.test("judgeBook() agrees with the single statistics at each cost", () => {
  const { costs, turnover: traded } = judgeBook({ gross, net, turnover }, { draws: 200 });
  costs.forEach(({ sharpe, maximumDrawdown: drawdown, probabilisticSharpe, annualReturn }, cost) => {
    const { returns } = net[cost];
    close(sharpe.value, sharpeRatio(returns));
    close(drawdown.value, maximumDrawdown(returns));
    close(probabilisticSharpe.value, probabilisticSharpeRatio(returns));
    close(annualReturn.value, 252 * mean(returns));
    assert.ok("low" in sharpe && sharpe.low! < sharpe.value && sharpe.value < sharpe.high!);
  });
  close(traded.value, 0.5);
});

Deno.test("judgeBook() measures beta where it is given the market", () => {
  const market = gross.map((value) => value / 2);
  close(judgeBook({ gross, net, turnover }, { market, draws: 100 }).beta.value, 2);
  assert.deepEqual(judgeBook({ gross, net, turnover }, { draws: 100 }).beta, {
    value: null,
    reason: "no market return was given",
  });
});

Deno.test("judgeBook() says what it cannot know of a book that stands still, or of one day", () => {
  const still = new Float64Array(100);
  const { costs } = judgeBook({ gross: still, turnover: still, net: [{ costBps: 0, returns: still }] }, { draws: 100 });
  assert.match((costs[0].sharpe as { reason: string }).reason, /do not vary/);
  const day = Float64Array.of(0.01);
  const one = judgeBook({ gross: day, turnover: day, net: [{ costBps: 0, returns: day }] }, { draws: 100 }).costs[0];
  assert.equal(one.sharpe.value, null);
  assert.deepEqual(one.annualReturn, {
    value: 2.52,
    low: null,
    high: null,
    n: 1,
    method: "days; no interval below 20 days",
  });
});

Deno.test("judgeBook() refuses series that do not fit or are not finite", () => {
  assert.throws(() => judgeBook({ gross, net, turnover: turnover.slice(1) }), TypeError);
  assert.throws(() => judgeBook({ gross: new Float64Array(), net: [], turnover: new Float64Array() }), RangeError);
  const hole = gross.map((value, day) => day === 5 ? NaN : value);
  assert.throws(() => judgeBook({ gross: hole, net, turnover }), /the value of day 5 must be a finite number/);
});

Deno.test("bootstrapSums() has the error of theory where days are independent, and of Newey and West where not", () => {
  const error = (values: Float64Array, blockDays: number) => {
    const resamples = stationaryBootstrap(values.length, { blockDays, draws: 2000, random: seededRandom(2) });
    return bootstrapSums({ values }, { mean: (sum) => sum.values / values.length }, resamples).mean.standardError;
  };
  close(error(gross, 1) / (standardDeviation(gross) / Math.sqrt(gross.length)), 1, 0.05);
  const slow = gross.map((_, day) => mean(gross.slice(Math.max(0, day - 4), day + 1)));
  close(error(slow, 20) / neweyWestStandardError(slow, 20), 1, 0.1);
  assert.ok(error(slow, 20) > 1.5 * error(slow, 1));
});

Deno.test("bootstrapPath() resamples paths, not sums", () => {
  const resamples = stationaryBootstrap(600, { blockDays: 5, draws: 300, random: seededRandom(2) });
  const { value, low, high } = bootstrapPath(gross, maximumDrawdown, resamples);
  assert.equal(value, maximumDrawdown(gross));
  assert.ok(0 < low && low < high && high < 1);
});

Deno.test("stationaryBootstrap() draws blocks of the length that it is asked for", () => {
  const { indices } = stationaryBootstrap(500, { blockDays: 10, draws: 100, random: seededRandom(3) });
  let breaks = 0;
  indices.forEach((day, position) => {
    if (position % 500 !== 0 && day !== (indices[position - 1] + 1) % 500) breaks++;
  });
  close(breaks / indices.length, 0.1, 0.005);
  assert.throws(() => stationaryBootstrap(0, { blockDays: 1, draws: 1, random: Math.random }), RangeError);
});

Deno.test("impliedByIc() gives the published table, and the hit rates of a simulation with drifts", () => {
  const table = [[0.02, 0.506, 0.0004, 0.25], [0.1, 0.532, 0.01, 1.27], [0.35, 0.614, 0.12, 4.6], [
    0.67,
    0.734,
    0.45,
    10,
  ]];
  for (const [ic, hits, squared, sharpe] of table) {
    const implied = impliedByIc(ic);
    close(implied.hitRate, hits, 5e-4);
    close(implied.rSquared, squared, 3e-3);
    close(implied.sharpe, sharpe, 0.05);
  }
  const [forecastDrift, actualDrift, ic] = [0.5, 0.2, 0.1];
  let [hits, saidUp, up, sum, squares] = [0, 0, 0, 0, 0];
  const rows = 400_000;
  for (let row = 0; row < rows; row++) {
    const signal = normal();
    const [forecast, actual] = [forecastDrift + signal, actualDrift + ic * signal + Math.sqrt(1 - ic ** 2) * normal()];
    if (forecast > 0) saidUp++;
    if (actual > 0) up++;
    if (forecast > 0 === actual > 0) hits++;
    sum += Math.sign(forecast) * actual;
    squares += actual ** 2;
  }
  const [a, b] = [up / rows, saidUp / rows];
  const expectedByChance = a * b + (1 - a) * (1 - b);
  const implied = impliedByIc(ic, { forecastDrift, actualDrift, expectedByChance, periodsPerYear: 1 });
  close(hits / rows, implied.hitRate, 3e-3);
  close(sum / rows / Math.sqrt(squares / rows - (sum / rows) ** 2), implied.sharpe, 5e-3);
});

Deno.test("checkRecord() finds the claim of IC 0.67 with a Sharpe ratio near 1 impossible, and an honest one not", () => {
  const claimed = checkRecord({ ic: 0.67, hitRate: 0.67, rSquared: 0.1, sharpe: 1.2, observations: 2270 });
  assert.deepEqual(claimed.map(({ contradicts }) => contradicts), [false, false, true]);
  const honest = checkRecord({ ic: 0.05, hitRate: 0.52, rSquared: -0.01, sharpe: 0.4, observations: 2270 });
  assert.ok(honest.every(({ contradicts }) => !contradicts));
  assert.equal(checkRecord({ ic: 0.02, rSquared: 0.1, observations: 2270 })[0].contradicts, true);
  assert.deepEqual(checkRecord({ ic: 0.1, observations: 10 }), []);
  assert.throws(() => checkRecord({ ic: 1.2, observations: 10 }), RangeError);
});

Deno.test("LIMITS says of each limit what it bounds and why", () => {
  for (const { value, bounds, argument } of Object.values(LIMITS)) {
    assert.ok(Number.isFinite(value) && bounds.length > 5 && argument.length > 20);
  }
});
