import type { Matrix } from "@lib/dataset";
import { arrayInterface, callXgboost, cText, pointerIn, XgboostHandle } from "./xgboost_library.ts";
import { xgboostDataset } from "./xgboost_dataset.ts";

const valuePrediction = 0; // the C API's kinds of prediction
const contributionPrediction = 2;

/** A model in XGBoost's memory: being trained on a data set, or read from its text. */
export class XgboostBooster implements Disposable {
  readonly #handle: XgboostHandle;

  private constructor(create: (cell: BigUint64Array<ArrayBuffer>) => void) {
    this.#handle = new XgboostHandle("XGBoosterFree", create);
  }

  /** A model without trees. The data must outlive it, and are known to it so that forecasts of them are kept. */
  static onData(
    data: readonly XgboostHandle[],
    columns: readonly string[],
    parameters: Readonly<Record<string, string>>,
  ): XgboostBooster {
    const action = "start an XGBoost model";
    const addresses = BigUint64Array.from(data, ({ pointer }) => BigInt(Deno.UnsafePointer.value(pointer)));
    const booster = new XgboostBooster((cell) =>
      callXgboost(action, "XGBoosterCreate", addresses, BigInt(data.length), cell)
    );
    booster.set(parameters);
    const names = columns.map(cText);
    callXgboost(
      action,
      "XGBoosterSetStrFeatureInfo",
      booster.#handle.pointer,
      cText("feature_name"),
      BigUint64Array.from(names, (name) => BigInt(Deno.UnsafePointer.value(Deno.UnsafePointer.of(name)))),
      BigInt(names.length),
    );
    names.length = 0; // they had to outlive the call, which knows them by address only
    return booster;
  }

  /** A model from its text. */
  static fromText(text: string, parameters: Readonly<Record<string, string>>): XgboostBooster {
    const action = "read an XGBoost model";
    const bytes = new TextEncoder().encode(text);
    const booster = new XgboostBooster((cell) =>
      callXgboost(action, "XGBoosterCreate", new BigUint64Array(0), 0n, cell)
    );
    callXgboost(action, "XGBoosterLoadModelFromBuffer", booster.#handle.pointer, bytes, BigInt(bytes.length));
    booster.set(parameters);
    return booster;
  }

  /** Sets parameters by name. */
  set(parameters: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(parameters)) {
      callXgboost("set up XGBoost", "XGBoosterSetParam", this.#handle.pointer, cText(name), cText(value));
    }
  }

  /** Grows tree `round`, counted from 0. */
  update(round: number, train: XgboostHandle): void {
    callXgboost("grow a tree", "XGBoosterUpdateOneIter", this.#handle.pointer, round, train.pointer);
  }

  /** The metric on rows after tree `round`, smaller is better. */
  loss(round: number, rows: XgboostHandle): number {
    const text = new BigUint64Array(1);
    const name = cText("stop");
    callXgboost(
      "evaluate an XGBoost model",
      "XGBoosterEvalOneIter",
      this.#handle.pointer,
      round,
      BigUint64Array.of(BigInt(Deno.UnsafePointer.value(rows.pointer))),
      BigUint64Array.of(BigInt(Deno.UnsafePointer.value(Deno.UnsafePointer.of(name)))),
      1n,
      text,
    );
    return Number(new Deno.UnsafePointerView(pointerIn(text)).getCString().split(":").at(-1)); // [3]\tstop-rmse:0.31
  }

  /** Forecasts of rows that the model knows, shape (rows,). */
  forecastOf(rows: XgboostHandle): Float64Array<ArrayBuffer> {
    return this.#predictDataset(rows, valuePrediction);
  }

  /** Forecasts, shape (rows,); the numbers are read where they lie. */
  predict({ values, rows, columns }: Matrix): Float64Array<ArrayBuffer> {
    if (rows === 0) return new Float64Array(0);
    return this.#read((shape, dimensions, result) =>
      callXgboost(
        "forecast with XGBoost",
        "XGBoosterPredictFromDense",
        this.#handle.pointer,
        arrayInterface(values, [rows, columns.length]),
        predictionOptions(valuePrediction),
        null,
        shape,
        dimensions,
        result,
      )
    );
  }

  /** SHAP values of each feature and, last, the base that they add to: row-major, shape (rows, columns + 1). */
  contributions(features: Matrix, threads: number): Float64Array<ArrayBuffer> {
    if (features.rows === 0) return new Float64Array(0);
    using rows = xgboostDataset({ features }, threads);
    return this.#predictDataset(rows, contributionPrediction);
  }

  #predictDataset(rows: XgboostHandle, kind: number): Float64Array<ArrayBuffer> {
    return this.#read((shape, dimensions, result) =>
      callXgboost(
        "forecast with XGBoost",
        "XGBoosterPredictFromDMatrix",
        this.#handle.pointer,
        rows.pointer,
        predictionOptions(kind),
        shape,
        dimensions,
        result,
      )
    );
  }

  /** Copies the numbers that the library leaves in memory of its own. */
  #read(
    predict: (...cells: [shape: BigUint64Array, dimensions: BigUint64Array, result: BigUint64Array]) => void,
  ): Float64Array<ArrayBuffer> {
    const [shape, dimensions, result] = [1, 1, 1].map((size) => new BigUint64Array(size));
    predict(shape, dimensions, result);
    const sizes = new Deno.UnsafePointerView(pointerIn(shape));
    let length = 1;
    for (let at = 0; at < Number(dimensions[0]); at++) length *= Number(sizes.getBigUint64(8 * at));
    return Float64Array.from(new Float32Array(Deno.UnsafePointerView.getArrayBuffer(pointerIn(result), 4 * length)));
  }

  /** Sum of the gains of each feature's splits, shape (columns,). */
  gains(columns: readonly string[]): Float64Array<ArrayBuffer> {
    const [count, names, dimensions, shape, gains] = Array.from({ length: 5 }, () => new BigUint64Array(1));
    callXgboost(
      "sum gains",
      "XGBoosterFeatureScore",
      this.#handle.pointer,
      cText(JSON.stringify({ importance_type: "total_gain" })),
      count,
      names,
      dimensions,
      shape,
      gains,
    );
    const result = new Float64Array(columns.length);
    for (let at = 0; at < Number(count[0]); at++) {
      const name = new Deno.UnsafePointerView(pointerIn(names)).getPointer(8 * at)!;
      const gain = new Deno.UnsafePointerView(pointerIn(gains)).getFloat32(4 * at);
      result[columns.indexOf(new Deno.UnsafePointerView(name).getCString())] = gain;
    }
    return result;
  }

  /** The first `rounds` trees as JSON, numbers in full precision. */
  text(rounds: number): string {
    const action = "write an XGBoost model";
    using part = new XgboostHandle(
      "XGBoosterFree",
      (cell) => callXgboost(action, "XGBoosterSlice", this.#handle.pointer, 0, rounds, 1, cell),
    );
    const [length, address] = [new BigUint64Array(1), new BigUint64Array(1)];
    callXgboost(
      action,
      "XGBoosterSaveModelToBuffer",
      part.pointer,
      cText(JSON.stringify({ format: "json" })),
      length,
      address,
    );
    const bytes = Deno.UnsafePointerView.getArrayBuffer(pointerIn(address), Number(length[0]));
    return new TextDecoder().decode(bytes);
  }

  [Symbol.dispose](): void {
    this.#handle[Symbol.dispose]();
  }
}

function predictionOptions(type: number): Uint8Array<ArrayBuffer> {
  return cText(
    `{"type": ${type}, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false, ` +
      `"cache_id": 0, "missing": NaN}`,
  );
}
