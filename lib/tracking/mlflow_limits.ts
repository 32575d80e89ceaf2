/** What one call to the MLflow 3 server may hold (`mlflow/utils/validation.py`, 3.17.2). Lengths count code points. */
export const mlflowLimits = {
  metricsPerBatch: 1_000,
  parametersPerBatch: 100,
  tagsPerBatch: 100,
  entitiesPerBatch: 1_000,
  batchBytes: 1_000_000,
  keyLength: 250,
  parameterLength: 6_000,
  tagLength: 8_000,
  experimentTagLength: 20_000,
  experimentNameLength: 500,
  datasetNameLength: 500,
  datasetDigestLength: 36,
  datasetSourceLength: 65_535,
  inputTagLength: 500,
} as const;

/** Length as the server counts it: an emoji is one, where JavaScript's `length` says two. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/**
 * Refuses a text that the server would refuse, or worse, cut.
 *
 * @throws {RangeError} If `text` is empty or has more than `most` code points.
 */
export function checkLength(action: string, name: string, text: string, most: number): void {
  const length = text.length <= most ? text.length : codePoints(text);
  if (length >= 1 && length <= most) return;
  throw new RangeError(`Cannot ${action}: ${name} must have 1 to ${most} characters, current length is ${length}`);
}

/**
 * Refuses a name of a metric, a parameter or a tag that the server would refuse: letters, digits, `_ - . : /` and spaces,
 * and none that would mean another path if it were a file's (`a//b`, `../a`, `/a`, `a/`).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * checkName("log a metric", "metric", "fold/rank_ic 5d");
 * assert.throws(() => checkName("log a metric", "metric", "ic%"), RangeError);
 * ```
 *
 * @throws {RangeError} If `name` has other characters, would move as a path, or is longer than 250 characters.
 */
export function checkName(action: string, kind: "metric" | "parameter" | "tag", name: string): void {
  checkLength(action, `${kind} name`, name, mlflowLimits.keyLength);
  const movesAsPath = name.split("/").some((part) => part === "" || part === "." || part === "..");
  if (/^[/\p{L}\p{N}_.\- :]+$/u.test(name) && !movesAsPath) return;
  throw new RangeError(
    `Cannot ${action}: a ${kind} name must consist of letters, digits, spaces and _ - . : / with no empty, . or .. part ` +
      `between slashes, current value is ${JSON.stringify(name)}`,
  );
}
