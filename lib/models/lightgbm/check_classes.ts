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
