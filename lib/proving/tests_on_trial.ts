import { mean, normalRandom, type Random, seededRandom } from "@lib/core";
import {
  adaptiveConformal,
  bootstrapSums,
  christoffersen,
  clarkWest,
  cosineT,
  dieboldMariano,
  neweyWestLags,
  neweyWestStandardError,
  normalProbability,
  normalQuantile,
  optimalBlockLength,
  pesaranTimmermann,
  probabilisticSharpeRatio,
  stationaryBootstrap,
} from "@lib/f4";
import type { Claim, Experiment, Outcome } from "./experiment.ts";

const LEVEL = 0.05;
const ONE_SIDED = normalQuantile(1 - LEVEL);
const REPETITIONS = 2000;
const CONFORMAL_RATE = 0.01;

/** The experiments on tests of one forecast or one series: how often each cries wolf, and how often it sees one. */
export const testsOnTrial: readonly Experiment[] = [
  experiment("Pesaran-Timmermann", {
    words: "200 days; forecasts and outcomes normal around a drift, independent or with a correlation of 0.2",
    claims: [
      size("falseAlarm", "the paper claims the normal limit"),
      power(
        "found",
        signTestPower({ correlation: 0.2, days: 200 }),
        "a hit rate of 1/2 + arcsin(0.2)/pi, normal limit",
      ),
    ],
    run(random) {
      const normal = normalRandom(random);
      const rejected = (correlation: number, drift: number) => {
        const forecast = series(200, normal);
        const actual = forecast.map((value) => correlation * value + Math.sqrt(1 - correlation ** 2) * normal());
        return pesaranTimmermann(forecast.map((value) => value + drift), actual.map((value) => value + drift)).pValue;
      };
      return { falseAlarm: below(rejected(0, 0.3)), found: below(rejected(0.2, 0)) };
    },
  }),
  experiment("Diebold-Mariano", {
    words: "200 days, horizon of 3: differences of losses are moving averages of 3 days, with mean 0 or 0.3",
    claims: [
      size("falseAlarm", "Harvey, Leybourne and Newbold 1997: Student's t"),
      power(
        "found",
        normalProbability(0.3 / Math.sqrt(3 / 200) - ONE_SIDED),
        "the error of such a mean is sqrt(3/200)",
      ),
    ],
    run(random) {
      const normal = normalRandom(random);
      const pValue = (gain: number) => {
        const differences = movingSums(200, 3, normal).map((value) => value / Math.sqrt(3) + gain);
        return dieboldMariano(differences, new Float64Array(200), { horizon: 3 }).pValue;
      };
      return { falseAlarm: below(pValue(0)), found: below(pValue(0.3)) };
    },
  }),
  experiment("Clark-West", {
    words: "300 days; the slope on one predictor is fitted on all earlier days, forecasts from day 51 on are held " +
      "against a forecast of 0; the true slope is 0 or 0.15",
    claims: [
      {
        ...size("falseAlarm", "Clark and West 2007: close to, but a little less than, nominal"),
        relation: "at most",
      },
      power("found", null, "no formula"),
    ],
    run(random) {
      const normal = normalRandom(random);
      return { falseAlarm: below(slopePValue(0, normal)), found: below(slopePValue(0.15, normal)) };
    },
  }),
  experiment("Christoffersen", {
    words: "500 days, intervals of 90 %: right; with a coverage of 0.86; or with misses that follow on misses",
    claims: [
      size("coverageFalseAlarm", "the paper claims the chi-squared limit", "coverage: false alarms"),
      power("coverageFound", coveragePower(), "two binomial distributions, normal limit", "coverage: found"),
      size("chainFalseAlarm", "the paper claims the chi-squared limit", "independence: false alarms"),
      power("chainFound", null, "no formula", "independence: found"),
    ],
    run(random) {
      const chain = (afterHit: number, afterMiss: number) => {
        let isMiss = random() < afterHit;
        return Array.from({ length: 500 }, () => !(isMiss = random() < (isMiss ? afterMiss : afterHit)));
      };
      const right = christoffersen(chain(0.1, 0.1), { confidence: 0.9 });
      const short = christoffersen(chain(0.14, 0.14), { confidence: 0.9 });
      const clustered = christoffersen(chain(0.08, 0.28), { confidence: 0.9 });
      return {
        coverageFalseAlarm: below(right.unconditional.pValue),
        coverageFound: below(short.unconditional.pValue),
        chainFalseAlarm: below(right.independence.pValue),
        chainFound: below(clustered.independence.pValue),
      };
    },
  }),
  experiment("Probabilistic Sharpe ratio", {
    words: "500 days; a Sharpe ratio of 0 or of 0.1 a day; normal, and with the skewness of rare crashes",
    claims: [
      size("falseAlarm", "the paper claims the normal limit", "normal returns: false alarms"),
      size("crashFalseAlarm", "the paper claims the normal limit", "returns with crashes: false alarms"),
      power("found", normalProbability(0.1 * Math.sqrt(499) - ONE_SIDED), "z = 0.1 sqrt(499)", "normal returns: found"),
    ],
    run(random) {
      const normal = normalRandom(random);
      const crashing = () => random() < 0.02 ? -4.9 + normal() : 0.1 + normal();
      const isShown = (returns: Float64Array) => Number(probabilisticSharpeRatio(returns) > 1 - LEVEL);
      return {
        falseAlarm: isShown(series(500, normal)),
        crashFalseAlarm: isShown(series(500, crashing)),
        found: isShown(series(500, () => 0.1 + normal())),
      };
    },
  }),
  experiment("t of overlapping outcomes", {
    words: "250 days of sums over 5 days, two-sided test that their mean is 0, by the error of Newey and West and by " +
      "cosine transforms",
    claims: [
      size("neweyWest", "nominal; Newey and West claim it in the limit only", "Newey-West: false alarms"),
      size("cosine", "Lazarus, Lewis, Stock and Watson 2018: near nominal", "cosine transforms: false alarms"),
      power("neweyWestFound", knownErrorPower(), "a mean of three errors, were the error known", "Newey-West: found"),
      power("cosineFound", null, "less than with a known error", "cosine transforms: found"),
    ],
    run(random) {
      const normal = normalRandom(random);
      const [horizonDays, critical] = [5, normalQuantile(1 - LEVEL / 2)];
      const sums = movingSums(250, horizonDays, normal);
      const raised = sums.map((value) => value + 3 * horizonDays / Math.sqrt(250));
      const byNeweyWest = (values: Float64Array) => {
        const error = neweyWestStandardError(values, neweyWestLags(250, horizonDays));
        return Number(Math.abs(mean(values) / error) > critical);
      };
      const byCosines = (values: Float64Array) => Number(Math.abs(cosineT(values, { horizonDays }).z) > critical);
      return {
        neweyWest: byNeweyWest(sums),
        cosine: byCosines(sums),
        neweyWestFound: byNeweyWest(raised),
        cosineFound: byCosines(raised),
      };
    },
  }),
  experiment("Stationary bootstrap", {
    repetitions: REPETITIONS / 2,
    milliseconds: 3,
    words:
      "250 days; percentile interval of 95 % of a mean, 400 draws, block by Politis and White; independent days, " +
      "and days with an autocorrelation of 0.3",
    claims: [
      size("missed", "nominal", "independent days: true mean outside"),
      size("missedDependent", "nominal", "dependent days: true mean outside"),
    ],
    run(random) {
      const normal = normalRandom(random);
      const isMissed = (memory: number) => {
        let last = normal() / Math.sqrt(1 - memory ** 2);
        const values = series(250, () => last = memory * last + normal());
        const resamples = stationaryBootstrap(250, { blockDays: optimalBlockLength(values), draws: 400, random });
        const { mean: { low, high } } = bootstrapSums({ values }, { mean: (sum) => sum.values / 250 }, resamples);
        return Number(low > 0 || high < 0);
      };
      return { missed: isMissed(0), missedDependent: isMissed(0.3) };
    },
  }),
  experiment("Adaptive conformal intervals", {
    repetitions: REPETITIONS / 10,
    milliseconds: 18,
    words: "1,000 days whose volatility doubles half way; intervals of 90 %",
    claims: [{
      key: "coverage",
      what: "outcomes inside",
      kind: "mean",
      expected: 0.9 - (0.9 + CONFORMAL_RATE) / (CONFORMAL_RATE * 980), // 20 of the 1,000 days have no interval
      relation: "at least",
      authority: "Gibbs and Candes 2021, proposition 4.1: whatever the series, at most (0.9 + rate) / (rate days) off",
    }],
    run(random) {
      const normal = normalRandom(random);
      const scores = Float64Array.from({ length: 1000 }, (_, day) => Math.abs(normal()) * (day < 500 ? 1 : 2));
      const { inside, reach } = adaptiveConformal(scores, { confidence: 0.9, rate: CONFORMAL_RATE });
      const known = inside.filter((_, day) => !Number.isNaN(reach[day]));
      return { coverage: known.filter(Boolean).length / known.length };
    },
  }),
];

function experiment(
  name: string,
  { run, words, claims, repetitions = REPETITIONS, milliseconds = 0.3 }: {
    words: string;
    claims: Claim[];
    repetitions?: number;
    milliseconds?: number;
    run: (random: Random) => Outcome;
  },
): Experiment {
  return {
    name,
    part: "statistics",
    words,
    repetitions,
    repetitionsPerPart: repetitions / 2,
    milliseconds,
    claims,
    run: (seed) => run(seededRandom(seed)),
  };
}

function size(key: string, authority: string, what = "false alarms"): Claim {
  return { key, what, kind: "share", expected: LEVEL, relation: "equal", authority };
}

function power(key: string, expected: number | null, authority: string, what = "found"): Claim {
  return { key, what, kind: "share", expected, relation: "equal", authority };
}

const below = (pValue: number) => Number.isNaN(pValue) ? null : Number(pValue < LEVEL);

const series = (length: number, draw: Random) => Float64Array.from({ length }, draw);

/** Sums over so many neighbouring draws. */
function movingSums(length: number, over: number, draw: Random): Float64Array {
  const draws = series(length + over - 1, draw);
  return Float64Array.from({ length }, (_, at) => mean(draws.subarray(at, at + over)) * over);
}

function knownErrorPower(): number {
  return normalProbability(3 - normalQuantile(1 - LEVEL / 2));
}

function signTestPower({ correlation, days }: { correlation: number; days: number }): number {
  const hits = 0.5 + Math.asin(correlation) / Math.PI;
  return normalProbability((hits - 0.5 - ONE_SIDED * 0.5 / Math.sqrt(days)) / Math.sqrt(hits * (1 - hits) / days));
}

function coveragePower(): number {
  const critical = normalQuantile(1 - LEVEL / 2) * Math.sqrt(0.1 * 0.9 / 500);
  return normalProbability((0.04 - critical) / Math.sqrt(0.14 * 0.86 / 500));
}

function slopePValue(slope: number, normal: Random): number {
  const predictor = series(300, normal);
  const actual = predictor.map((value) => slope * value + normal());
  let [products, squares] = [0, 0];
  const forecast = predictor.map((value, day) => {
    const fitted = day === 0 ? 0 : products / squares * value;
    products += value * actual[day];
    squares += value ** 2;
    return fitted;
  });
  return clarkWest(forecast.subarray(50), actual.subarray(50)).pValue;
}
