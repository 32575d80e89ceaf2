import { LIMITS } from "../limits.ts";
import { isEstimate, type Measure } from "../measure.ts";
import type { SpreadJudgement } from "../spread.ts";

/**
 * Whether forecasts of dispersion (widths of intervals, variances) vary as much as dispersion does: by how steeply
 * outcomes follow them, never by an absolute floor. The sister of `judgeSpread`, with the same limits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const steep = { value: 3, low: 2.5, high: 3.5, n: 500, method: "rows" };
 * assert.equal(judgeWidths(steep).verdict, "collapsed");
 * ```
 *
 * @param slope Relative change of the outcomes' dispersion for a relative change of the forecast's: 1 is calibrated.
 */
export function judgeWidths(slope: Measure): SpreadJudgement {
  if (!isEstimate(slope)) return { verdict: "collapsed", words: slope.reason };
  const { value, low, high } = slope;
  if (low === null || high === null) {
    return { verdict: "undetermined", words: "too few days for an interval of the slope" };
  }
  if (high < 1 && value < LIMITS.overconfidentSlope.value) {
    const words = low > 0
      ? "they vary more than twice as much as dispersion does"
      : "they vary, but dispersion does not follow them: a constant would serve as well";
    return { verdict: "overconfident", words };
  }
  if (low > 1 && value > LIMITS.collapsedSlope.value) {
    return { verdict: "collapsed", words: "they vary less than half as much as dispersion does" };
  }
  if (low > 0) return { verdict: "calibrated", words: "they vary as dispersion does" };
  return { verdict: "undetermined", words: "the interval of the slope holds both 0 and 1" };
}
