import { checkInteger, checkSameLength } from "@lib/core";
import { checkMatrix, type Rows, type TrainingRows } from "@lib/dataset";

/**
 * Refuses rows that nothing can be learnt from: none at all, no features, other lengths, unknown or infinite targets,
 * weights that are not positive, rows to stop by with other features.
 *
 * @throws {RangeError} For a value.
 * @throws {TypeError} For a shape.
 */
export function checkTrainingRows(action: string, { stop, ...rows }: TrainingRows, seed: number): void {
  checkInteger(action, "seed", seed, { least: 0, most: 2147483647 });
  if (rows.features.rows === 0 || rows.features.columns.length === 0) {
    throw new RangeError(
      `Cannot ${action}: there must be rows and features, current numbers are ${rows.features.rows} and ${rows.features.columns.length}`,
    );
  }
  checkRows(action, rows, rows.features.columns);
  if (stop) checkRows(action, stop, rows.features.columns);
}

function checkRows(action: string, { features, target, weight }: Rows, columns: readonly string[]): void {
  checkMatrix(action, features, columns);
  checkSameLength(action, { rows: features.rows, target: target.length, weight: weight?.length ?? features.rows });
  const unknown = target.findIndex((value) => !Number.isFinite(value));
  if (unknown >= 0) {
    throw new RangeError(
      `Cannot ${action}: every target must be a finite number, current value of row ${unknown} is ${target[unknown]}`,
    );
  }
  const weightless = weight?.findIndex((value) => !(value > 0 && value < Infinity)) ?? -1;
  if (weightless >= 0) {
    throw new RangeError(
      `Cannot ${action}: every weight must be positive and finite, current value of row ${weightless} is ${
        weight![weightless]
      }`,
    );
  }
}
