/** What a parameter of a C function is: a place in the engine's memory or a `size_t`, or a number of 32 or 64 bits. */
export type LightgbmParameterKind = "address" | "i32" | "i64";

/** The functions of LightGBM's C interface that we use, with their parameters; each returns 0, or says what failed. */
export const lightgbmFunctions = {
  LGBM_DumpParamAliases: ["i64", "address", "address"],
  LGBM_DatasetCreateFromMat: ["address", "i32", "i32", "i32", "i32", "address", "address", "address"],
  LGBM_DatasetSetField: ["address", "address", "address", "i32", "i32"],
  LGBM_DatasetSetFeatureNames: ["address", "address", "i32"],
  LGBM_DatasetFree: ["address"],
  LGBM_BoosterCreate: ["address", "address", "address"],
  LGBM_BoosterFree: ["address"],
  LGBM_BoosterAddValidData: ["address", "address"],
  LGBM_BoosterUpdateOneIter: ["address", "address"],
  LGBM_BoosterUpdateOneIterCustom: ["address", "address", "address", "address"],
  LGBM_BoosterGetCurrentIteration: ["address", "address"],
  LGBM_BoosterNumModelPerIteration: ["address", "address"],
  LGBM_BoosterGetNumFeature: ["address", "address"],
  LGBM_BoosterGetEvalCounts: ["address", "address"],
  LGBM_BoosterGetEvalNames: ["address", "i32", "address", "address", "address", "address"],
  LGBM_BoosterGetEval: ["address", "i32", "address", "address"],
  LGBM_BoosterGetNumPredict: ["address", "i32", "address"],
  LGBM_BoosterGetPredict: ["address", "i32", "address", "address"],
  LGBM_BoosterCalcNumPredict: ["address", "i32", "i32", "i32", "i32", "address"],
  LGBM_BoosterPredictForMat: [
    "address",
    "address",
    "i32",
    "i32",
    "i32",
    "i32",
    "i32",
    "i32",
    "i32",
    "address",
    "address",
    "address",
  ],
  LGBM_BoosterPredictForMatSingleRowFastInit: ["address", "i32", "i32", "i32", "i32", "i32", "address", "address"],
  LGBM_BoosterPredictForMatSingleRowFast: ["address", "address", "address", "address"],
  LGBM_FastConfigFree: ["address"],
  LGBM_BoosterFeatureImportance: ["address", "i32", "i32", "address"],
  LGBM_BoosterSaveModelToString: ["address", "i32", "i32", "i32", "i64", "address", "address"],
  LGBM_BoosterLoadModelFromString: ["address", "address", "address"],
} as const satisfies Record<string, readonly LightgbmParameterKind[]>;

/** Name of a function of LightGBM's C interface. */
export type LightgbmFunctionName = keyof typeof lightgbmFunctions;

/**
 * LightGBM's C functions over memory of their own, whatever they were compiled for: all that the classes of this room know
 * of an engine. Addresses are numbers, 0 stands for none; `size_t` and pointers that the functions write are
 * {@linkcode LightgbmInterface.addressBytes} wide, little-endian.
 */
export interface LightgbmInterface {
  /** Program, version and kind, as runs record it: `lightgbm 4.7.0 native`. */
  readonly engine: string;
  /** Width of an address in bytes: 8 natively, 4 in WebAssembly. */
  readonly addressBytes: 4 | 8;
  /**
   * Calls a function with one number for each of its parameters in {@linkcode lightgbmFunctions}.
   *
   * @throws {Error} If it fails; the message is what LightGBM says, and nothing else.
   */
  call(name: LightgbmFunctionName, ...parameters: number[]): void;
  /**
   * Takes memory, aligned to 8 bytes and of any content, until `release`.
   *
   * @throws {RangeError} If there is not so much.
   */
  allocate(bytes: number): number;
  /** Gives back what `allocate` or `lend` returned. */
  release(address: number): void;
  /** Memory at an address. Valid until the next `call` or `allocate`, which may move it. */
  view(address: number, bytes: number): Uint8Array<ArrayBuffer>;
  /**
   * Address of an array of ours, where the engine can read it in place; it must not be resized until `release`. Absent
   * where the engine has memory of its own, into which arrays are copied.
   */
  lend?(values: ArrayBufferView<ArrayBuffer>): number;
}
