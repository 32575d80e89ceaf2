import {
  checkInteger,
  checkNumber,
  mean,
  midRanks,
  type Panel,
  pearsonCorrelation,
  quantile,
  standardDeviation,
} from "@lib/core";
import {
  cosineT,
  dailyCorrelations,
  type FactorReturns,
  factorsOn,
  falseDiscoveryRate,
  normalProbability,
  partialRankCorrelation,
  studentQuantile,
  trailingBetas,
} from "@lib/f4";

/** How a feature orders the returns of one horizon. */
export interface FeatureIc {
  horizonDays: number;
  /** Days with a rank IC. */
  days: number;
  /** Mean daily rank IC, with an interval of 95 % by {@linkcode cosineT}; NaN where there is none. */
  rankIc: number;
  low: number;
  high: number;
  /** Normal deviate as unlikely as its t, and its two-sided p. */
  z: number;
  p: number;
  /** The p-value among those of all features and horizons, adjusted by Benjamini and Hochberg. */
  adjustedP: number;
}

/** What one feature is like. */
export interface FeatureScreen {
  feature: string;
  /** Share of rows that have a value. */
  coverage: number;
  mean: number;
  deviation: number;
  /** Quantiles at 1, 50 and 99 %. */
  low: number;
  median: number;
  high: number;
  /** Mean rank correlation across names between a day and the one before, and 20 days before: 1 never changes. */
  stability: number;
  stabilityOver20Days: number;
  ics: FeatureIc[];
  /** The rank IC of the first horizon beside the names' betas to factors, and the plain one on the same days; NaN without factors. */
  neutralIc: number;
  neutralZ: number;
  plainIc: number;
}

/** Options of {@linkcode screenFeatures}. */
export interface ScreenFeaturesOptions {
  /** Horizons in days; `targets` must have a column `target_return_<days>` for each. Default 1, 5, 20. */
  horizonsDays?: readonly number[];
  /** Names that a day needs, at least 2. Default 10. */
  minimumNames?: number;
  /** Returns of factors, beside whose betas features are also seen; `targets` then needs a column `return`. Default none. */
  factors?: FactorReturns;
  /** For the neutral rank IC, every so many days are looked at. Default 1. */
  neutralEveryDays?: number;
}

const CONFIDENCE = 0.95;
const BETAS = { windowDays: 252, leastReturns: 126 };

/**
 * Looks at features one by one, as they are, without a model: a first look that spends no claim as long as its days are
 * none that a result is later judged on. What it says of many features is only as good as the false-discovery rate
 * that stands beside.
 *
 * Rank IC: Spearman's correlation across the names of a day with their coming returns; outcomes of several days overlap,
 * which {@linkcode cosineT} allows for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
 * const [dates, normal] = [weekdays("2020-01-01", 60), normalRandom(seededRandom(2))];
 * const symbol = [..."ABCDEFGHIJ"].flatMap((name) => dates.map(() => name));
 * const rows = Panel.fromRows({ symbol, date: [..."ABCDEFGHIJ"].flatMap(() => dates), columns: {} });
 * const signal = Float64Array.from(symbol, normal);
 * const [{ ics: [ic], stability }] = screenFeatures(
 *   rows.with({ signal }),
 *   rows.with({ target_return_1: signal.map((value) => value + normal()) }),
 *   { horizonsDays: [1] },
 * );
 * assert.ok(ic.low > 0.4 && ic.adjustedP < 1e-4 && Math.abs(stability) < 0.2);
 * ```
 *
 * @param features Columns to look at.
 * @param targets The same rows, with what came next.
 * @throws {RangeError} If an option is out of range or a column does not exist.
 * @throws {TypeError} If the rows differ.
 */
export function screenFeatures(
  features: Panel,
  targets: Panel,
  { horizonsDays = [1, 5, 20], minimumNames = 10, factors, neutralEveryDays = 1 }: ScreenFeaturesOptions = {},
): FeatureScreen[] {
  const action = "screen features";
  checkInteger(action, "minimumNames", minimumNames, { least: 2 });
  checkInteger(action, "neutralEveryDays", neutralEveryDays, { least: 1 });
  for (const days of horizonsDays) checkNumber(action, "horizonsDays", days, { least: 1 });
  if (features.rows !== targets.rows) {
    throw new TypeError(
      `Cannot ${action}: features and targets must have the same rows, current numbers are ${features.rows} and ${targets.rows}`,
    );
  }
  const outcomes = horizonsDays.map((days) => targets.column(`target_return_${days}`));
  const betas = factors && trailingBetas(targets, targets.column("return"), factorsOn(factors, targets.dates), BETAS);
  const screens = features.names.map((feature): FeatureScreen => {
    const values = features.column(feature);
    const known = values.filter((value) => !Number.isNaN(value));
    const joined = features.pick([]).with({ forecast: values });
    return {
      feature,
      coverage: known.length / values.length,
      mean: mean(known),
      deviation: standardDeviation(known),
      low: quantile(known, 0.01),
      median: quantile(known, 0.5),
      high: quantile(known, 0.99),
      stability: stability(features, values, 1, minimumNames),
      stabilityOver20Days: stability(features, values, 20, minimumNames),
      ics: horizonsDays.map((horizonDays, at) =>
        icOf(dailyCorrelations(joined.with({ actual: outcomes[at] }), { minimumNames }).rankIc, horizonDays)
      ),
      ...neutral(
        features,
        { values, outcome: outcomes[0], betas, minimumNames, everyDays: neutralEveryDays },
        horizonsDays[0],
      ),
    };
  });
  const all = screens.flatMap(({ ics }) => ics);
  falseDiscoveryRate(Float64Array.from(all, ({ p }) => p)).forEach((adjusted, at) => all[at].adjustedP = adjusted);
  return screens;
}

function icOf(daily: Float64Array, horizonDays: number): FeatureIc {
  const known = daily.filter((value) => !Number.isNaN(value));
  if (known.length < 2) {
    const none = { rankIc: NaN, low: NaN, high: NaN, z: NaN, p: NaN, adjustedP: NaN };
    return { horizonDays, days: known.length, ...none };
  }
  const { mean: rankIc, standardError, degrees, z } = cosineT(known, { horizonDays });
  const reach = studentQuantile((1 + CONFIDENCE) / 2, { degrees }) * standardError;
  const p = 2 * normalProbability(-Math.abs(z));
  return { horizonDays, days: known.length, rankIc, low: rankIc - reach, high: rankIc + reach, z, p, adjustedP: NaN };
}

/** Mean over days of the rank correlation of the names' values with those of `days` trading days before. */
function stability(panel: Panel, values: Float64Array, days: number, minimumNames: number): number {
  const before = panel.perSymbol((from, to) => {
    const result = new Float64Array(to - from).fill(NaN);
    for (let row = from, past = from; row < to; row++) {
      while (panel.dayOf[past] + days < panel.dayOf[row]) past++;
      if (panel.dayOf[past] + days === panel.dayOf[row]) result[row - from] = values[past];
    }
    return result;
  });
  const daily = dailyCorrelations(panel.pick([]).with({ forecast: before, actual: values }), { minimumNames }).rankIc;
  return mean(daily.filter((value) => !Number.isNaN(value)));
}

function neutral(
  panel: Panel,
  { values, outcome, betas, minimumNames, everyDays }: {
    values: Float64Array;
    outcome: Float64Array;
    betas: readonly Float64Array[] | undefined;
    minimumNames: number;
    everyDays: number;
  },
  horizonDays: number,
): Pick<FeatureScreen, "neutralIc" | "neutralZ" | "plainIc"> {
  if (betas === undefined) return { neutralIc: NaN, neutralZ: NaN, plainIc: NaN };
  const [beside, plain]: number[][] = [[], []];
  const columns = [values, outcome, ...betas];
  for (let day = 0; day < panel.dates.length; day += everyDays) {
    const rows = panel.rowsOfDay(day).filter((row) => columns.every((column) => Number.isFinite(column[row])));
    if (rows.length < minimumNames + betas.length) continue;
    const [said, came, ...exposures] = columns.map((column) => Float64Array.from(rows, (row) => column[row]));
    const partial = partialRankCorrelation(said, came, exposures);
    if (Number.isNaN(partial)) continue;
    beside.push(partial);
    plain.push(pearsonCorrelation(midRanks(said), midRanks(came)));
  }
  const { mean: neutralIc, z } = cosineT(Float64Array.from(beside), {
    horizonDays: Math.ceil(horizonDays / everyDays),
  });
  return { neutralIc, neutralZ: z, plainIc: mean(Float64Array.from(plain)) };
}
