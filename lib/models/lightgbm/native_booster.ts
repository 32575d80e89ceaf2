import type { Matrix } from "@lib/dataset";
import { callLightgbm, cText, NativeHandle, readText } from "./lightgbm_library.ts";
import { elementType } from "./native_dataset.ts";

const stopData = 1; // index of the first data set beside the training data
const normalPrediction = 0;
const contributionPrediction = 3;
const rowMajor = 1;
const gainImportance = 1;
const allRounds = -1;

/** A model in LightGBM's memory: being trained on a data set, or read from its text. */
export class NativeBooster implements Disposable {
  readonly #handle: NativeHandle;

  private constructor(create: (cell: BigUint64Array<ArrayBuffer>) => void) {
    this.#handle = new NativeHandle("LGBM_BoosterFree", create);
  }

  /** A model without trees. The data must outlive it. */
  static onData(train: NativeHandle, parameters: string, stop?: NativeHandle): NativeBooster {
    const action = "start a LightGBM model";
    const booster = new NativeBooster((cell) =>
      callLightgbm(action, "LGBM_BoosterCreate", train.pointer, cText(parameters), cell)
    );
    if (stop) callLightgbm(action, "LGBM_BoosterAddValidData", booster.#handle.pointer, stop.pointer);
    return booster;
  }

  /** A model from its text. */
  static fromText(text: string): NativeBooster {
    const rounds = new Int32Array(1);
    return new NativeBooster((cell) =>
      callLightgbm("read a LightGBM model", "LGBM_BoosterLoadModelFromString", cText(text), rounds, cell)
    );
  }

  /** Grows one more tree. Returns whether there was a split worth making. */
  update(): boolean {
    const finished = new Int32Array(1);
    callLightgbm("grow a tree", "LGBM_BoosterUpdateOneIter", this.#handle.pointer, finished);
    return finished[0] === 0;
  }

  /** Number of trees. */
  get rounds(): number {
    const rounds = new Int32Array(1);
    callLightgbm("count trees", "LGBM_BoosterGetCurrentIteration", this.#handle.pointer, rounds);
    return rounds[0];
  }

  /** The metric on the data to stop by. */
  stopLoss(): number {
    const action = "evaluate a LightGBM model";
    const count = new Int32Array(1);
    callLightgbm(action, "LGBM_BoosterGetEvalCounts", this.#handle.pointer, count);
    const losses = new Float64Array(count[0]);
    callLightgbm(action, "LGBM_BoosterGetEval", this.#handle.pointer, stopData, count, losses);
    return losses[0];
  }

  /** The forecasts of the rows to stop by. */
  stopForecast(): Float64Array<ArrayBuffer> {
    const action = "forecast the rows to stop by";
    const length = new BigInt64Array(1);
    callLightgbm(action, "LGBM_BoosterGetNumPredict", this.#handle.pointer, stopData, length);
    const forecast = new Float64Array(Number(length[0]));
    callLightgbm(action, "LGBM_BoosterGetPredict", this.#handle.pointer, stopData, length, forecast);
    return forecast;
  }

  /** Forecasts, shape (rows,). */
  predict(matrix: Matrix, threads: number): Float64Array<ArrayBuffer> {
    return this.#predict(matrix, { threads, kind: normalPrediction, width: 1 });
  }

  /** SHAP values of each feature and, last, the base that they add to: row-major, shape (rows, columns + 1). */
  contributions(matrix: Matrix, threads: number): Float64Array<ArrayBuffer> {
    return this.#predict(matrix, { threads, kind: contributionPrediction, width: matrix.columns.length + 1 });
  }

  #predict(matrix: Matrix, { threads, kind, width }: { threads: number; kind: number; width: number }) {
    const forecast = new Float64Array(matrix.rows * width);
    if (matrix.rows === 0) return forecast;
    callLightgbm(
      "forecast with LightGBM",
      "LGBM_BoosterPredictForMat",
      this.#handle.pointer,
      matrix.values,
      elementType(matrix),
      matrix.rows,
      matrix.columns.length,
      rowMajor,
      kind,
      0,
      allRounds,
      cText(`num_threads=${threads} verbosity=-1`),
      new BigInt64Array(1),
      forecast,
    );
    return forecast;
  }

  /** Sum of the gains of each feature's splits, shape (columns,). */
  gains(columns: number): Float64Array<ArrayBuffer> {
    const gains = new Float64Array(columns);
    callLightgbm(
      "sum gains",
      "LGBM_BoosterFeatureImportance",
      this.#handle.pointer,
      allRounds,
      gainImportance,
      gains,
    );
    return gains;
  }

  /** The first `rounds` trees as text, numbers in full precision. */
  text(rounds: number): string {
    return readText((capacity, length, buffer) =>
      callLightgbm(
        "write a LightGBM model",
        "LGBM_BoosterSaveModelToString",
        this.#handle.pointer,
        0,
        rounds,
        gainImportance,
        capacity,
        length,
        buffer,
      )
    );
  }

  [Symbol.dispose](): void {
    this.#handle[Symbol.dispose]();
  }
}
