// Plain loops: panels have millions of rows, and mapping functions cost more than the work.

/** Beyond this, sums of fourth powers leave the range of doubles, and nothing could be said of a row or its day. */
const LARGEST = 1e60;

/** Whether a value can be judged: neither missing nor infinite, nor so large that its powers are. */
export function isJudgeable(value: number): boolean {
  return Math.abs(value) <= LARGEST;
}

/** The same values, NaN in the place of those that cannot be judged. */
export function finite(values: Float64Array): Float64Array {
  const result = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) result[row] = isJudgeable(values[row]) ? values[row] : NaN;
  return result;
}

/** The values of the rows on which `mask` is known, side by side; the very same array where it is known on all. */
export function knownRows(values: Float64Array, mask: Float64Array): Float64Array {
  const known = new Float64Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) if (!Number.isNaN(mask[row])) known[count++] = values[row];
  return count === values.length ? values : known.slice(0, count);
}

/** The same values, NaN where `mask` is NaN; the very same array where it is nowhere. */
export function masked(values: Float64Array, mask: Float64Array): Float64Array {
  let result = values;
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(mask[row])) continue;
    if (result === values) result = values.slice();
    result[row] = NaN;
  }
  return result;
}
