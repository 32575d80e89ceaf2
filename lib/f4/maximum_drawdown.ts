/**
 * Largest loss from a peak: 1 - value / highest value so far, over the path of a book that starts at 1 and compounds.
 *
 * @example Up a half, down by half
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(maximumDrawdown(Float64Array.of(0.5, -0.5)), 0.5);
 * ```
 *
 * @param returns Shape (periods,), simple returns in time order, none missing.
 * @returns A positive fraction; 0 if the book never falls, and for no returns.
 */
export function maximumDrawdown(returns: Float64Array): number {
  let [value, peak, lowestShare] = [1, 1, 1];
  for (let period = 0; period < returns.length; period++) {
    value *= 1 + returns[period];
    peak = Math.max(peak, value);
    lowestShare = Math.min(lowestShare, value / peak);
  }
  return 1 - lowestShare;
}
