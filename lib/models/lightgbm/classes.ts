import type { LightgbmParameters } from "@lib/lightgbm";

/**
 * Refuses targets that are no classes where the objective is about classes: LightGBM would take every positive return for
 * a 1 without a word.
 *
 * @throws {RangeError} If a target is not one of the classes.
 */
export function checkClasses(action: string, parameters: LightgbmParameters, target: Float64Array): void {
  const { objective } = parameters;
  if (objective !== "binary" && objective !== "multiclass") return;
  const classes = objective === "binary" ? 2 : parameters.num_class ?? 1;
  const odd = target.findIndex((value) => !(Number.isInteger(value) && value >= 0 && value < classes));
  if (odd < 0) return;
  throw new RangeError(
    `Cannot ${action}: every target must be a class from 0 to ${classes - 1}, current value of row ${odd} is ${
      target[odd]
    }`,
  );
}

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
