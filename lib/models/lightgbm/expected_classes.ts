/**
 * The class that is expected under the probabilities of all: a score between the first and the last, larger for rows that
 * lean to the higher ones.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(expectedClasses(Float64Array.of(0.5, 0.25, 0.25), 3, "rows first"), Float64Array.of(0.75));
 * ```
 *
 * @param order Whether the probabilities are those of a row after each other, or those of a class.
 * @returns Shape (rows,).
 */
export function expectedClasses(
  probabilities: Float64Array,
  classes: number,
  order: "rows first" | "classes first",
): Float64Array<ArrayBuffer> {
  const rows = probabilities.length / classes;
  const [rowStep, classStep] = order === "rows first" ? [classes, 1] : [1, rows];
  const expected = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let index = 1; index < classes; index++) {
      expected[row] += index * probabilities[row * rowStep + index * classStep];
    }
  }
  return expected;
}
