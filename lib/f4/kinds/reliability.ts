import { checkInteger, checkSameLength, midRanks } from "@lib/core";

/** One group of rows with similar probabilities. */
export interface ReliabilityBin {
  rows: number;
  meanProbability: number;
  /** Share of rows on which the event happened. */
  observedRate: number;
}

/** Result of {@linkcode reliability}. */
export interface Reliability {
  bins: ReliabilityBin[];
  /** Index into `bins` of each row, shape (rows,). */
  binOf: Int32Array;
  /** Mean squared error of the probabilities. */
  brier: number;
  /** Part of it that comes from rates that are not the probabilities named: 0 is calibrated. */
  reliability: number;
  /** Part of it that is saved because the rates of the bins differ: what the forecast knows. */
  resolution: number;
  /** What naming the base rate, known with hindsight, would lose. */
  uncertainty: number;
  /** What is left, since probabilities differ within a bin: brier = reliability - resolution + uncertainty + this. */
  withinBins: number;
  /** Mean over rows of |observed rate - mean probability| of their bin. */
  expectedCalibrationError: number;
}

/** Options of {@linkcode reliability}. */
export interface ReliabilityOptions {
  /** Groups of equal size; equal probabilities share one, so that some may be larger, and others empty. Default 10. */
  bins?: number;
}

/**
 * Are events as frequent as was said? Rows in groups by their probability, and the Brier score in its parts.
 *
 * A row's group is floor(bins (rank - 1/2) / n) by its mid-rank among all n; groups of equal width would put nearly all
 * honest probabilities of daily returns into one. The parts are sums over groups of share (rate - probability)^2, of
 * share (rate - base rate)^2, and base rate (1 - base rate).
 *
 * The calibration error is never 0: chance alone gives each group a gap. How much is for the judge to say, who knows how
 * rows depend on each other.
 *
 * Sources: Brier (1950), Monthly Weather Review 78; Murphy (1973), Journal of Applied Meteorology 12; Naeini, Cooper and
 * Hauskrecht (2015), AAAI, for the calibration error.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { bins, resolution } = reliability(Float64Array.of(0.2, 0.2, 0.9, 0.9), Float64Array.of(0, 0, 1, 1), { bins: 2 });
 * assert.deepEqual(bins.map(({ observedRate }) => observedRate), [0, 1]);
 * assert.equal(resolution, 0.25);
 * ```
 *
 * @param probability Shape (rows,), 0 to 1, none missing.
 * @param event 1 where it happened, 0 where not, shape (rows,).
 * @returns NaN for no rows.
 * @throws {TypeError} If the lengths differ.
 * @throws {RangeError} If `bins` is not a whole number of at least 1.
 */
export function reliability(
  probability: Float64Array,
  event: Float64Array,
  { bins: count = 10 }: ReliabilityOptions = {},
): Reliability {
  const action = "group probabilities";
  checkSameLength(action, { probability: probability.length, event: event.length });
  checkInteger(action, "bins", count, { least: 1 });
  const n = probability.length;
  const groups = Int32Array.from(midRanks(probability), (rank) => Math.floor(count * (rank - 0.5) / n));
  const [rows, said, came] = [0, 1, 2].map(() => new Float64Array(count));
  let [squares, events] = [0, 0];
  for (let row = 0; row < n; row++) {
    rows[groups[row]]++;
    said[groups[row]] += probability[row];
    came[groups[row]] += event[row];
    squares += (probability[row] - event[row]) ** 2;
    events += event[row];
  }
  const used = Array.from(rows.keys()).filter((group) => rows[group] > 0);
  const place = new Int32Array(count);
  used.forEach((group, index) => place[group] = index);
  const bins = used.map((group) => ({
    rows: rows[group],
    meanProbability: said[group] / rows[group],
    observedRate: came[group] / rows[group],
  }));
  const baseRate = events / n;
  const average = (value: (bin: ReliabilityBin) => number) =>
    bins.reduce((sum, bin) => sum + bin.rows / n * value(bin), 0);
  const brier = squares / n;
  const parts = {
    reliability: average((bin) => (bin.observedRate - bin.meanProbability) ** 2),
    resolution: average((bin) => (bin.observedRate - baseRate) ** 2),
    uncertainty: baseRate * (1 - baseRate),
  };
  return {
    bins,
    binOf: groups.map((group) => place[group]),
    brier,
    ...parts,
    withinBins: brier - parts.reliability + parts.resolution - parts.uncertainty,
    expectedCalibrationError: average((bin) => Math.abs(bin.observedRate - bin.meanProbability)),
  };
}
