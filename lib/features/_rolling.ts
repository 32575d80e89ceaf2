import * as core from "@lib/core";
import { once } from "./_once.ts";

/** The kernel of `@lib/core`, computed once where features share it. */
const shared =
  (name: string, kernel: (values: Float64Array, options: core.RollingOptions) => Float64Array) =>
  (values: Float64Array, { windowDays }: core.RollingOptions): Float64Array =>
    once(`${name} ${windowDays}`, [values], () => kernel(values, { windowDays }));

export const rollingMaximum = shared("maximum", core.rollingMaximum);
export const rollingMean = shared("mean", core.rollingMean);
export const rollingMinimum = shared("minimum", core.rollingMinimum);
export const rollingStandardDeviation = shared("deviation", core.rollingStandardDeviation);
export const rollingSum = shared("sum", core.rollingSum);
