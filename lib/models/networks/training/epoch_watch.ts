import { mean, spearmanCorrelation, standardDeviation } from "@lib/core";

/** What is known after one round through the rows. */
export interface Epoch {
  /** From 1. */
  readonly epoch: number;
  /** Mean loss of the batches, with dropout. */
  readonly loss: number;
  /** Loss on the rows to stop by; null where there are none. */
  readonly stopLoss: number | null;
  /** Mean daily rank IC there, or of the whole where days have one row each; null where there are none. */
  readonly stopRankIc: number | null;
  /** Standard deviation of the forecasts there over that of the outcomes; null where there are none. */
  readonly spreadRatio: number | null;
  /** Length of the gradient of each head's part of the loss on the first batch, before the round. */
  readonly gradientNorms: Readonly<Record<string, number>>;
  /** What went wrong in this round, in words. */
  readonly findings: readonly string[];
}

/** Below it forecasts are all alike: also the judge's limit. */
const COLLAPSED = 0.005;
/** A head whose gradient is so much shorter than the longest hardly moves what they share. */
const STARVED = 0.001;

/**
 * Mean over days of the rank correlation of forecasts and outcomes across the rows of a day; where no day has three
 * rows, that of all rows. NaN where nothing varies.
 */
export function dailyRankIc(forecast: Float64Array, actual: Float64Array, day: Int32Array): number {
  const byDay = Map.groupBy(day.keys(), (row) => day[row]);
  const of = (rows: readonly number[]) =>
    spearmanCorrelation(Float64Array.from(rows, (row) => forecast[row]), Float64Array.from(rows, (row) => actual[row]));
  const days = [...byDay.values()].filter((rows) => rows.length > 2);
  if (days.length === 0) return of([...day.keys()]);
  return mean(Float64Array.from(days.map(of).filter(Number.isFinite)));
}

/** Spread of forecasts over that of outcomes. */
export function spreadRatio(forecast: Float64Array, actual: Float64Array): number {
  return standardDeviation(forecast) / standardDeviation(actual);
}

/**
 * What went wrong in a round, in words: forecasts that are all alike, and heads that no longer teach. Honest forecasts of
 * returns vary little (the best ones by about their IC, as a share of the outcomes' spread), so that only the relative
 * measure tells collapse from modesty.
 */
export function trainingFindings(
  { spreadRatio, stopRankIc, gradientNorms }: Pick<Epoch, "spreadRatio" | "stopRankIc" | "gradientNorms">,
): string[] {
  const findings: string[] = [];
  if (spreadRatio !== null && !(spreadRatio >= COLLAPSED)) {
    findings.push(
      `collapse: forecasts vary by ${spreadRatio.toPrecision(2)} of the outcomes, below ${COLLAPSED}, at a rank IC of ${
        stopRankIc === null || Number.isNaN(stopRankIc) ? "none" : stopRankIc.toFixed(3)
      }`,
    );
  }
  const longest = Math.max(...Object.values(gradientNorms));
  for (const [head, norm] of Object.entries(gradientNorms)) {
    if (norm >= STARVED * longest) continue;
    findings.push(`starved head: the gradient of ${head} is ${(norm / longest).toPrecision(2)} of the longest`);
  }
  return findings;
}
