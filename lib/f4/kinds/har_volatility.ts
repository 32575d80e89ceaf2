import { checkInteger, type Panel } from "@lib/core";
import { walkKnown } from "./_known_by_close.ts";
import type { KnownVolatilityOptions } from "./ewma_volatility.ts";

const WEEK = 5;
const MONTH = 22;
const REGRESSORS = 4;
/** A forecast variance below this share of the last month's mean is no forecast but a line gone astray. */
const LEAST_SHARE = 0.1;

/** Options of {@linkcode harVolatility}. */
export interface HarVolatilityOptions extends KnownVolatilityOptions {
  /** Outcomes, of all symbols together, that must be known before the weights are. Default 250. */
  leastOutcomes?: number;
}

/**
 * Volatility by the heterogeneous autoregression: a weighted sum of the last known variance and of the means of the last
 * week's, the last month's and of all known ones, with weights fitted anew each day on all symbols' known past.
 *
 * Variances are squares of the outcomes. Corsi's constant is each symbol's own mean of all known variances, and rows are
 * divided by their last month's mean before they are fitted, so that no wild name decides alone. A forecast below a
 * tenth of the last month's mean is set to that tenth.
 *
 * Source: Corsi (2009), Journal of Financial Econometrics 7.
 *
 * @example Where volatility never changes
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * const actual = Float64Array.from({ length: 300 }, (_, day) => day % 2 === 0 ? 0.01 : -0.01);
 * const panel = Panel.fromRows({ symbol: Array(300).fill("A"), date: weekdays("2020-01-01", 300), columns: { actual } });
 * assert.ok(Math.abs(harVolatility(panel)[299] - 0.01) < 1e-6);
 * ```
 *
 * @returns Standard deviation over the horizon, shape (rows,); NaN while a month or `leastOutcomes` are not known.
 * @throws {RangeError} If an option is out of range.
 */
export function harVolatility(
  panel: Panel,
  { actual = "actual", horizonDays = 1, leastOutcomes = 250 }: HarVolatilityOptions = {},
): Float64Array {
  const action = "compute a HAR volatility";
  checkInteger(action, "horizonDays", horizonDays, { least: 1 });
  checkInteger(action, "leastOutcomes", leastOutcomes, { least: REGRESSORS });
  const variances = panel.column(actual).map((value) => Number.isFinite(value) ? value ** 2 : NaN);
  const { regressors, scale } = knownMeans(panel, variances, horizonDays);
  const days = panel.dates.length;
  const products = new Float64Array(days * REGRESSORS * REGRESSORS);
  const answers = new Float64Array(days * REGRESSORS);
  const counts = new Int32Array(days);
  for (let row = 0; row < panel.rows; row++) {
    const knownOn = panel.dayOf[row] + horizonDays;
    if (Number.isNaN(variances[row]) || !(scale[row] > 0) || knownOn >= days) continue;
    counts[knownOn]++;
    for (let i = 0; i < REGRESSORS; i++) {
      const x = regressors[row * REGRESSORS + i];
      answers[knownOn * REGRESSORS + i] += x * variances[row] / scale[row];
      for (let j = 0; j < REGRESSORS; j++) {
        products[(knownOn * REGRESSORS + i) * REGRESSORS + j] += x * regressors[row * REGRESSORS + j];
      }
    }
  }
  const weights = new Float64Array(days * REGRESSORS).fill(NaN);
  const [product, answer] = [new Float64Array(REGRESSORS ** 2), new Float64Array(REGRESSORS)];
  let known = 0;
  for (let day = 0; day < days; day++) {
    known += counts[day];
    for (let i = 0; i < product.length; i++) product[i] += products[day * product.length + i];
    for (let i = 0; i < answer.length; i++) answer[i] += answers[day * answer.length + i];
    if (known >= leastOutcomes) weights.set(solved(product, answer), day * REGRESSORS);
  }
  return scale.map((month, row) => {
    let share = 0;
    for (let i = 0; i < REGRESSORS; i++) {
      share += weights[panel.dayOf[row] * REGRESSORS + i] * regressors[row * REGRESSORS + i];
    }
    return month > 0 ? Math.sqrt(month * Math.max(share, LEAST_SHARE)) : NaN;
  });
}

/** Of each row: the known last value and means of a week, a month and all, over the mean of the month, which is `scale`. */
function knownMeans(panel: Panel, variances: Float64Array, horizonDays: number) {
  const regressors = new Float64Array(panel.rows * REGRESSORS);
  const scale = new Float64Array(panel.rows);
  let past: number[] = [];
  let sum = 0;
  const meanOfLast = (count: number) => past.slice(-count).reduce((total, value) => total + value, 0) / count;
  walkKnown(panel, horizonDays, {
    start: () => [past, sum] = [[], 0],
    learn: (row) => {
      if (Number.isNaN(variances[row])) return;
      past.push(variances[row]);
      sum += variances[row];
    },
    say: (row) => {
      const month = past.length < MONTH ? NaN : meanOfLast(MONTH);
      scale[row] = month;
      if (!(month > 0)) return;
      regressors.set(
        [past[past.length - 1] / month, meanOfLast(WEEK) / month, 1, sum / past.length / month],
        row * REGRESSORS,
      );
    },
  });
  return { regressors, scale };
}

/** Weights of least squares from their normal equations, with a trace of ridge where regressors are the same. */
function solved(product: Float64Array, answer: Float64Array): Float64Array {
  const size = answer.length;
  const rows = Array.from(
    { length: size },
    (_, i) => [...product.subarray(i * size, (i + 1) * size), answer[i]],
  );
  const trace = rows.reduce((sum, row, i) => sum + row[i], 0);
  rows.forEach((row, i) => row[i] += 1e-9 * trace);
  for (let pivot = 0; pivot < size; pivot++) {
    for (let other = 0; other < size; other++) {
      if (other === pivot) continue;
      const factor = rows[other][pivot] / rows[pivot][pivot];
      for (let column = pivot; column <= size; column++) rows[other][column] -= factor * rows[pivot][column];
    }
  }
  return Float64Array.from(rows, (row, i) => row[size] / row[i]);
}
