import type { Rows } from "@lib/dataset";

const names = Array.from({ length: 6 }, (_, column) => `feature_${column}`);

/** The rows of models.py, bit for bit: whole numbers up to the last division. */
export function goldenRows(first: number, count: number): Required<Omit<Rows, "seen" | "outcomes">> {
  const values = new Float32Array(count * 6);
  const target = new Float64Array(count);
  const weight = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    const i = first + at;
    for (let j = 0; j < 6; j++) {
      const known = (i + 3 * j) % 17 !== 0;
      values[at * 6 + j] = known ? ((i * 7919 + j * 104729 + i * i * 31 * (j + 1)) % 1009) / 1009 - 0.5 : NaN;
    }
    const [x0, x1, x2] = values.subarray(at * 6, at * 6 + 3).map((value) => Number.isNaN(value) ? 0 : value);
    const noise = ((i * 5081 + i * i * 17) % 997) / 997 - 0.5;
    target[at] = x0 - 2 * x1 * x2 + noise;
    weight[at] = 1 + i % 3;
  }
  const day = Int32Array.from({ length: count }, (_, at) => Math.floor((first + at) / 10));
  return { features: { values, rows: count, columns: names }, target, weight, day };
}
