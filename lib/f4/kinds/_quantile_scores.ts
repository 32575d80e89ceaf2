import { mean, midRanks, type Panel, quantile } from "@lib/core";
import { scoreBook } from "../_book_score.ts";
import { afterCosts, bootstrapped, correlationInfluence, type Judging, reformingTurnover } from "../_judging.ts";
import { christoffersen } from "../christoffersen.ts";
import { dailyCorrelations, varies } from "../daily_correlations.ts";
import { falseDiscoveryRate } from "../false_discovery_rate.ts";
import { LIMITS } from "../limits.ts";
import { type Measure, type Missing, missing } from "../measure.ts";
import { bootstrapSums } from "../stationary_bootstrap.ts";
import { closestBaseline } from "./_kind_gate.ts";
import { dailyAdvantage, headlineOf, kindJudging, scoreLossBaseline, sumByDay } from "./_kind_judging.ts";
import { ratioByRegime, regimesOf } from "./_regimes.ts";
import type { CoverageBySymbol, QuantileCard, QuantileDispersion, QuantileInterval } from "./judge_quantiles.ts";
import { pinballLoss } from "./pinball_loss.ts";
import { judgeWidths } from "./judge_widths.ts";

type Settings = QuantileCard["settings"];

/** Scores judged rows that have, beside the quantiles, `<baseline> <level>` for each baseline and `known volatility`. */
export function scoreQuantiles(judged: Panel, baselineNames: readonly string[], settings: Settings) {
  const { quantiles } = settings;
  const actual = judged.column("actual");
  const lossOf = (columnOf: (place: number) => string) => {
    const losses = quantiles.map(({ level }, place) => pinballLoss(level, judged.column(columnOf(place)), actual));
    return { losses, meaned: actual.map((_, row) => losses.reduce((sum, loss) => sum + loss[row], 0) / losses.length) };
  };
  const own = lossOf((place) => quantiles[place].column);
  const others = baselineNames.map((name) => ({
    name,
    loss: lossOf((place) => `${name} ${quantiles[place].level}`).meaned,
  }));
  const gains = others.map(({ loss }) => dailyAdvantage(judged, own.meaned, loss));
  const judging = kindJudging(judged, [sumByDay(judged, own.meaned), ...gains], settings);
  const baselines = others.map(({ name, loss }) =>
    scoreLossBaseline(judged, { name, own: own.meaned, other: loss, isShare: true }, judging)
  );
  const closest = closestBaseline(baselines);
  const place = baselines.findIndex(({ name }) => name === closest?.name);
  const daily = place < 0 ? new Float64Array(judged.dates.length).fill(NaN) : gains[place];
  const value = closest?.advantage ?? missing("no baseline is known on the judged rows");
  const what = "pinball loss saved against the best baseline";
  const outer = outermost(judged, settings);
  const shareOf = (flags: Float64Array, less = 0) => rowMean(judged, flags.map((flag) => flag - less), judging);
  const crossed = actual.map((_, row) => {
    const values = quantiles.map(({ column }) => judged.column(column)[row]);
    return Number(values.some((value, place) => place > 0 && value < values[place - 1]));
  });
  const median = quantiles.find(({ level }) => level === 0.5)?.column;
  return {
    headline: headlineOf({ what, value, neutral: 0 }, daily, judging),
    levels: quantiles.map(({ level, column }, place) => {
      const below = actual.map((value, row) => Number(value <= judged.column(column)[row]));
      const pinball = rowMean(judged, own.losses[place], judging);
      return { level, column, below: shareOf(below), gap: shareOf(below, level), pinball };
    }),
    intervals: symmetricPairs(settings).map((pair) => scoreInterval(judged, pair, judging)),
    crossing: { rows: crossed.reduce((sum, flag) => sum + flag, 0), share: shareOf(crossed) },
    pinball: rowMean(judged, own.meaned, judging),
    dispersion: "reason" in outer ? outer : scoreDispersion(judged, outer, judging),
    medianRankIc: median === undefined
      ? missing("there is no quantile of level 0.5")
      : rankIcOf(judged, median, judging),
    baselines,
    book: scorePositions(judged, { median, outer }, judging),
    daily,
  };
}

/** Mean over rows with its interval. */
function rowMean(judged: Panel, values: Float64Array, judging: Judging): Measure {
  const columns = { rows: sumByDay(judged, values.map(() => 1)), sum: sumByDay(judged, values) };
  const { ratio } = bootstrapSums(columns, { ratio: (t) => t.sum / t.rows }, judging.resamples, judging);
  const { horizonDays } = judging;
  const about = {
    n: judged.rows,
    days: judged.dates.length,
    horizonDays,
    unit: "rows",
    reason: "no row is known",
  } as const;
  return bootstrapped(ratio, about);
}

interface Pair {
  confidence: number;
  lower: string;
  upper: string;
}

/** Pairs of levels that leave out as much below as above, the widest first. */
function symmetricPairs({ quantiles }: Settings): Pair[] {
  return quantiles.flatMap(({ level, column }) => {
    const upper = quantiles.find((other) => Math.abs(1 - level - other.level) < 1e-9);
    if (level >= 0.5 || upper === undefined) return [];
    return [{ confidence: 1 - 2 * level, lower: column, upper: upper.column }];
  });
}

function scoreInterval(judged: Panel, { confidence, lower, upper }: Pair, judging: Judging): QuantileInterval {
  const [low, high, actual] = [lower, upper, "actual"].map((name) => judged.column(name));
  const inside = actual.map((value, row) => Number(value >= low[row] && value <= high[row]));
  const regimes = regimesOf(judged.column("known volatility"));
  const ones = inside.map(() => 1);
  return {
    confidence,
    lower,
    upper,
    coverage: rowMean(judged, inside, judging),
    gap: rowMean(judged, inside.map((flag) => flag - confidence), judging),
    meanWidth: rowMean(judged, high.map((value, row) => value - low[row]), judging),
    regimes: ratioByRegime(judged, regimes, { above: inside, below: ones }, judging),
    christoffersen: coverageBySymbol(judged, inside, { confidence, horizonDays: judging.horizonDays }),
  };
}

function coverageBySymbol(
  judged: Panel,
  inside: Float64Array,
  { confidence, horizonDays }: { confidence: number; horizonDays: number },
): CoverageBySymbol | Missing {
  if (horizonDays > 1) return missing("outcomes overlap: misses follow on each other whatever the intervals are");
  const least = LIMITS.leastDays.value;
  const tests = judged.symbols.flatMap((_, symbol) => {
    const [from, to] = [judged.starts[symbol], judged.starts[symbol + 1]];
    if (to - from < least) return [];
    return [christoffersen(Array.from(inside.subarray(from, to), (flag) => flag === 1), { confidence })];
  });
  if (tests.length === 0) return missing(`no symbol has ${least} rows`);
  const of = (test: "unconditional" | "independence" | "conditional") =>
    Float64Array.from(tests, (result) => result[test].pValue);
  const conditional = of("conditional");
  const share = (pValues: Float64Array, level: number) => mean(pValues.map((p) => Number(p < level)));
  return {
    symbols: tests.length,
    shareRejectedAlone: share(conditional, 0.05),
    shareRejected: share(falseDiscoveryRate(conditional), LIMITS.coverageDiscovery.value),
    unconditionalP: quantile(of("unconditional"), 0.5),
    independenceP: quantile(of("independence"), 0.5),
    conditionalP: quantile(conditional, 0.5),
  };
}

/** Width and centre of the outermost symmetric interval, shape (rows,). */
interface Outer {
  width: Float64Array;
  centre: Float64Array;
}

function outermost(judged: Panel, settings: Settings): Outer | Missing {
  const [widest] = symmetricPairs(settings);
  if (widest === undefined) return missing("no two levels leave out as much on each side");
  const [low, high] = [judged.column(widest.lower), judged.column(widest.upper)];
  const median = settings.quantiles.find(({ level }) => level === 0.5)?.column;
  const centre = median === undefined ? low.map((value, row) => (value + high[row]) / 2) : judged.column(median);
  return { width: high.map((value, row) => value - low[row]), centre };
}

function scoreDispersion(judged: Panel, { width, centre }: Outer, judging: Judging): QuantileDispersion {
  const distance = judged.column("actual").map((value, row) => Math.abs(value - centre[row]));
  const [meanWidth, meanDistance] = [mean(width), mean(distance)];
  const relative = distance.map((value, row) => width[row] > 0 ? value / width[row] : NaN);
  const byDay = (value: (row: number) => number) => sumByDay(judged, width.map((_, row) => value(row)));
  const columns = {
    rows: byDay(() => 1),
    width: byDay((row) => width[row] / meanWidth - 1),
    distance: byDay((row) => distance[row] / meanDistance - 1),
    squares: byDay((row) => (width[row] / meanWidth - 1) ** 2),
    product: byDay((row) => (width[row] / meanWidth - 1) * (distance[row] / meanDistance - 1)),
    known: byDay((row) => Number.isNaN(relative[row]) ? 0 : 1),
    relative: sumByDay(judged, relative),
    relativeSquares: sumByDay(judged, relative.map((value) => value ** 2)),
  };
  type Totals = Record<keyof typeof columns, number>;
  const variance = (t: Totals) => t.squares / t.rows - (t.width / t.rows) ** 2;
  const statistics = {
    variation: (t: Totals) => Math.sqrt(Math.max(0, variance(t))) / (1 + t.width / t.rows),
    elasticity: (t: Totals) =>
      (t.product / t.rows - t.width * t.distance / t.rows ** 2) / variance(t) *
      (1 + t.width / t.rows) / (1 + t.distance / t.rows),
    residual: (t: Totals) => Math.sqrt(t.relativeSquares * t.known / t.relative ** 2 - 1),
  };
  const intervals = bootstrapSums(columns, statistics, judging.resamples, judging);
  const { horizonDays } = judging;
  const days = judged.dates.length;
  const estimate = (name: keyof typeof statistics, reason: string) =>
    bootstrapped(intervals[name], { n: judged.rows, days, horizonDays, unit: "rows", reason });
  const still = "every interval is as wide as the next";
  const variation = estimate("variation", "the mean width is 0");
  const elasticity = varies(width)
    ? estimate("elasticity", "the mean width, or the mean distance, is 0")
    : missing(still);
  return {
    variation,
    elasticity,
    residualVariation: estimate("residual", "no interval has a width"),
    spread: judgeWidths(elasticity),
  };
}

/** Rank IC of a column: the mean of days where days have enough names, else of all rows. */
function rankIcOf(judged: Panel, column: string, judging: Judging): Measure {
  const { minimumNames, horizonDays } = judging;
  const daily = dailyCorrelations(judged, { forecast: column, minimumNames }).rankIc;
  const known = daily.map((value) => Number.isNaN(value) ? 0 : 1);
  const days = known.reduce((sum, flag) => sum + flag, 0);
  if (days > 0) {
    const columns = { known, sum: daily.map((value) => Number.isNaN(value) ? 0 : value) };
    const { mean } = bootstrapSums(columns, { mean: (t) => t.sum / t.known }, judging.resamples, judging);
    return bootstrapped(mean, { n: days, days, horizonDays, unit: "days", reason: "no day is known" });
  }
  const still = "the medians, or the actuals, are all the same";
  const ranks = [column, "actual"].map((name) => midRanks(judged.column(name)));
  const { correlation, influence } = correlationInfluence(ranks[0], ranks[1]);
  if (Number.isNaN(correlation)) return missing(still);
  return rowMean(judged, influence.map((value) => value + correlation), judging);
}

function scorePositions(
  judged: Panel,
  { median, outer }: { median: string | undefined; outer: Outer | Missing },
  judging: Judging,
): QuantileCard["book"] {
  if (median === undefined) return missing("no position follows without a quantile of level 0.5");
  if ("reason" in outer) return outer;
  const raw = judged.column(median).map((value, row) => outer.width[row] > 0 ? Math.sign(value) / outer.width[row] : 0);
  const gross = sumByDay(judged, raw.map(Math.abs));
  const weights = raw.map((value, row) => value === 0 ? 0 : value / gross[judged.dayOf[row]]);
  const actual = judged.column("actual");
  const returns = sumByDay(judged, weights.map((weight, row) => weight * actual[row]));
  const turnover = reformingTurnover(judged, weights, judging.horizonDays);
  return scoreBook({ turnover, net: afterCosts(returns, turnover, judging.costsBps) }, judging);
}
