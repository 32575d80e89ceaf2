import { checkInteger, mean } from "@lib/core";

/**
 * Mean block length that makes the stationary bootstrap of a mean most accurate, estimated from the series itself.
 *
 * Politis and White (2004, Econometric Reviews 23) with the correction of Patton, Politis and White (2009, Econometric
 * Reviews 28). Autocovariances count, smoothed by a flat-top window, up to twice the first lag from which on K =
 * max(5, floor(log10 n)) autocorrelations in a row lie within 2 sqrt(log10 n / n); the result is at most
 * ceil(min(3 sqrt n, n / 3)). The same as `arch.bootstrap.optimal_block_length`, column `stationary`, which starts
 * the run one lag later than the paper. Below 1 where nothing depends on anything.
 *
 * @example A series that changes its level once needs long blocks
 * ```ts
 * import assert from "node:assert/strict";
 * const levels = Float64Array.from({ length: 200 }, (_, day) => day < 100 ? 0 : 1);
 * assert.ok(optimalBlockLength(levels) > 15);
 * ```
 *
 * @param values Shape (n,), in time order, none missing.
 * @returns In days; 1 for a constant.
 * @throws {RangeError} If there are fewer than 8 values.
 */
export function optimalBlockLength(values: Float64Array): number {
  const n = values.length;
  checkInteger("choose a block length", "the number of values", n, { least: 8 });
  const centre = mean(values);
  const deviations = values.map((value) => value - centre);
  const inARow = Math.max(5, Math.floor(Math.log10(n)));
  const widest = Math.min(Math.ceil(Math.sqrt(n)) + inARow, n - 1);
  const covariances = new Float64Array(widest + 1);
  const correlations = new Float64Array(widest + 1);
  for (let lag = 0; lag <= widest; lag++) {
    let [cross, late, early] = [0, 0, 0];
    for (let day = lag; day < n; day++) {
      cross += deviations[day] * deviations[day - lag];
      if (day > lag) late += deviations[day] ** 2;
      if (day < n - 1) early += deviations[day - lag] ** 2;
    }
    covariances[lag] = cross / n;
    correlations[lag] = Math.abs(cross) / Math.sqrt(late * early);
  }
  if (covariances[0] === 0) return 1;

  const limit = 2 * Math.sqrt(Math.log10(n) / n);
  let quiet = 1;
  const isQuiet = () => correlations.subarray(quiet, quiet + inARow).every((correlation) => correlation < limit);
  while (quiet + inARow <= widest && !isQuiet()) quiet++;
  const width = quiet + inARow <= widest ? Math.min(2 * quiet, widest) : widest;
  let [slope, density] = [0, covariances[0]];
  for (let lag = 1; lag <= width; lag++) {
    const weight = lag / width <= 0.5 ? 1 : 2 * (1 - lag / width);
    slope += 2 * weight * lag * covariances[lag];
    density += 2 * weight * covariances[lag];
  }
  return Math.min((slope ** 2 / density ** 2 * n) ** (1 / 3), Math.ceil(Math.min(3 * Math.sqrt(n), n / 3)));
}
