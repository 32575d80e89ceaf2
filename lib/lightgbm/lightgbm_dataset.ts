import type { LightgbmInterface } from "./lightgbm_interface.ts";
import { checkShape, elementType, float32, float64, int32, type LightgbmMatrix, rowMajor } from "./lightgbm_matrix.ts";
import { Handle } from "./_handle.ts";
import { callFor, Memory } from "./_memory.ts";
import { type LightgbmSettings, parameterText } from "./parameter_text.ts";

/** Rows to learn from. */
export interface LightgbmRows {
  /** Shape (rows, columns); NaN is missing, and a value of its own. */
  readonly features: LightgbmMatrix;
  /** Outcomes, shape (rows,): kept in single precision. Classes are 0, 1, 2; grades to rank by likewise. */
  readonly target: ArrayLike<number>;
  /** Weight of each row, shape (rows,): kept in single precision. Default: all equal. */
  readonly weight?: ArrayLike<number>;
  /** Lengths of the runs of rows that are ranked among each other, in their order. Default: none. */
  readonly groups?: ArrayLike<number>;
  /** Score to start from, shape (rows,), or (outputs, rows) where there are several. A saved model does not know it. */
  readonly initialScore?: ArrayLike<number>;
}

/** Options of {@linkcode LightgbmDataset}. */
export interface LightgbmDatasetOptions {
  /** Parameters that place the bins (`max_bin` and the like). Default: LightGBM's. */
  parameters?: LightgbmSettings;
  /** Columns whose values are kinds, not sizes: whole numbers from 0, or NaN. Default: none. */
  categorical?: readonly string[];
  /** Take the bins of this one, which rows to validate by must share with those to train on. Default: place them anew. */
  reference?: LightgbmDataset;
}

/**
 * Rows sorted into LightGBM's bins; features and outcomes are copied.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nativeLightgbm } from "@lib/lightgbm";
 * const features = { values: Float32Array.of(1, 2, 3, NaN), rows: 4, columns: ["rank"] };
 * using data = new LightgbmDataset(nativeLightgbm(), { features, target: [0, 0, 1, 1] });
 * assert.equal(data.rows, 4);
 * ```
 *
 * @throws {TypeError} If shapes disagree.
 * @throws {RangeError} If a parameter or a categorical column is unknown.
 * @throws {Error} If LightGBM refuses; the message has its words.
 */
export class LightgbmDataset implements Disposable {
  readonly #handle: Handle;
  /** Number of rows. */
  readonly rows: number;
  /** Names of the features. */
  readonly columns: readonly string[];

  constructor(readonly lightgbm: LightgbmInterface, data: LightgbmRows, options: LightgbmDatasetOptions = {}) {
    const action = "sort rows into LightGBM's bins";
    const { features } = data;
    const { reference, categorical = [] } = options;
    checkShape(action, features);
    this.rows = features.rows;
    this.columns = features.columns;
    const columns = categorical.map((name) => {
      const index = features.columns.indexOf(name);
      if (index >= 0) return index;
      throw new RangeError(
        `Cannot ${action}: a categorical column must be one of the features, current one is ${name}`,
      );
    });
    const text = parameterText(lightgbm, {
      ...options.parameters,
      ...(columns.length > 0 ? { categorical_feature: columns } : {}),
    });
    this.#handle = new Handle(lightgbm, "a LightGBM data set", "LGBM_DatasetFree", (cell, memory) =>
      callFor(
        lightgbm,
        action,
        "LGBM_DatasetCreateFromMat",
        memory.place(features.values),
        elementType(features),
        features.rows,
        features.columns.length,
        rowMajor,
        memory.text(text),
        reference?.address ?? 0,
        cell,
      ));
    this.#setField("label", data.target, Float32Array, features.rows);
    if (data.weight) this.#setField("weight", data.weight, Float32Array, features.rows);
    if (data.groups) this.#setField("group", data.groups, Int32Array, data.groups.length);
    if (data.initialScore) this.#setField("init_score", data.initialScore, Float64Array, data.initialScore.length);
    if (!reference) this.#setFeatureNames();
  }

  /** Where it lies in the engine's memory. */
  get address(): number {
    return this.#handle.address;
  }

  #setField(
    name: string,
    values: ArrayLike<number>,
    kind: typeof Float32Array | typeof Float64Array | typeof Int32Array,
    length: number,
  ): void {
    const action = `give a LightGBM data set its ${name}`;
    if (values.length !== length) {
      throw new TypeError(`Cannot ${action}: its length must be ${length}, current one is ${values.length}`);
    }
    using memory = new Memory(this.lightgbm);
    const code = kind === Float32Array ? float32 : kind === Float64Array ? float64 : int32;
    const place = memory.place(kind.from(values));
    callFor(this.lightgbm, action, "LGBM_DatasetSetField", this.address, memory.text(name), place, length, code);
  }

  #setFeatureNames(): void {
    using memory = new Memory(this.lightgbm);
    const names = memory.addresses(this.columns.map((name) => memory.text(name)));
    callFor(
      this.lightgbm,
      "name features",
      "LGBM_DatasetSetFeatureNames",
      this.address,
      names,
      this.columns.length,
    );
  }

  [Symbol.dispose](): void {
    this.#handle[Symbol.dispose]();
  }
}
