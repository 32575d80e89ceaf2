import assert from "node:assert/strict";
import { normalRandom, seededRandom, stableJson, weekdays } from "@lib/core";
import {
  expectedMaximum,
  neededDeviate,
  normalProbability,
  probabilityOfSharpe,
  type ToldTrial,
  type TrialsTold,
  type WeighedClaim,
  weighTrials,
} from "./mod.ts";

const close = (actual: number | null, wanted: number, tolerance = 1e-10) =>
  assert.ok(actual !== null && Math.abs(actual - wanted) < tolerance, `${actual} is not ${wanted}`);

const told = (hash: string, t: number | null, name = "rank IC", horizonDays = 1): ToldTrial => ({
  hash,
  judged: { horizonDays },
  metric: { name, t },
});

/** A ledger with `trials` looks, of which those with the given t are recorded, the claim last. */
const ledgerOf = (t: readonly number[], trials = t.length): TrialsTold => ({
  trials,
  recorded: t.length,
  admitted: trials - t.length,
  metrics: t.map((value, index) => told(`${index}`, value)),
  series: [],
});

const claimOf = (z: number, { record = "claim", days = 0 } = {}): WeighedClaim => ({
  record,
  z,
  value: z / 100,
  dates: weekdays("2020-01-01", Math.max(1, days)).slice(0, days),
  values: new Float64Array(days),
  metric: "rank IC",
  horizonDays: 1,
  periodsPerYear: 252,
  probabilityAbove: (benchmark) => normalProbability(z - benchmark),
});

/** Deviates with the standard deviation s: two at each side. */
const scattered = (s: number, count: number) =>
  Array.from({ length: count }, (_, index) => (index % 2 === 0 ? s : -s) * Math.sqrt((count - 1) / count));

Deno.test("`weighTrials()` gives the published deflated Sharpe ratios of 100 and of 46 trials", () => {
  const periods = 1250;
  const sharpe = 2.5 / Math.sqrt(250);
  const record = { sharpe, periods, skewness: -3, kurtosis: 10 };
  const root = Math.sqrt(periods - 1);
  const claim = {
    ...claimOf(sharpe * root),
    probabilityAbove: (benchmark: number) => probabilityOfSharpe({ ...record, benchmark: benchmark / root }),
  };
  const spread = Math.sqrt(0.5 / 250) * root;
  for (const [trials, wanted] of [[100, 0.9004], [46, 0.9505]]) {
    const { deflated, spread: { value, source }, expectedBest } = weighTrials(
      claim,
      ledgerOf(scattered(spread, 20), trials),
    );
    assert.equal(source, "ledger");
    close(value, spread);
    close(deflated.value, wanted, 5e-5);
    if (trials === 100) close(expectedBest.z / root, 0.1132, 5e-5);
  }
});

Deno.test("`weighTrials()` takes the spread from the ledger where it is known, and never less than sampling gives", () => {
  const spread = (t: readonly number[]) => weighTrials(claimOf(3), ledgerOf(t)).spread;
  assert.deepEqual(spread(scattered(3, 9)), { value: 1, source: "sampling", trials: 9 });
  assert.equal(spread(scattered(3, 10)).source, "ledger");
  assert.deepEqual(spread(scattered(0.01, 50)), { value: 1, source: "sampling", trials: 50 });
  const others = { ...ledgerOf(scattered(1, 10)), metrics: scattered(9, 30).map((t) => told("x", t, "rank IC", 20)) };
  assert.deepEqual(weighTrials(claimOf(3), others).spread, { value: 1, source: "sampling", trials: 0 });
});

Deno.test("`weighTrials()` lets no repetition of a claim make it cheaper", () => {
  let before = 1;
  for (const count of [1, 2, 10, 50, 200]) {
    const { deflated } = weighTrials(claimOf(4), ledgerOf(new Array(count).fill(4)));
    assert.ok(deflated.value! < before, `${count} trials`);
    before = deflated.value!;
  }
});

Deno.test("`weighTrials()` passes 5 in 100 families of one, and fewer of many, where nobody knows anything", () => {
  const normal = normalRandom(seededRandom(8));
  for (const [trials, most] of [[1, 0.065], [10, 0.01], [50, 0.005]]) {
    let passes = 0;
    const families = 2000;
    for (let family = 0; family < families; family++) {
      const t = Array.from({ length: trials }, () => normal());
      const best = Math.max(...t);
      if (weighTrials(claimOf(best), ledgerOf(t)).deflated.value! >= 0.95) passes++;
    }
    assert.ok(passes / families <= most, `${passes} of ${families} with ${trials} trials`);
  }
});

Deno.test("`weighTrials()` lets any of many claims in a row pass in 5 of 100, where the benchmark alone lets more", () => {
  const normal = normalRandom(seededRandom(9));
  const families = 4000;
  let [byBoth, byBenchmark] = [0, 0];
  for (let family = 0; family < families; family++) {
    const t: number[] = [];
    const passes = Array.from({ length: 8 }, () => {
      t.push(normal());
      const { deflated, anyClaimP } = weighTrials(claimOf(t.at(-1)!), ledgerOf(t));
      return { deflated: deflated.value! >= 0.95, both: deflated.value! >= 0.95 && anyClaimP.value! <= 0.05 };
    });
    if (passes.some(({ both }) => both)) byBoth++;
    if (passes.some(({ deflated }) => deflated)) byBenchmark++;
  }
  assert.ok(byBoth / families < 0.055, `${byBoth} of ${families}`);
  assert.ok(byBenchmark / families > 0.055, `${byBenchmark} of ${families}`);
});

Deno.test("`neededDeviate()` is where both conditions on trials are just met", () => {
  for (const trials of [1, 2, 40, 1000]) {
    const { years, deflated, anyClaimP } = weighTrials(claimOf(neededDeviate(trials)), ledgerOf([0], trials));
    close(years.needed.value, years.atHand, 1e-6);
    assert.ok(deflated.value! >= 0.95 && Math.abs(anyClaimP.value! - 0.05) < 1e-6);
  }
});

Deno.test("`weighTrials()` says what a claim costs in years, and what the best of noise would show", () => {
  const { years, expectedBest, familyWiseP } = weighTrials(claimOf(2, { days: 504 }), ledgerOf([2], 45));
  const maximum = expectedMaximum(45);
  close(years.atHand, 2);
  close(years.minimum.value, 2 * (maximum / 2) ** 2);
  close(years.needed.value, 2 * (neededDeviate(45) / 2) ** 2);
  close(expectedBest.value.value, maximum / 100);
  close(familyWiseP.value, 1 - normalProbability(2) ** 45);
  const sunk = weighTrials(claimOf(-1), ledgerOf([-1]));
  assert.match("reason" in sunk.years.needed ? sunk.years.needed.reason : "", /not above 0/);
});

Deno.test("`weighTrials()` counts admitted trials as tests that found nothing", () => {
  const { falseDiscovery } = weighTrials(claimOf(3, { record: "1" }), ledgerOf([1, 3], 10));
  assert.ok("p" in falseDiscovery);
  close(falseDiscovery.p, normalProbability(-3));
  close(falseDiscovery.adjusted, 10 * normalProbability(-3));
  const none = weighTrials(claimOf(3, { record: "unknown" }), ledgerOf([1, 3], 10)).falseDiscovery;
  assert.deepEqual(none, { value: null, reason: "the claim has no test of its own" });
});

Deno.test("`weighTrials()` compares day by day the trials that know the claim's days", () => {
  const normal = normalRandom(seededRandom(3));
  const dates = weekdays("2020-01-01", 200);
  const own = Float64Array.from(dates, normal);
  const metrics = Array.from({ length: 8 }, (_, index) => told(`${index}`, 1));
  const like = (share: number) => own.map((value) => share * value + Math.sqrt(1 - share ** 2) * normal());
  const series = metrics.map((record, index) => {
    const short = index === 7 ? 100 : 200; // the last knows half of the days
    return { record, dates: dates.slice(0, short), values: like(index === 0 ? 1 : 0).slice(0, short) };
  });
  const claim = { ...claimOf(1, { record: "0" }), dates, values: own };
  const { overfitting, effectiveTrials } = weighTrials(claim, { ...ledgerOf([]), trials: 8, metrics, series });
  assert.ok("trials" in overfitting && overfitting.trials === 7 && overfitting.days === 200);
  assert.ok(effectiveTrials.value! > 7.5 && effectiveTrials.value! <= 8);
  const alike = series.slice(0, 7).map((one) => ({ ...one, values: like(0.999) }));
  const same = weighTrials(claim, { ...ledgerOf([]), trials: 8, metrics, series: alike });
  assert.ok(same.effectiveTrials.value! < 1.1);
  const few = weighTrials(claim, { ...ledgerOf([]), trials: 8, metrics, series: series.slice(0, 4) });
  assert.match("reason" in few.overfitting ? few.overfitting.reason : "", /4 trials have left daily values .* below 5/);
});

Deno.test("`weighTrials()` gives a reason where a claim has no error", () => {
  const score = weighTrials(claimOf(NaN), ledgerOf([1, 2]));
  assert.match(stableJson(score), /the claim has no error to be weighed by/);
  assert.equal(weighTrials(claimOf(0), ledgerOf([0])).expectedBest.value.value, null);
});
