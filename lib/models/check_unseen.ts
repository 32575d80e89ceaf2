import { type Dataset, type RowSet, rowsWithin } from "@lib/dataset";

/**
 * Refuses to score a model on rows whose outcome it has seen, whole or in part. Rows whose outcome is not known cannot
 * be scored, and are not asked about.
 *
 * @param rows Indices into the rows of `dataset.features`.
 * @throws {RangeError} If one of them is in the set; the message names the first and the last.
 */
export function checkUnseen(
  action: string,
  { dataset: { features, target }, rows, seen }: { dataset: Dataset; rows: Int32Array; seen: RowSet },
): void {
  const scored = rows.filter((row) => !Number.isNaN(target[row]));
  const known = rowsWithin(features, scored, seen);
  if (known.length === 0) return;
  const [first, last] = [known[0], known[known.length - 1]].map((row) => {
    const { symbol, date } = features.key(row);
    return `${symbol} on ${date}`;
  });
  throw new RangeError(
    `Cannot ${action}: the model must not have seen the outcome of a row that it is scored on, current number is ` +
      `${known.length} of ${scored.length}, from ${first} to ${last}`,
  );
}
