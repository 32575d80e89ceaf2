import { midRanks, type Panel, pearsonCorrelation } from "@lib/core";
import { bootstrapped, type Judging, neweyWestTest } from "./_judging.ts";
import { finite } from "./_known_rows.ts";
import { varies } from "./daily_correlations.ts";
import { type FactorReturns, factorsOn } from "./factor_returns.ts";
import { isEstimate, type Measure, type Missing, missing } from "./measure.ts";
import { centredProducts, type PartialCorrelation, partialCorrelation } from "./partial_rank_correlation.ts";
import { bootstrapSums } from "./stationary_bootstrap.ts";
import { trailingBetas, trailingVolatility } from "./trailing_exposures.ts";

/** What a rank IC is worth once an exposure is taken out of it, beside the plain one on the same rows and days. */
export interface NeutralIc {
  /** What is taken out: `volatility`, `market beta`, `factor betas`, or the beta to one factor, by its name. */
  exposure: string;
  /** Days with a neutral correlation, and the rows on them. */
  days: number;
  rows: number;
  /** Mean daily rank IC without the exposure. */
  rankIc: Measure;
  t: Measure;
  /** Mean daily rank IC with it, on the same rows and days. */
  plain: Measure;
  /**
   * Share of the plain rank IC that lies in the exposure: of the covariance of the ranks, what is between groups of like
   * volatility, or what the betas explain. Only where the interval of the plain rank IC leaves out 0. A neutral rank IC
   * falls by less, since it divides by the spread of what is left.
   */
  gone: Measure;
}

/** The rank IC beside simple bets that may be behind it. */
export interface NeutralScore {
  /** What the exposures were computed from. */
  from: string;
  /** Within groups of like trailing volatility. */
  volatility: NeutralIc | Missing;
  /** Beside the trailing beta to the mean of all names. */
  marketBeta: NeutralIc | Missing;
  /** Beside the trailing betas to all factors at once. */
  factorBetas: NeutralIc | Missing;
  /** Beside the beta to each factor alone, to see which it is. */
  eachFactor: NeutralIc[];
}

/** Days that volatility looks back, and returns that it needs. */
const VOLATILITY = { windowDays: 60, leastReturns: 20 };
/** Days that betas look back, and returns that they need: with fewer, a beta is mostly noise and takes nothing out. */
const BETAS = { windowDays: 252, leastReturns: 126 };
const GROUPS = 10;
/** Names that a group needs, so that an order within it says something. */
const GROUP_NAMES = 5;

/** Options of {@linkcode withExposures}. */
export interface ExposureOptions {
  /** Column of the one-day return that is known at the close. Default: the outcomes that were known then. */
  returns?: string;
  factors?: FactorReturns;
  horizonDays: number;
}

const factorColumn = (factor: number) => `neutral factor ${factor}`;

/**
 * Adds what each name was exposed to at the close of each day, from returns that were known then: trailing volatility,
 * and the betas to the mean of all names and to each factor.
 *
 * Without a column of returns, the returns are the outcomes that had come true: that of `horizonDays` days before.
 */
export function withExposures(panel: Panel, { returns, factors, horizonDays }: ExposureOptions): Panel {
  const spanDays = returns === undefined ? horizonDays : 1;
  const known = returns === undefined ? knownOutcomes(panel, horizonDays) : finite(panel.column(returns));
  const [beta] = trailingBetas(panel, known, [meanOfDay(panel, known)], BETAS);
  const columns = { "neutral volatility": trailingVolatility(panel, known, VOLATILITY), "neutral beta": beta };
  if (factors === undefined) return panel.with(columns);
  const betas = trailingBetas(panel, known, factorsOn(factors, panel.dates, { spanDays }), BETAS);
  return panel.with({
    ...columns,
    ...Object.fromEntries(betas.map((values, factor) => [factorColumn(factor), values])),
  });
}

function knownOutcomes(panel: Panel, horizonDays: number): Float64Array {
  const outcomes = finite(panel.column("actual"));
  return panel.perSymbol((from, to) => {
    const result = new Float64Array(to - from).fill(NaN);
    let past = from;
    for (let row = from; row < to; row++) {
      while (panel.dayOf[past] + horizonDays < panel.dayOf[row]) past++;
      if (panel.dayOf[past] + horizonDays === panel.dayOf[row]) result[row - from] = outcomes[past];
    }
    return result;
  });
}

function meanOfDay(panel: Panel, values: Float64Array): Float64Array {
  const [sum, count] = [new Float64Array(panel.dates.length), new Float64Array(panel.dates.length)];
  for (let row = 0; row < panel.rows; row++) {
    if (Number.isNaN(values[row])) continue;
    sum[panel.dayOf[row]] += values[row];
    count[panel.dayOf[row]]++;
  }
  return sum.map((total, day) => total / count[day]);
}

/**
 * Scores judged rows of a panel that {@linkcode withExposures} has completed.
 *
 * Within volatility: the names of a day are put into up to ten groups of equal size by their volatility, at least five
 * to a group, and the rank IC within each group is averaged, weighted by names. Beside betas: the partial rank IC of
 * {@linkcode partialRankCorrelation}, which takes the ranks of the betas out of the ranks of both forecast and outcome.
 * Intervals come from the draws of the whole scorecard.
 */
export function scoreNeutral(
  panel: Panel,
  { returns, factors, judging }: { returns?: string; factors?: FactorReturns; judging: Judging },
): NeutralScore {
  const names = factors?.names ?? [];
  const least = judging.minimumNames + 1;
  const [volatility] = neutralIcs(panel, {
    exposures: ["volatility"],
    columns: ["neutral volatility"],
    least: Math.max(least, 2 * GROUP_NAMES),
    of: groupedIcs,
    judging,
  });
  const [marketBeta] = neutralIcs(panel, {
    exposures: ["market beta"],
    columns: ["neutral beta"],
    least,
    of: partialIcs,
    judging,
  });
  const [factorBetas, ...eachFactor] = names.length === 0
    ? [missing("no factor returns were given")]
    : neutralIcs(panel, {
      exposures: ["factor betas", ...names],
      columns: names.map((_, factor) => factorColumn(factor)),
      least: judging.minimumNames + names.length,
      of: partialIcs,
      judging,
    });
  return {
    from: returns === undefined
      ? `outcomes of ${judging.horizonDays} days that had come true by the close`
      : `one-day returns up to the close, column ${returns}`,
    volatility,
    marketBeta,
    factorBetas,
    eachFactor: eachFactor.filter((ic) => "exposure" in ic),
  };
}

/** Ranks of the forecasts and outcomes of a day, and the exposures as they are. */
interface Day {
  forecast: Float64Array;
  actual: Float64Array;
  exposures: Float64Array[];
}

/** One score for each of `exposures`: the correlations that `of` finds on each day. */
function neutralIcs(
  panel: Panel,
  { exposures, columns, least, of, judging }: {
    exposures: readonly string[];
    columns: readonly string[];
    /** Names that a day needs. */
    least: number;
    of: (day: Day) => readonly PartialCorrelation[];
    judging: Judging;
  },
): (NeutralIc | Missing)[] {
  const days = panel.dates.length;
  const [known, plain] = [new Float64Array(days), new Float64Array(days)];
  const [neutral, left] = [0, 1].map(() => exposures.map(() => new Float64Array(days)));
  const exposed = columns.map((name) => panel.column(name));
  const [forecasts, actuals] = [panel.column("forecast"), panel.column("actual")];
  let [rows, most] = [0, 0];
  for (let day = 0; day < days; day++) {
    const chosen = panel.rowsOfDay(day).filter((row) => exposed.every((values) => Number.isFinite(values[row])));
    most = Math.max(most, chosen.length);
    if (chosen.length < least) continue;
    const at = (values: Float64Array) => {
      const picked = new Float64Array(chosen.length);
      for (let name = 0; name < chosen.length; name++) picked[name] = values[chosen[name]];
      return picked;
    };
    const [said, came] = [at(forecasts), at(actuals)];
    if (!varies(said) || !varies(came)) continue;
    const ranked = { forecast: midRanks(said), actual: midRanks(came), exposures: exposed.map(at) };
    const correlations = of(ranked);
    if (correlations.some(({ correlation }) => Number.isNaN(correlation))) continue;
    known[day] = 1;
    neutral.forEach((series, exposure) => series[day] = correlations[exposure].correlation);
    left.forEach((series, exposure) => series[day] = correlations[exposure].left);
    plain[day] = pearsonCorrelation(ranked.forecast, ranked.actual);
    rows += chosen.length;
  }
  if (rows > 0) {
    return exposures.map((exposure, at) =>
      scored({ exposure, rows, known, plain, neutral: neutral[at], left: left[at] }, judging)
    );
  }
  const { leastReturns } = exposures[0] === "volatility" ? VOLATILITY : BETAS;
  const reason = most < least
    ? `no day has ${least} names with ${exposures[0]}, which takes ${leastReturns} known returns of a name`
    : "on every day all forecasts, or all actuals, are the same";
  return exposures.map(() => missing(reason));
}

function scored(
  { exposure, rows, known, plain, neutral, left }: {
    exposure: string;
    rows: number;
    known: Float64Array;
    plain: Float64Array;
    neutral: Float64Array;
    left: Float64Array;
  },
  judging: Judging,
): NeutralIc {
  const days = known.reduce((sum, one) => sum + one, 0);
  const intervals = bootstrapSums(
    { known, neutral, plain, left },
    {
      rankIc: (t) => t.neutral / t.known,
      plain: (t) => t.plain / t.known,
      gone: (t) => 1 - t.left / t.plain,
    },
    judging.resamples,
    judging,
  );
  const { horizonDays } = judging;
  const estimate = (name: keyof typeof intervals) =>
    bootstrapped(intervals[name], { n: days, days, horizonDays, unit: "days", reason: "no day has a correlation" });
  const whole = estimate("plain");
  const isSure = isEstimate(whole) && whole.low !== null && whole.high !== null && whole.low * whole.high > 0;
  return {
    exposure,
    days,
    rows,
    rankIc: estimate("rankIc"),
    t: neweyWestTest(neutral.filter((_, day) => known[day] === 1), horizonDays).t,
    plain: whole,
    gone: isSure ? estimate("gone") : missing("the plain rank IC is not told apart from 0"),
  };
}

/** Beside all exposures together and, where there are several, beside each alone. */
function partialIcs({ forecast, actual, exposures }: Day): PartialCorrelation[] {
  const products = centredProducts([forecast, actual, ...exposures.map(midRanks)]);
  const controls = exposures.map((_, exposure) => exposure + 2);
  return [controls, ...controls.map((control) => [control])].map((beside) => partialCorrelation(products, beside));
}

/** Mean over groups of like exposure of the rank IC within, weighted by names; NaN where no group has one. */
function groupedIcs({ forecast, actual, exposures: [exposure] }: Day): PartialCorrelation[] {
  const order = Int32Array.from(exposure.keys()).sort((a, b) => exposure[a] - exposure[b] || a - b);
  const groups = Math.min(GROUPS, Math.floor(order.length / GROUP_NAMES));
  let [sum, names, covariance] = [0, 0, 0];
  for (let group = 0; group < groups; group++) {
    const members = order.subarray(
      Math.ceil(group * order.length / groups),
      Math.ceil((group + 1) * order.length / groups),
    );
    const [said, came] = [forecast, actual].map((values) => Float64Array.from(members, (row) => values[row]));
    covariance += centredProducts([said, came])[1];
    const correlation = pearsonCorrelation(midRanks(said), midRanks(came));
    if (Number.isNaN(correlation)) continue;
    sum += correlation * members.length;
    names += members.length;
  }
  const [ofForecast, , , ofActual] = centredProducts([forecast, actual]);
  return [{ correlation: sum / names, left: covariance / Math.sqrt(ofForecast * ofActual) }];
}
