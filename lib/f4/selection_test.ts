import assert from "node:assert/strict";
import { normalRandom, seededRandom } from "@lib/core";
import {
  adaptiveConformal,
  christoffersen,
  clarkWest,
  dieboldMariano,
  expectedBestSharpe,
  expectedMaximum,
  falseDiscoveryRate,
  minimumBacktestLength,
  overfittingProbability,
  probabilityOfSharpe,
  stationaryBootstrap,
  studentProbability,
  superiorAbility,
} from "@lib/f4";
import golden from "./testdata/selection.json" with { type: "json" };

const close = (actual: number, wanted: number, tolerance = 1e-10) =>
  assert.ok(Math.abs(actual - wanted) <= tolerance * Math.max(Math.abs(wanted), 1e-30), `${actual} is not ${wanted}`);
const trials = golden.trials.map((own) => Float64Array.from(own));
const [actual, good, bad] = [golden.actual, golden.good, golden.bad].map((own) => Float64Array.from(own));
const squaredErrors = (forecast: Float64Array) => forecast.map((value, period) => (actual[period] - value) ** 2);

Deno.test("`expectedMaximum()` agrees with scipy and with the published values", () => {
  for (const [trials, wanted] of golden.expectedMaximum) close(expectedMaximum(trials), wanted);
  const published = { 10: "1.575", 45: "2.236", 100: "2.531", 1000: "3.255" };
  for (const [trials, wanted] of Object.entries(published)) {
    assert.equal(expectedMaximum(Number(trials)).toFixed(3), wanted);
  }
  assert.equal(expectedMaximum(1), 0);
  assert.throws(() => expectedMaximum(0), /trials must be an integer of at least 1, current value is 0/);
});

Deno.test("`expectedBestSharpe()` deflates the published record as published", () => {
  const record = { sharpe: 2.5 / Math.sqrt(250), periods: 1250, skewness: -3, kurtosis: 10 };
  const deflated = (trials: number) =>
    probabilityOfSharpe({ ...record, benchmark: expectedBestSharpe({ trials, variance: 0.5 / 250 }) });
  close(deflated(100), 0.9004, 1e-3);
  close(deflated(46), 0.9505, 1e-3);
  assert.equal(deflated(1), probabilityOfSharpe(record));
  assert.throws(() => expectedBestSharpe({ trials: 3, variance: -1 }), RangeError);
});

Deno.test("`minimumBacktestLength()` falls with the square of the ratio that is shown", () => {
  close(minimumBacktestLength({ trials: 45, sharpe: 2 }), minimumBacktestLength({ trials: 45 }) / 4);
  assert.throws(() => minimumBacktestLength({ trials: 45, sharpe: 0 }), RangeError);
});

Deno.test("`falseDiscoveryRate()` agrees with statsmodels, and skips what was not tested", () => {
  const pValues = Float64Array.from(golden.pValues);
  for (const dependence of ["positive", "any"] as const) {
    const adjusted = falseDiscoveryRate(pValues, { dependence });
    adjusted.forEach((value, test) => close(value, golden.adjusted[dependence][test]));
    const withGaps = falseDiscoveryRate(Float64Array.of(NaN, ...pValues, NaN), { dependence });
    assert.deepEqual(withGaps.subarray(1, -1), adjusted);
    assert.ok(Number.isNaN(withGaps[0]));
  }
  assert.equal(falseDiscoveryRate(new Float64Array()).length, 0);
  assert.throws(() => falseDiscoveryRate(Float64Array.of(0.1, 1.1)), /p-value 1 must be a finite number from 0 to 1/);
});

Deno.test("`overfittingProbability()` agrees with the definition", () => {
  for (const [blocks, wanted] of Object.entries(golden.overfitting)) {
    const { ranks, ...rest } = overfittingProbability(trials, { blocks: Number(blocks) });
    close(ranks.reduce((sum, rank) => sum + rank, 0), wanted.sumOfRanks);
    const { sumOfRanks: _, ...others } = wanted;
    assert.deepEqual(rest, others);
  }
});

Deno.test("`overfittingProbability()` is about one half on noise, and near 0 where one trial is better", () => {
  const normal = normalRandom(seededRandom(11));
  const probabilities = Array.from({ length: 20 }, () => {
    const noise = Array.from({ length: 20 }, () => Float64Array.from({ length: 320 }, normal));
    return overfittingProbability(noise, { blocks: 8 }).probability;
  });
  const average = probabilities.reduce((sum, value) => sum + value) / 20;
  assert.ok(average > 0.4 && average < 0.6, `${average}`);
  const noise = Array.from({ length: 20 }, () => Float64Array.from({ length: 320 }, normal));
  noise[7] = noise[7].map((value) => value + 0.5);
  const { probability, splits } = overfittingProbability(noise);
  assert.ok(probability < 0.01, `${probability}`);
  assert.equal(splits, 12_870);
});

Deno.test("`overfittingProbability()` refuses what cannot be split", () => {
  assert.throws(() => overfittingProbability([trials[0]]), /the number of trials must be an integer of at least 2/);
  assert.throws(() => overfittingProbability(trials, { blocks: 5 }), /half of blocks must be an integer/);
  assert.throws(() => overfittingProbability(trials, { blocks: 22 }), /half of blocks must be an integer from 1 to 10/);
  assert.throws(() => overfittingProbability(trials.map((own) => own.slice(0, 31))), /periods .* of at least 32/);
  assert.throws(() => overfittingProbability([trials[0], trials[1].slice(1)], { blocks: 4 }), TypeError);
  const still = [new Float64Array(40), new Float64Array(40)];
  assert.equal(overfittingProbability(still, { blocks: 4 }).probability, 1); // a tie is no win: the rank is the median
});

Deno.test("`studentProbability()` agrees with scipy, far out in the tails too", () => {
  for (const [t, degrees, wanted] of golden.student) close(studentProbability(t, { degrees }), wanted);
  assert.ok(Number.isNaN(studentProbability(NaN, { degrees: 3 })));
  assert.throws(() => studentProbability(1, { degrees: 0 }), RangeError);
});

Deno.test("`dieboldMariano()` agrees with the published formulas", () => {
  for (const [horizon, wanted] of Object.entries(golden.dieboldMariano)) {
    const test = dieboldMariano(squaredErrors(bad), squaredErrors(good), { horizon: Number(horizon) });
    close(test.statistic, wanted.statistic);
    close(test.pValue, wanted.pValue);
  }
  assert.ok(Number.isNaN(dieboldMariano(actual, actual).statistic));
  assert.throws(() => dieboldMariano(actual, actual.slice(1)), TypeError);
});

Deno.test("`clarkWest()` agrees with statsmodels", () => {
  const wanted = golden.clarkWest;
  close(clarkWest(good, actual).statistic, wanted.zero.statistic);
  close(clarkWest(good, actual).pValue, wanted.zero.pValue);
  close(clarkWest(good, actual, { benchmark: bad, horizon: 5 }).statistic, wanted.bad.statistic);
  assert.ok(Number.isNaN(clarkWest(new Float64Array(120), actual).pValue));
});

Deno.test("`christoffersen()` agrees with scipy, and sees clusters of misses", () => {
  for (const name of ["even", "clustered"] as const) {
    const { coverage, ...tests } = christoffersen(golden.inside[name], { confidence: 0.9 });
    assert.equal(coverage, golden.inside[name].filter(Boolean).length / golden.inside[name].length);
    for (const [test, { statistic, pValue }] of Object.entries(golden.christoffersen[name])) {
      close(tests[test as keyof typeof tests].statistic, statistic, 1e-8);
      close(tests[test as keyof typeof tests].pValue, pValue, 1e-8);
    }
  }
  assert.ok(golden.christoffersen.clustered.independence.pValue < 1e-6);
  const always = christoffersen(Array(50).fill(true), { confidence: 0.9 });
  assert.ok(always.unconditional.pValue < 0.01 && always.independence.statistic === 0);
  assert.ok(Number.isNaN(christoffersen([true], { confidence: 0.9 }).conditional.statistic));
});

Deno.test("`superiorAbility()` agrees with arch on the same draws", () => {
  const { indices, consistent, lower, upper, superior } = golden.superiorAbility;
  const gains = golden.gains.map((own) => Float64Array.from(own));
  const resamples = { draws: indices.length, days: gains[0].length, indices: Int32Array.from(indices.flat()) };
  const test = superiorAbility(gains, { resamples, blockDays: 4, level: 0.1 });
  assert.deepEqual(test, { pValue: consistent, lower, upper, superior });
  assert.throws(() => superiorAbility([gains[0].slice(1)], { resamples, blockDays: 4 }), TypeError);
  assert.throws(() => superiorAbility([], { resamples, blockDays: 4 }), /the number of trials/);
});

Deno.test("`superiorAbility()` of trials without skill is below 0.1 in about one case of ten", () => {
  const random = seededRandom(21);
  const normal = normalRandom(random);
  let found = 0;
  for (let market = 0; market < 200; market++) {
    const gains = Array.from({ length: 10 }, () => Float64Array.from({ length: 100 }, normal));
    const resamples = stationaryBootstrap(100, { blockDays: 1, draws: 100, random });
    if (superiorAbility(gains, { resamples, blockDays: 1 }).pValue < 0.1) found++;
  }
  assert.ok(found > 6 && found < 38, `${found} of 200`);
});

Deno.test("`adaptiveConformal()` agrees with the recursion in numpy, and refuses options out of range", () => {
  const scores = Float64Array.from(golden.scores);
  const { reach, level } = adaptiveConformal(scores, { confidence: 0.9, rate: 0.17, windowPeriods: 40, delay: 3 });
  golden.adaptive.level.forEach((wanted, period) => assert.ok(Math.abs(level[period] - wanted) < 1e-12));
  golden.adaptive.reach.forEach((wanted, period) => {
    if (typeof wanted === "number") close(reach[period], wanted);
    else assert.equal(reach[period], wanted === null ? NaN : Infinity);
  });
  assert.ok(golden.adaptive.reach.includes("Infinity"));
  const { level: fixed } = adaptiveConformal(scores, { rate: 0 });
  assert.ok(fixed.every((value) => value === fixed[0]));
  assert.throws(() => adaptiveConformal(scores, { delay: 0 }), RangeError);
  assert.throws(() => adaptiveConformal(scores, { windowPeriods: 10 }), RangeError);
});
