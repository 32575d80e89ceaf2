import { checkInteger, type Panel } from "@lib/core";
import { slopesOf } from "./_slopes.ts";

/** Options of {@linkcode trailingVolatility} and {@linkcode trailingBetas}. */
export interface TrailingOptions {
  /** Days of the panel that a window covers, today's included. */
  windowDays: number;
  /** Returns of the symbol that must be known in the window. */
  leastReturns: number;
}

/**
 * Standard deviation (divisor n - 1) of the returns of a symbol that are known in the trailing window of days.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * const panel = Panel.fromRows({ symbol: ["A", "A", "A"], date: weekdays("2020-01-01", 3), columns: {} });
 * const volatility = trailingVolatility(panel, Float64Array.of(0, 2, 2), { windowDays: 2, leastReturns: 2 });
 * assert.deepEqual(volatility, Float64Array.of(NaN, Math.SQRT2, 0));
 * ```
 *
 * @param returns Shape (rows,), known at the close of the row; NaN is missing.
 * @returns Shape (rows,); NaN where fewer than `leastReturns` are known.
 */
export function trailingVolatility(
  panel: Panel,
  returns: Float64Array,
  { windowDays, leastReturns }: TrailingOptions,
): Float64Array {
  check({ windowDays, leastReturns }, 2);
  return panel.perSymbol((from, to) => {
    const result = new Float64Array(to - from);
    for (let row = from, first = from; row < to; row++) {
      while (panel.dayOf[first] <= panel.dayOf[row] - windowDays) first++;
      result[row - from] = deviation(returns, first, row + 1, leastReturns);
    }
    return result;
  });
}

/** In two passes, counted from the first value: equal values are exactly 0. */
function deviation(values: Float64Array, from: number, to: number, least: number): number {
  let [count, sum, origin] = [0, 0, NaN];
  for (let row = from; row < to; row++) {
    if (Number.isNaN(values[row])) continue;
    if (count === 0) origin = values[row];
    count++;
    sum += values[row] - origin;
  }
  if (count < least) return NaN;
  const mean = sum / count;
  let squares = 0;
  for (let row = from; row < to; row++) {
    if (!Number.isNaN(values[row])) squares += (values[row] - origin - mean) ** 2;
  }
  return Math.sqrt(squares / (count - 1));
}

/**
 * Slopes of the least-squares fit of a symbol's returns on a constant and the returns of factors, over the trailing
 * window of days.
 *
 * A day counts where the return of the symbol and all factors are known. The slopes come from running sums of products
 * of centred values, whose rounding is some 1e-12 of a slope.
 *
 * @example Twice the market
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * const panel = Panel.fromRows({ symbol: ["A", "A", "A"], date: weekdays("2020-01-01", 3), columns: {} });
 * const market = Float64Array.of(1, 2, 4);
 * const [beta] = trailingBetas(panel, Float64Array.of(3, 5, 9), [market], { windowDays: 3, leastReturns: 3 });
 * assert.ok(Math.abs(beta[2] - 2) < 1e-12);
 * ```
 *
 * @param returns Shape (rows,), known at the close of the row; NaN is missing.
 * @param factors Each of shape (days of the panel,); NaN is missing.
 * @returns One array of shape (rows,) for each factor; NaN where fewer than `leastReturns` days count, or the factors
 * cannot be told apart in the window.
 */
export function trailingBetas(
  panel: Panel,
  returns: Float64Array,
  factors: readonly Float64Array[],
  { windowDays, leastReturns }: TrailingOptions,
): Float64Array[] {
  check({ windowDays, leastReturns }, factors.length + 2);
  const days = panel.dates.length;
  const betas = factors.map(() => new Float64Array(panel.rows).fill(NaN));
  const knownDay = Uint8Array.from({ length: days }, (_, day) => factors.every((x) => Number.isFinite(x[day])) ? 1 : 0);
  const values = [...factors.map((x) => centred(x, knownDay)), new Float64Array(days)]; // the symbol's own come last
  const width = 1 + values.length + values.length * (values.length + 1) / 2;
  const sums = new Float64Array((days + 1) * width); // up to each day: their number, values, and products
  const window = new Float64Array(width);
  for (let symbol = 0; symbol < panel.symbols.length; symbol++) {
    const [from, to] = [panel.starts[symbol], panel.starts[symbol + 1]];
    const own = values[values.length - 1].fill(NaN);
    for (let row = from; row < to; row++) own[panel.dayOf[row]] = returns[row];
    for (let day = 0; day < days; day++) {
      const [before, after] = [day * width, (day + 1) * width];
      if (knownDay[day] === 0 || !Number.isFinite(own[day])) {
        sums.copyWithin(after, before, after);
        continue;
      }
      let place = 0;
      sums[after] = sums[before] + 1;
      for (const column of values) sums[after + ++place] = sums[before + place] + column[day];
      for (let a = 0; a < values.length; a++) {
        for (let b = 0; b <= a; b++) sums[after + ++place] = sums[before + place] + values[a][day] * values[b][day];
      }
    }
    for (let row = from; row < to; row++) {
      const end = (panel.dayOf[row] + 1) * width;
      const first = Math.max(0, end - windowDays * width);
      if (sums[end] - sums[first] < leastReturns) continue;
      for (let place = 0; place < width; place++) window[place] = sums[end + place] - sums[first + place];
      const slopes = solve(window, factors.length);
      slopes?.forEach((slope, factor) => betas[factor][row] = slope);
    }
  }
  return betas;
}

function centred(values: Float64Array, isKnown: Uint8Array): Float64Array {
  const known = values.filter((_, day) => isKnown[day] === 1);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return values.map((value, day) => isKnown[day] === 1 ? value - mean : 0);
}

/** Slopes from n, the sums and the lower triangle of the products of k regressors and the regressand. */
function solve(window: Float64Array, k: number): Float64Array | undefined {
  return slopesOf(
    k,
    (a, b) => window[2 + k + a * (a + 1) / 2 + b] - window[1 + a] * window[1 + b] / window[0],
  );
}

function check({ windowDays, leastReturns }: TrailingOptions, least: number): void {
  const action = "look at a trailing window";
  checkInteger(action, "windowDays", windowDays, { least });
  checkInteger(action, "leastReturns", leastReturns, { least, most: windowDays });
}
