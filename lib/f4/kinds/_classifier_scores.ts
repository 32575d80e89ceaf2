import { mean, type Panel } from "@lib/core";
import { scoreBook } from "../_book_score.ts";
import {
  afterCosts,
  bootstrapped,
  type Judging,
  leastIntervalDays,
  neweyWestTest,
  reformingTurnover,
} from "../_judging.ts";
import { type Missing, missing } from "../measure.ts";
import { judgeSpread } from "../spread.ts";
import { bootstrapSums } from "../stationary_bootstrap.ts";
import { headlineOf, kindJudging, scoreLossBaseline, sumByDay } from "./_kind_judging.ts";
import { areaUnderCurve } from "./area_under_curve.ts";
import type { ClassifierAcross, ClassifierCard, ClassifierPooled, ClassifierReliability } from "./judge_classifier.ts";
import { type Reliability, reliability } from "./reliability.ts";

const LEAST_PROBABILITY = 2 ** -52; // scikit-learn's: the log of 0 has no mean

type Settings = ClassifierCard["settings"];

/** Scores judged rows with the columns `probability`, `event`, `returns` and one for each baseline. */
export function scoreClassifier(judged: Panel, baselines: readonly string[], settings: Settings) {
  const [probability, event] = [judged.column("probability"), judged.column("event")];
  const areas = dailyAreas(judged, settings.minimumNames);
  const { area, placement } = areaUnderCurve(probability, event);
  const influence = areaInfluence(judged, placement, area);
  const losses = brierLosses(probability, event);
  const dailyLoss = sumByDay(judged, losses);
  const hasAreas = areas.some((value) => !Number.isNaN(value));
  const judging = kindJudging(judged, [hasAreas ? areas : influence, dailyLoss], settings);

  const crossSectional = scoreAcross(areas, judging, settings.minimumNames);
  const pooled = scorePooled(judged, { losses, area, placement, influence }, judging);
  const across = "reason" in crossSectional ? undefined : crossSectional;
  const daily = across ? areas.map((value) => value - 0.5) : influence.map((value) => value + area - 0.5);
  const about = across
    ? { what: "mean daily area under the curve", value: across.area, neutral: 0.5 }
    : { what: "area under the curve", value: pooled.area, neutral: 0.5 };
  return {
    headline: headlineOf(about, daily, judging),
    crossSectional,
    pooled,
    reliability: scoreReliability(judged, reliability(probability, event, settings), judging),
    baselines: baselines.map((name) =>
      scoreLossBaseline(
        judged,
        { name, own: losses, other: brierLosses(judged.column(name), event), isShare: true },
        judging,
      )
    ),
    book: scorePositions(judged, settings, judging),
    daily,
  };
}

const brierLosses = (probability: Float64Array, event: Float64Array) =>
  probability.map((value, row) => (value - event[row]) ** 2);

/** Area under the curve across the names of each day, shape (days,); NaN with too few names, or one outcome only. */
function dailyAreas(judged: Panel, minimumNames: number): Float64Array {
  const [probability, event] = [judged.column("probability"), judged.column("event")];
  return Float64Array.from(judged.dates, (_, day) => {
    const rows = judged.rowsOfDay(day);
    if (rows.length < minimumNames) return NaN;
    const [said, came] = [probability, event].map((values) => Float64Array.from(rows, (row) => values[row]));
    return said.every((value) => value === said[0]) ? NaN : areaUnderCurve(said, came).area;
  });
}

/** What each day adds to the pooled area beyond its mean, on the scale of a day; sums to 0. */
function areaInfluence(judged: Panel, placement: Float64Array, area: number): Float64Array {
  const event = judged.column("event");
  const events = event.reduce((sum, value) => sum + value, 0);
  const days = judged.dates.length;
  const share = placement.map((value, row) =>
    (value - area) / (event[row] === 1 ? events : event.length - events) * days
  );
  return sumByDay(judged, share);
}

function scoreAcross(areas: Float64Array, judging: Judging, minimumNames: number): ClassifierAcross | Missing {
  const known = areas.filter((value) => !Number.isNaN(value));
  if (known.length === 0) {
    return missing(`no day has ${minimumNames} names, both outcomes and probabilities that differ`);
  }
  const intervals = bootstrapSums(
    {
      days: areas.map((value) => Number.isNaN(value) ? 0 : 1),
      area: areas.map((value) => Number.isNaN(value) ? 0 : value),
      positive: areas.map((value) => value > 0.5 ? 1 : 0),
    },
    { area: (t) => t.area / t.days, positive: (t) => t.positive / t.days },
    judging.resamples,
    judging,
  );
  const days = known.length;
  const about = { n: days, days, horizonDays: judging.horizonDays, unit: "days", reason: "no day is known" } as const;
  return {
    days,
    area: bootstrapped(intervals.area, about),
    areaT: neweyWestTest(known.map((value) => value - 0.5), judging.horizonDays).t,
    positiveDays: bootstrapped(intervals.positive, about),
  };
}

function scorePooled(
  judged: Panel,
  { losses, area, placement, influence }: {
    losses: Float64Array;
    area: number;
    placement: Float64Array;
    influence: Float64Array;
  },
  judging: Judging,
): ClassifierPooled {
  const [probability, event] = [judged.column("probability"), judged.column("event")];
  const [meanSaid, meanCame] = [mean(probability), mean(event)];
  const byDay = (value: (row: number) => number) => sumByDay(judged, event.map((_, row) => value(row)));
  const surprise = (row: number) =>
    -Math.log(Math.max(LEAST_PROBABILITY, event[row] === 1 ? probability[row] : 1 - probability[row]));
  const sums = {
    rows: byDay(() => 1),
    said: byDay((row) => probability[row] - meanSaid),
    came: byDay((row) => event[row] - meanCame),
    saidSquared: byDay((row) => (probability[row] - meanSaid) ** 2),
    cameSquared: byDay((row) => (event[row] - meanCame) ** 2),
    product: byDay((row) => (probability[row] - meanSaid) * (event[row] - meanCame)),
    brier: sumByDay(judged, losses),
    logLoss: byDay(surprise),
    right: byDay((row) => Number(probability[row] > 0.5 === (event[row] === 1))),
    events: sumByDay(judged, event),
    placedEvents: byDay((row) => event[row] === 1 ? placement[row] : 0),
    placedOthers: byDay((row) => event[row] === 0 ? placement[row] : 0),
  };
  type Totals = Record<keyof typeof sums, number>;
  const rate = (t: Totals) => meanCame + t.came / t.rows;
  const variance = (t: Totals) => rate(t) * (1 - rate(t));
  const saidVariance = (t: Totals) => t.saidSquared / t.rows - (t.said / t.rows) ** 2;
  const accuracy = (t: Totals) => t.right / t.rows;
  const statistics = {
    baseRate: rate,
    meanProbability: (t: Totals) => meanSaid + t.said / t.rows,
    bias: (t: Totals) => meanSaid - meanCame + (t.said - t.came) / t.rows,
    area: (t: Totals) => t.placedEvents / t.events + t.placedOthers / (t.rows - t.events) - area,
    brier: (t: Totals) => t.brier / t.rows,
    brierSkill: (t: Totals) => 1 - t.brier / t.rows / variance(t),
    logLoss: (t: Totals) => t.logLoss / t.rows,
    accuracy,
    accuracyBeyondMajority: (t: Totals) => accuracy(t) - Math.max(rate(t), 1 - rate(t)),
    spreadRatio: (t: Totals) => Math.sqrt(saidVariance(t) / variance(t)),
    calibrationSlope: (t: Totals) => (t.product / t.rows - t.said * t.came / t.rows ** 2) / saidVariance(t),
  };
  const intervals = bootstrapSums(sums, statistics, judging.resamples, judging);
  const days = judged.dates.length;
  const { horizonDays } = judging;
  const estimate = (name: keyof typeof statistics, reason = "no row is known") =>
    bootstrapped(intervals[name], { n: judged.rows, days, horizonDays, unit: "rows", reason });
  const oneOutcome = "the event happened on every row, or on none";
  const still = "the probabilities are all the same";
  const isStill = probability.every((value) => value === probability[0]);
  const spreadRatio = estimate("spreadRatio", oneOutcome);
  const calibrationSlope = isStill ? missing(still) : estimate("calibrationSlope", still);
  const isOrdered = !isStill && !Number.isNaN(area);
  return {
    rows: judged.rows,
    baseRate: estimate("baseRate"),
    meanProbability: estimate("meanProbability"),
    bias: estimate("bias"),
    area: isStill ? missing(still) : estimate("area", oneOutcome),
    areaT: isOrdered
      ? neweyWestTest(influence.map((value) => value + area - 0.5), horizonDays).t
      : missing(isStill ? still : oneOutcome),
    brier: estimate("brier"),
    brierSkillInHindsight: estimate("brierSkill", oneOutcome),
    logLoss: estimate("logLoss"),
    surelyWrong: probability.filter((value, row) => Math.abs(value - event[row]) === 1).length,
    accuracy: estimate("accuracy"),
    accuracyBeyondMajority: estimate("accuracyBeyondMajority"),
    spreadRatio,
    calibrationSlope,
    spread: judgeSpread(spreadRatio, calibrationSlope),
  };
}

/** The reliability table with intervals, and the calibration error that chance alone would give. */
function scoreReliability(judged: Panel, table: Reliability, judging: Judging): ClassifierReliability {
  const [probability, event] = [judged.column("probability"), judged.column("event")];
  const { binOf, brier: _, bins, ...parts } = table;
  const inBin = (bin: number, value: (row: number) => number) =>
    sumByDay(judged, event.map((_, row) => binOf[row] === bin ? value(row) : 0));
  const { horizonDays } = judging;
  const days = judged.dates.length;
  let byChance = 0;
  const scored = bins.map(({ rows, meanProbability }, bin) => {
    const columns = {
      rows: inBin(bin, () => 1),
      came: inBin(bin, (row) => event[row]),
      gap: inBin(bin, (row) => event[row] - probability[row]),
    };
    const statistics = {
      rate: (t: Record<keyof typeof columns, number>) => t.came / t.rows,
      gap: (t: Record<keyof typeof columns, number>) => t.gap / t.rows,
    };
    const { rate, gap } = bootstrapSums(columns, statistics, judging.resamples, judging);
    // the mean of |x| of a normal x with mean 0
    byChance += rows / judged.rows * gap.standardError * Math.sqrt(2 / Math.PI);
    const about = { n: rows, days, horizonDays, unit: "rows", reason: "the group has no row" } as const;
    return { rows, meanProbability, observedRate: bootstrapped(rate, about) };
  });
  const isLong = days >= leastIntervalDays(horizonDays);
  return { bins: scored, ...parts, calibrationErrorByChance: isLong && Number.isFinite(byChance) ? byChance : null };
}

function scorePositions(judged: Panel, settings: Settings, judging: Judging): ClassifierCard["book"] {
  if (settings.returns === null) {
    return missing("the actuals are labels, and no column of returns was given: no position earned anything");
  }
  const [probability, returns] = [judged.column("probability"), judged.column("returns")];
  const known = sumByDay(judged, returns.map((value) => Number.isNaN(value) ? NaN : 1));
  const { longAbove, shortBelow } = settings;
  const weights = probability.map((value, row) => {
    if (Number.isNaN(returns[row])) return 0;
    return (value > longAbove ? 1 : value < shortBelow ? -1 : 0) / known[judged.dayOf[row]];
  });
  const gross = sumByDay(judged, weights.map((weight, row) => weight === 0 ? 0 : weight * returns[row]));
  const turnover = reformingTurnover(judged, weights, judging.horizonDays);
  const stood = known.map((count) => count > 0 ? 1 : 0);
  const { positions } = bootstrapSums(
    { known, taken: sumByDay(judged, weights.map((weight) => weight === 0 ? 0 : 1)) },
    { positions: (t) => t.taken / t.known },
    judging.resamples,
    judging,
  );
  const about = {
    n: judged.rows,
    days: judged.dates.length,
    horizonDays: judging.horizonDays,
    unit: "rows",
    reason: "no return is known",
  } as const;
  const net = afterCosts(gross, turnover, settings.costsBps);
  return { ...scoreBook({ turnover, net, stood }, judging), positions: bootstrapped(positions, about) };
}
