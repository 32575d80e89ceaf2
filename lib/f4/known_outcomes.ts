import { checkInteger, type Panel } from "@lib/core";

/** Options of {@linkcode trailingMean} and {@linkcode lastOutcome}. */
export interface KnownOutcomesOptions {
  /** Column of outcomes of the coming `horizonDays` days. Default `actual`. */
  actual?: string;
  /** Days until an outcome is known, counted on the panel's own days. Default 1. */
  horizonDays?: number;
  /** Outcomes of a symbol that must be known before its mean is taken. Default 60. */
  leastOutcomes?: number;
}

/** Calls `visit` for each row with the symbol's outcomes that are known at its close: sum, number and the latest one. */
function overKnown(
  panel: Panel,
  { actual = "actual", horizonDays = 1 }: KnownOutcomesOptions,
  value: (known: { sum: number; count: number; latest: number }) => number,
): Float64Array {
  checkInteger("collect known outcomes", "horizonDays", horizonDays, { least: 1 });
  const outcomes = panel.column(actual);
  return panel.perSymbol((from, to) => {
    const result = new Float64Array(to - from);
    const known = { sum: 0, count: 0, latest: NaN };
    let next = from;
    for (let row = from; row < to; row++) {
      for (; panel.dayOf[next] + horizonDays <= panel.dayOf[row]; next++) {
        if (Number.isNaN(outcomes[next])) continue;
        known.sum += outcomes[next];
        known.count++;
        known.latest = outcomes[next];
      }
      result[row - from] = value(known);
    }
    return result;
  });
}

/**
 * The forecast to beat in R2: the mean of all outcomes of the symbol that are known at the close of the day.
 *
 * An outcome that starts on day s covers s + 1 to s + horizonDays, so it is known from day s + horizonDays on and not
 * before; taking the mean of all earlier rows would look ahead wherever horizons overlap. This is the expanding mean
 * of Campbell and Thompson (2008, Review of Financial Studies 21), per symbol.
 *
 * @example One day ahead
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "A", "A"],
 *   date: ["2020-01-02", "2020-01-03", "2020-01-06"],
 *   columns: { actual: Float64Array.of(0.5, 0.25, 9) },
 * });
 * assert.deepEqual(trailingMean(panel, { leastOutcomes: 1 }), Float64Array.of(NaN, 0.5, 0.375));
 * ```
 *
 * @returns Shape (rows,); NaN while fewer than `leastOutcomes` are known.
 */
export function trailingMean(panel: Panel, options: KnownOutcomesOptions = {}): Float64Array {
  const { leastOutcomes = 60 } = options;
  checkInteger("compute a trailing mean", "leastOutcomes", leastOutcomes, { least: 1 });
  return overKnown(panel, options, ({ sum, count }) => count < leastOutcomes ? NaN : sum / count);
}

/**
 * The outcome of the symbol that became known last: as a forecast, yesterday once more; with the sign turned, reversal.
 *
 * @returns Shape (rows,); NaN until one is known.
 */
export function lastOutcome(panel: Panel, options: KnownOutcomesOptions = {}): Float64Array {
  return overKnown(panel, options, ({ latest }) => latest);
}
