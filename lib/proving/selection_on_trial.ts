import { normalRandom, type Random, seededRandom, standardDeviation } from "@lib/core";
import {
  expectedBestSharpe,
  expectedMaximum,
  falseDiscoveryRate,
  normalProbability,
  normalQuantile,
  overfittingProbability,
  probabilisticSharpeRatio,
  sharpeRatio,
  stationaryBootstrap,
  superiorAbility,
} from "@lib/f4";
import type { Experiment, Outcome } from "./experiment.ts";

const REPETITIONS = 1000;

/** The experiments on what corrects for having tried much: each on trials without skill, and with one that has some. */
export const selectionOnTrial: readonly Experiment[] = [
  {
    ...common("Best of many", "the largest of 10, and of 100, standard normal numbers"),
    claims: [10, 100].map((trials) => ({
      key: `best${trials}`,
      what: `best of ${trials}`,
      kind: "mean" as const,
      expected: expectedMaximum(trials),
      relation: "equal" as const,
      authority: "Bailey, Borwein, Lopez de Prado and Zhu 2014: an approximation for many trials",
    })),
    run: repeat((_, normal) => ({
      best10: Math.max(...Array.from({ length: 10 }, normal)),
      best100: Math.max(...Array.from({ length: 100 }, normal)),
    })),
  },
  {
    ...common("Deflated Sharpe ratio", "the best of 20 trials over 500 days, without skill, or one with 0.2 a day"),
    claims: [
      {
        key: "falseAlarm",
        what: "false alarms",
        kind: "share",
        expected: 0.05,
        relation: "at most",
        authority: "Bailey and Lopez de Prado 2014: above 0.95 against the expected best",
      },
      {
        key: "undeflated",
        what: "false alarms of the same record by PSR, as if it were the only trial",
        kind: "share",
        expected: 1 - 0.95 ** 20,
        relation: "equal",
        authority: "20 independent trials at 5 % each",
      },
      { key: "found", what: "found", kind: "share", expected: null, relation: "equal", authority: "no formula" },
    ],
    run: repeat((_, normal) => {
      const noise = trialsOf(20, 500, normal);
      const skilled = [...noise.slice(1), noise[0].map((value) => value + 0.2)];
      return {
        falseAlarm: Number(deflatedBest(noise) > 0.95),
        undeflated: Number(Math.max(...noise.map((own) => probabilisticSharpeRatio(own))) > 0.95),
        found: Number(deflatedBest(skilled) > 0.95),
      };
    }),
  },
  {
    ...common(
      "Probability of overfitting",
      "20 trials over 320 days in 8 blocks, without skill, or one with 0.25 a day",
    ),
    repetitions: REPETITIONS / 2,
    claims: [
      {
        key: "noise",
        what: "mean probability without skill",
        kind: "mean",
        expected: 0.5,
        relation: "equal",
        authority: "Bailey, Borwein, Lopez de Prado and Zhu 2017: the best of equals is a draw",
      },
      {
        key: "skill",
        what: "mean probability with one skilled trial",
        kind: "mean",
        expected: null,
        relation: "at most",
        authority: "near 0: a trial that is better throughout wins both halves",
      },
    ],
    run: repeat((_, normal) => {
      const noise = trialsOf(20, 320, normal);
      const skilled = [...noise.slice(1), noise[0].map((value) => value + 0.25)];
      const probability = (trials: Float64Array[]) => overfittingProbability(trials, { blocks: 8 }).probability;
      return { noise: probability(noise), skill: probability(skilled) };
    }),
  },
  {
    ...common(
      "Superior predictive ability",
      "10 trials over 200 days, 200 draws, without skill, or one with 0.25 a day",
    ),
    claims: [
      {
        key: "falseAlarm",
        what: "false alarms",
        kind: "share",
        expected: 0.05,
        relation: "equal",
        authority: "Hansen 2005: nominal where all trials equal the benchmark",
      },
      {
        key: "poorFalseAlarm",
        what: "false alarms where half of the trials are bad",
        kind: "share",
        expected: 0.05,
        relation: "at most",
        authority: "Hansen 2005: bad trials must not hide, nor make, a good one",
      },
      {
        key: "found",
        what: "found",
        kind: "share",
        expected: normalProbability(0.25 * Math.sqrt(200) - normalQuantile(0.95 ** 0.1)),
        relation: "equal",
        authority: "the skilled trial alone above the 95 % point of the best of 10",
      },
    ],
    run: repeat((random, normal) => {
      const noise = trialsOf(10, 200, normal);
      const resamples = stationaryBootstrap(200, { blockDays: 1, draws: 200, random });
      const isFound = (gains: Float64Array[]) =>
        Number(superiorAbility(gains, { resamples, blockDays: 1 }).pValue < 0.05);
      return {
        falseAlarm: isFound(noise),
        poorFalseAlarm: isFound(noise.map((own, trial) => trial < 5 ? own : own.map((value) => value - 1))),
        found: isFound([...noise.slice(1), noise[0].map((value) => value + 0.25)]),
      };
    }),
  },
  {
    ...common("Benjamini-Hochberg", "20 one-sided tests at a rate of 0.1: 15 true nulls and 5 effects of three errors"),
    claims: [
      {
        key: "falseShare",
        what: "share of false ones among the discoveries",
        kind: "mean",
        expected: 0.1 * 15 / 20,
        relation: "equal",
        authority: "Benjamini and Hochberg 1995: the rate times the share of true nulls",
      },
      {
        key: "anyOfNone",
        what: "any discovery where all 20 are true nulls",
        kind: "share",
        expected: 0.1,
        relation: "equal",
        authority: "Benjamini and Hochberg 1995: the rate itself",
      },
      {
        key: "foundShare",
        what: "share of effects found",
        kind: "mean",
        expected: null,
        relation: "equal",
        authority: "no formula",
      },
    ],
    run: repeat((_, normal) => {
      const statistics = Float64Array.from({ length: 20 }, normal);
      const discovered = (shifts: (test: number) => number) =>
        Array.from(falseDiscoveryRate(statistics.map((z, test) => normalProbability(-z - shifts(test)))))
          .flatMap((adjusted, test) => adjusted <= 0.1 ? [test] : []);
      const found = discovered((test) => test < 5 ? 3 : 0);
      const wrong = found.filter((test) => test >= 5).length;
      return {
        falseShare: found.length === 0 ? 0 : wrong / found.length,
        anyOfNone: Number(discovered(() => 0).length > 0),
        foundShare: (found.length - wrong) / 5,
      };
    }),
  },
];

function common(name: string, words: string) {
  return {
    name,
    part: "statistics" as const,
    words,
    repetitions: REPETITIONS,
    repetitionsPerPart: REPETITIONS / 2,
    milliseconds: 2,
  };
}

function repeat(run: (random: Random, normal: Random) => Outcome): (seed: number) => Outcome {
  return (seed) => {
    const random = seededRandom(seed);
    return run(random, normalRandom(random));
  };
}

function trialsOf(trials: number, days: number, draw: Random): Float64Array[] {
  return Array.from({ length: trials }, () => Float64Array.from({ length: days }, draw));
}

/** Deflated Sharpe ratio of the best, with the number and the variance of the trials themselves. */
function deflatedBest(trials: readonly Float64Array[]): number {
  const ratios = trials.map((own) => sharpeRatio(own, { periodsPerYear: 1 }));
  const best = trials[ratios.indexOf(Math.max(...ratios))];
  const benchmark = expectedBestSharpe({ trials: trials.length, variance: standardDeviation(ratios) ** 2 });
  return probabilisticSharpeRatio(best, { benchmark });
}
