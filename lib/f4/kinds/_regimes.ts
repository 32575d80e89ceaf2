import { type Panel, quantile } from "@lib/core";
import { bootstrapped, type Judging } from "../_judging.ts";
import { type Measure } from "../measure.ts";
import { bootstrapSums } from "../stationary_bootstrap.ts";
import { sumByDay } from "./_kind_judging.ts";

/** Terciles of the volatility that was known at the close, over all judged rows. */
export const REGIMES = ["calm", "middle", "turbulent"] as const;

/** One number in one regime. */
export interface RegimeMeasure {
  regime: typeof REGIMES[number];
  rows: number;
  value: Measure;
}

/** Index into {@linkcode REGIMES} of each row, by its known volatility; -1 where none is known. Shape (rows,). */
export function regimesOf(volatility: Float64Array): Int8Array {
  const [first, second] = [quantile(volatility, 1 / 3), quantile(volatility, 2 / 3)];
  return Int8Array.from(volatility, (value) => Number.isNaN(value) ? -1 : value <= first ? 0 : value <= second ? 1 : 2);
}

/** Sum of `above` over sum of `below` in each regime that has rows, with intervals. */
export function ratioByRegime(
  judged: Panel,
  regimes: Int8Array,
  { above, below }: { above: Float64Array; below: Float64Array },
  judging: Judging,
): RegimeMeasure[] {
  return REGIMES.flatMap((regime, index) => {
    const own = (values: Float64Array) => sumByDay(judged, values.map((one, row) => regimes[row] === index ? one : 0));
    const rows = regimes.reduce((count, value) => count + (value === index ? 1 : 0), 0);
    if (rows === 0) return [];
    const columns = { above: own(above), below: own(below) };
    const { ratio } = bootstrapSums(columns, { ratio: (t) => t.above / t.below }, judging.resamples, judging);
    const { horizonDays } = judging;
    const days = judged.dates.length;
    const about = { n: rows, days, horizonDays, unit: "rows", reason: "nothing to divide by" } as const;
    return [{ regime, rows, value: bootstrapped(ratio, about) }];
  });
}
