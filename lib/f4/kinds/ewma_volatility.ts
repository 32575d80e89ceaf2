import { checkInteger, checkNumber, type Panel } from "@lib/core";
import { walkKnown } from "./_known_by_close.ts";

/** Options of {@linkcode ewmaVolatility} and {@linkcode harVolatility}. */
export interface KnownVolatilityOptions {
  /** Column of returns, or of realised volatilities: only squares count. Default `actual`. */
  actual?: string;
  /** Days until an outcome is known, counted on the panel's own days. Default 1. */
  horizonDays?: number;
}

/** Options of {@linkcode ewmaVolatility}. */
export interface EwmaVolatilityOptions extends KnownVolatilityOptions {
  /** Weight that the past keeps when an outcome becomes known, 0 to 1. Default 0.94, that of RiskMetrics for days. */
  decay?: number;
  /** Outcomes of a symbol that must be known. Default 20. */
  leastOutcomes?: number;
}

/**
 * Volatility by exponentially weighted squares of the outcomes that are known at the close, per symbol.
 *
 * variance = decay * variance + (1 - decay) * square; the first outcomes enter as a plain mean until their weight,
 * 1 / number, falls below 1 - decay.
 *
 * Source: J.P. Morgan (1996), RiskMetrics technical document, 4th edition.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * const columns = { actual: Float64Array.of(0.03, -0.01, 9, 9) };
 * const panel = Panel.fromRows({ symbol: Array(4).fill("A"), date: weekdays("2020-01-01", 4), columns });
 * const volatility = ewmaVolatility(panel, { leastOutcomes: 2 });
 * assert.deepEqual(Array.from(volatility.slice(0, 2)), [NaN, NaN]);
 * assert.ok(Math.abs(volatility[2] ** 2 - 0.0005) < 1e-12);
 * ```
 *
 * @returns Standard deviation over the horizon, shape (rows,); NaN while fewer than `leastOutcomes` are known.
 * @throws {RangeError} If an option is out of range.
 */
export function ewmaVolatility(
  panel: Panel,
  { actual = "actual", horizonDays = 1, decay = 0.94, leastOutcomes = 20 }: EwmaVolatilityOptions = {},
): Float64Array {
  const action = "compute an EWMA volatility";
  checkInteger(action, "horizonDays", horizonDays, { least: 1 });
  checkNumber(action, "decay", decay, { least: 0, most: 1 });
  checkInteger(action, "leastOutcomes", leastOutcomes, { least: 1 });
  const outcomes = panel.column(actual);
  const volatility = new Float64Array(panel.rows);
  let [variance, known] = [0, 0];
  walkKnown(panel, horizonDays, {
    start: () => [variance, known] = [0, 0],
    learn: (row) => {
      if (!Number.isFinite(outcomes[row])) return;
      known++;
      variance += Math.max(1 - decay, 1 / known) * (outcomes[row] ** 2 - variance);
    },
    say: (row) => volatility[row] = known < leastOutcomes ? NaN : Math.sqrt(variance),
  });
  return volatility;
}
