import { isIsoDay, type Panel } from "@lib/core";
import { type HeadlineDays, headlineDays } from "./_headline_days.ts";
import { cosineMeasures } from "./_judging.ts";
import { cosineT } from "./cosine_t.ts";
import { expectedMaximum } from "./expected_best_sharpe.ts";
import { isEstimate, type Measure, measure, missing } from "./measure.ts";
import { normalProbability } from "./normal_distribution.ts";

/** The headline on the final block alone: days that were set aside when the market was first looked at. */
export interface FinalScore {
  /** First day of the final block. */
  from: string;
  /** Judged days in it. */
  days: number;
  firstDay: string | null;
  lastDay: string | null;
  /** Looks at the block up to this one, admitted ones included. */
  looks: number;
  /** What is measured: that of the headline. */
  what: string;
  value: Measure;
  /** Normal deviate of the value. */
  z: Measure;
  /** The same on the judged days before the block. */
  before: Measure;
  /** That of the block less that of the days before, over its joint standard error. */
  difference: Measure;
  /** Probability that the true value on such days lies above what the best of so many looks without skill shows. */
  deflated: Measure;
}

/** A claim on one part of its days. */
export interface PartScore {
  dates: readonly string[];
  value: Measure;
  z: Measure;
  /** Of the value; NaN where it is not known. */
  standardError: number;
}

/** Options of {@linkcode scoreFinal}. */
export interface ScoreFinalOptions {
  /** First day of the final block. */
  from: string;
  looks: number;
  what: string;
  /** Scores the days of one side. */
  score: (isPart: (date: string) => boolean) => PartScore;
}

/** The final block beside the days before it. */
export function scoreFinal({ from, looks, what, score }: ScoreFinalOptions): FinalScore {
  const [block, before] = [score((date) => date >= from), score((date) => date < from)];
  const { dates, value, z } = block;
  const gap = isEstimate(value) && isEstimate(before.value) ? value.value - before.value.value : NaN;
  const error = Math.hypot(block.standardError, before.standardError);
  const n = dates.length;
  const reason = "one side has too few days to know its error";
  return {
    from,
    days: n,
    firstDay: dates.at(0) ?? null,
    lastDay: dates.at(-1) ?? null,
    looks,
    what,
    value,
    z,
    before: before.value,
    difference: measure({ value: gap / error, n, method: "days of the block; in joint standard errors" }, reason),
    deflated: isEstimate(z)
      ? measure({
        value: normalProbability(z.value - expectedMaximum(looks)),
        n: looks,
        method: "looks; probability above their expected best",
      }, reason)
      : missing(z.reason),
  };
}

/** Scores parts of the days behind a rank IC; where it is one over all rows, those of the part are ranked anew. */
export function scoreHeadlinePart(
  panel: Panel,
  { what, dates, values }: HeadlineDays,
  { minimumNames, horizonDays, confidence }: { minimumNames: number; horizonDays: number; confidence: number },
): ScoreFinalOptions["score"] {
  return (isPart) => {
    const chosen = dates.flatMap((date, day) => isPart(date) ? [day] : []);
    const part = what === "mean daily rank IC across symbols"
      ? { dates: chosen.map((day) => dates[day]), values: Float64Array.from(chosen, (day) => values[day]) }
      : headlineDays(panel.select((row) => isPart(panel.dates[panel.dayOf[row]])), { minimumNames });
    const { byCosines: value, z } = cosineMeasures(part.values, { horizonDays, confidence });
    const standardError = isEstimate(z) ? cosineT(part.values, { horizonDays }).standardError : NaN;
    return { dates: part.dates, value, z, standardError };
  };
}

/** @throws {RangeError} If the first day of the final block is no ISO day. */
export function checkFinalFrom(action: string, finalFrom: string | undefined): void {
  if (finalFrom === undefined || isIsoDay(finalFrom)) return;
  throw new RangeError(`Cannot ${action}: finalFrom must be an ISO day, current value is ${finalFrom}`);
}
