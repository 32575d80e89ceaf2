import { checkInteger, type Panel, rollingStandardDeviation } from "@lib/core";
import { forwardReturn } from "./forward_return.ts";

/** How forward returns are measured in what was usual for the name. */
export interface MoveOptions {
  /** Trading days from the close at which the forecast is made to the close at which it is judged, at least 1. */
  horizonDays: number;
  /** Rows over which the usual size of a day's return is measured, the day of the forecast being the last. Default 60. */
  windowDays?: number;
}

/**
 * Forward returns in standard deviations: the return over `horizonDays`, divided by the deviation (divisor n - 1) of the
 * daily returns of the `windowDays` rows up to the forecast, times the root of `horizonDays`. The measure is known at the
 * close; the return is not. NaN where either is missing, or the deviation is 0.
 */
export function moves(panel: Panel, { horizonDays, windowDays = 60 }: MoveOptions): Float64Array {
  checkInteger("measure moves in standard deviations", "windowDays", windowDays, { least: 2 });
  const forward = forwardReturn(panel, { horizonDays });
  const index = panel.column("index");
  const usual = panel.perSymbol((from, to) => {
    const returns = Float64Array.from(
      { length: to - from },
      (_, at) => at ? index[from + at] / index[from + at - 1] - 1 : NaN,
    );
    return rollingStandardDeviation(returns, { windowDays });
  });
  return forward.map((earned, row) => usual[row] > 0 ? earned / (usual[row] * Math.sqrt(horizonDays)) : NaN);
}
