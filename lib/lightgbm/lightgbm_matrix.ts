/** Numbers in rows and named columns; of the shape of `Matrix` in `@lib/dataset`. */
export interface LightgbmMatrix {
  /** Row-major, shape (rows, columns); NaN means missing. */
  readonly values: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
  /** Number of rows. */
  readonly rows: number;
  /** Names of the columns, in order. */
  readonly columns: readonly string[];
}

/** Codes of the C interface. */
export const rowMajor = 1;
export const float32 = 0;
export const float64 = 1;
export const int32 = 2;

/** The code of a matrix's element type. */
export function elementType({ values }: LightgbmMatrix): number {
  return values instanceof Float32Array ? float32 : float64;
}

/** @throws {TypeError} If the values do not fill the shape. */
export function checkShape(action: string, { values, rows, columns }: LightgbmMatrix): void {
  if (values.length === rows * columns.length) return;
  throw new TypeError(
    `Cannot ${action}: ${rows} rows of ${columns.length} columns must have ${rows * columns.length} values, ` +
      `current number is ${values.length}`,
  );
}
