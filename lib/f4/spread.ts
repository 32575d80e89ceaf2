import { isEstimate, type Measure } from "./measure.ts";
import { LIMITS } from "./limits.ts";

/** How the spread of a forecast fits the skill that it shows. */
export type SpreadVerdict = "calibrated" | "collapsed" | "overconfident" | "undetermined" | "not applicable";

/** Result of {@linkcode judgeSpread}. */
export interface SpreadJudgement {
  verdict: SpreadVerdict;
  words: string;
}

/**
 * Whether forecasts vary as much as their skill supports: relative to the IC, never by an absolute floor.
 *
 * A calibrated forecast has std(forecast) / std(actual) = IC, that is a slope of 1 when actuals are regressed on
 * forecasts (slope = IC / ratio). A slope of 1/2 says that every forecast should be halved. Collapsed and
 * overconfident are said only where the interval of the slope leaves no doubt about the side.
 *
 * @param ratio std(forecast) / std(actual).
 * @param slope Regression slope of actual on forecast, with its interval.
 */
export function judgeSpread(ratio: Measure, slope: Measure): SpreadJudgement {
  if (!isEstimate(ratio)) return { verdict: "not applicable", words: ratio.reason };
  if (!isEstimate(slope)) return { verdict: "not applicable", words: slope.reason };
  if (slope.low === null || slope.high === null) {
    return { verdict: "undetermined", words: "too few days for an interval of the calibration slope" };
  }
  const low = slope.low > 0;
  if (ratio.value < LIMITS.collapsedRatio.value && !low) {
    return { verdict: "collapsed", words: "the forecasts hardly vary, and what varies shows no skill" };
  }
  if (slope.high < 1 && slope.value < LIMITS.overconfidentSlope.value) {
    const words = low
      ? "the forecasts vary more than twice as much as their IC supports: shrink them by the slope"
      : "the forecasts vary, but show no skill that would support it: a constant would have the smaller error";
    return { verdict: "overconfident", words };
  }
  if (slope.low > 1 && slope.value > LIMITS.collapsedSlope.value) {
    return { verdict: "collapsed", words: "the forecasts vary less than half as much as their IC supports" };
  }
  if (low) return { verdict: "calibrated", words: "the spread fits the IC" };
  return { verdict: "undetermined", words: "the interval of the calibration slope holds both 0 and 1" };
}
