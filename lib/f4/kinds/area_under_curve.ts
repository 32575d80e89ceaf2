import { checkNumber, checkSameLength, midRanks } from "@lib/core";

/** Result of {@linkcode areaUnderCurve}. */
export interface AreaUnderCurve {
  /** Probability that a row with the event has the higher score than one without; 1/2 knows nothing. */
  area: number;
  /**
   * Of each row, the share of rows of the other class on its right side, ties counting half; shape (rows,). The mean
   * over either class is the area, and the spread of the means is its sampling error (DeLong).
   */
  placement: Float64Array;
}

/**
 * Area under the receiver operating characteristic, from mid-ranks (Mann-Whitney).
 *
 * Sources: Hanley and McNeil (1982), Radiology 143; DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { area, placement } = areaUnderCurve(Float64Array.of(0.1, 0.4, 0.4, 0.8), Float64Array.of(0, 0, 1, 1));
 * assert.equal(area, 0.875);
 * assert.deepEqual(placement, Float64Array.of(1, 0.75, 0.75, 1));
 * ```
 *
 * @param score Shape (rows,), none missing.
 * @param event 1 where it happened, 0 where not, shape (rows,).
 * @returns NaN, and placements of NaN, where one class has no row.
 * @throws {TypeError} If the lengths differ.
 */
export function areaUnderCurve(score: Float64Array, event: Float64Array): AreaUnderCurve {
  checkSameLength("compute an area under the curve", { score: score.length, event: event.length });
  const ranks = midRanks(score);
  const own = [0, 1].map((side) => midRanks(score.map((value, row) => event[row] === side ? value : NaN)));
  const events = event.reduce((sum, value) => sum + value, 0);
  const others = event.length - events;
  let sum = 0;
  const placement = event.map((side, row) => {
    const below = ranks[row] - own[side][row]; // rows of the other class with a lower score, ties counting half
    if (side === 1) sum += below;
    return side === 1 ? below / others : 1 - below / events;
  });
  if (!(events > 0 && others > 0)) return { area: NaN, placement: placement.fill(NaN) };
  return { area: sum / events / others, placement };
}

/**
 * The area under the curve of a forecast that has this IC with a normal return, the event being a return above 0:
 * 1/2 + 2 arcsin(IC / sqrt 2) / pi.
 *
 * From the orthant probability of three normals: the difference of two forecasts has a correlation of IC / sqrt 2 with
 * each of their returns.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(areaImpliedByIc(0.1).toFixed(3), "0.545");
 * ```
 *
 * @throws {RangeError} If `ic` lies outside -1 to 1.
 */
export function areaImpliedByIc(ic: number): number {
  checkNumber("compute the area that an IC implies", "ic", ic, { least: -1, most: 1 });
  return 0.5 + 2 / Math.PI * Math.asin(ic / Math.SQRT2);
}
