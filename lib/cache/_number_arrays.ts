/** An array of numbers of one kind. */
export type NumberArray = ArrayBufferView & ArrayLike<number | bigint>;

/** The kinds of arrays of numbers, by name. */
export const NUMBER_ARRAYS: Readonly<Record<string, new (buffer: ArrayBuffer) => NumberArray>> = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  BigInt64Array,
  BigUint64Array,
  Float16Array,
  Float32Array,
  Float64Array,
};
