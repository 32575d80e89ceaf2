import type { LightgbmBooster } from "./lightgbm_booster.ts";
import { float64 } from "./lightgbm_matrix.ts";
import { Handle } from "./_handle.ts";
import { callFor, Memory } from "./_memory.ts";

const rawPrediction = 1;
const allRounds = -1;

/**
 * Forecasts one row at a time: what LightGBM sets up for a forecast is kept, and so is the memory.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LightgbmBooster, LightgbmDataset, nativeLightgbm } from "@lib/lightgbm";
 * const target = Float32Array.from({ length: 100 }, (_, row) => row < 50 ? -1 : 1);
 * const features = { values: Float32Array.from(target.keys()), rows: 100, columns: ["rank"] };
 * using data = new LightgbmDataset(nativeLightgbm(), { features, target });
 * using model = LightgbmBooster.onData(data, { learning_rate: 1, verbosity: -1 });
 * model.update();
 * using rows = model.rowForecaster();
 * assert.deepEqual([rows.forecast([10])[0], rows.forecast([90])[0]], [-1, 1]);
 * ```
 */
export class LightgbmRowForecaster implements Disposable {
  readonly #booster: LightgbmBooster;
  readonly #memory: Memory;
  readonly #setUp: Handle;
  readonly #width: number;
  readonly #row: number;
  readonly #length: number;
  readonly #scores: number;
  readonly #result: Float64Array<ArrayBuffer>;

  /** Made by {@linkcode LightgbmBooster.rowForecaster}. */
  constructor(booster: LightgbmBooster, address: number) {
    const { lightgbm } = booster;
    this.#booster = booster;
    this.#width = booster.width;
    this.#result = new Float64Array(booster.outputs);
    this.#setUp = new Handle(
      lightgbm,
      "a LightGBM model's forecaster of rows",
      "LGBM_FastConfigFree",
      (cell, memory) =>
        callFor(
          lightgbm,
          "make ready to forecast rows",
          "LGBM_BoosterPredictForMatSingleRowFastInit",
          address,
          rawPrediction,
          0,
          allRounds,
          float64,
          this.#width,
          memory.text("num_threads=1 verbosity=-1"),
          cell,
        ),
    );
    this.#memory = new Memory(lightgbm);
    this.#row = this.#memory.allocate(8 * this.#width);
    this.#length = this.#memory.allocate(8);
    this.#scores = this.#memory.allocate(this.#result.byteLength);
  }

  /**
   * The forecast of a row, shape (outputs,). The next call writes into the same array.
   *
   * @param row Features in the model's order, NaN for missing.
   * @throws {TypeError} If there are not as many as features.
   */
  forecast(row: ArrayLike<number>): Float64Array<ArrayBuffer> {
    const action = "forecast a row with LightGBM";
    if (row.length !== this.#width) {
      throw new TypeError(`Cannot ${action}: it must have ${this.#width} features, current number is ${row.length}`);
    }
    const { lightgbm, link } = this.#booster;
    const setUp = this.#setUp.address;
    const bytes = lightgbm.view(this.#row, 8 * this.#width);
    new Float64Array(bytes.buffer, bytes.byteOffset, this.#width).set(row);
    callFor(
      lightgbm,
      action,
      "LGBM_BoosterPredictForMatSingleRowFast",
      setUp,
      this.#row,
      this.#length,
      this.#scores,
    );
    return link(this.#memory.read(this.#scores, this.#result), this.#result.length);
  }

  [Symbol.dispose](): void {
    this.#setUp[Symbol.dispose]();
    this.#memory[Symbol.dispose]();
  }
}
