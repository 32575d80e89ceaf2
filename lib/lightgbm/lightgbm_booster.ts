import { LightgbmDataset } from "./lightgbm_dataset.ts";
import type { LightgbmInterface } from "./lightgbm_interface.ts";
import { checkShape, elementType, type LightgbmMatrix, rowMajor } from "./lightgbm_matrix.ts";
import { Handle } from "./_handle.ts";
import { callFor, Memory, readText } from "./_memory.ts";
import { type ObjectiveLink, objectiveLink } from "./objective_link.ts";
import { type LightgbmSettings, parameterText } from "./parameter_text.ts";
import { LightgbmRowForecaster } from "./lightgbm_row_forecaster.ts";

/** The C interface's codes of what to predict; `forecast` is made of raw scores here. */
const predictions = { forecast: 1, raw: 1, leaf: 2, contributions: 3 } as const;
const gainImportance = 1;
const allRounds = -1;

/** Options of {@linkcode LightgbmBooster.predict}. */
export interface LightgbmPredictOptions {
  /**
   * `forecast`: what the objective is about, a probability or a size. `raw`: the sum of the trees. `leaf`: in which leaf
   * of each tree a row ends. `contributions`: exact SHAP values of the raw score, the base last. Default `forecast`.
   */
  kind?: keyof typeof predictions;
  /** First tree to use, by round. Default 0. */
  firstRound?: number;
  /** Rounds to use. Default: all. */
  rounds?: number;
  /** Threads. Numbers do not depend on it. Default 1. */
  threads?: number;
}

/**
 * A LightGBM model: being trained on a data set, or read from its text.
 *
 * @example Trees by gradients of our own: squared error
 * ```ts
 * import assert from "node:assert/strict";
 * import { LightgbmDataset, nativeLightgbm } from "@lib/lightgbm";
 * const target = Float32Array.from({ length: 100 }, (_, row) => row < 50 ? -1 : 1);
 * const features = { values: Float32Array.from(target.keys()), rows: 100, columns: ["rank"] };
 * using data = new LightgbmDataset(nativeLightgbm(), { features, target });
 * using model = LightgbmBooster.onData(data, { objective: "custom", learning_rate: 1, verbosity: -1 });
 * model.updateBy(model.scores().map((score, row) => score - target[row]), new Float32Array(100).fill(1));
 * assert.deepEqual(model.predict({ ...features, values: Float32Array.of(10, 90), rows: 2 }), Float64Array.of(-1, 1));
 * ```
 */
export class LightgbmBooster implements Disposable {
  readonly #handle: Handle;
  readonly #data: readonly LightgbmDataset[]; // the model reads them for as long as it is trained
  #link?: ObjectiveLink;

  private constructor(
    readonly lightgbm: LightgbmInterface,
    create: (cell: number, memory: Memory) => void,
    data: readonly LightgbmDataset[] = [],
  ) {
    this.#data = data;
    this.#handle = new Handle(lightgbm, "a LightGBM model", "LGBM_BoosterFree", create);
  }

  /**
   * A model without trees.
   *
   * @param validation Rows that are only looked at, with the bins of `train`. All data must outlive the training.
   * @throws {RangeError} If a parameter is unknown.
   * @throws {Error} If LightGBM refuses a value; the message has its words.
   */
  static onData(
    train: LightgbmDataset,
    parameters: LightgbmSettings,
    validation: readonly LightgbmDataset[] = [],
  ): LightgbmBooster {
    const action = "start a LightGBM model";
    const { lightgbm } = train;
    const text = parameterText(lightgbm, parameters);
    const booster = new LightgbmBooster(lightgbm, (cell, memory) => {
      callFor(lightgbm, action, "LGBM_BoosterCreate", train.address, memory.text(text), cell);
    }, [train, ...validation]);
    for (const data of validation) {
      callFor(lightgbm, action, "LGBM_BoosterAddValidData", booster.#handle.address, data.address);
    }
    return booster;
  }

  /**
   * A model from its text.
   *
   * @throws {Error} If LightGBM cannot read it.
   */
  static fromText(lightgbm: LightgbmInterface, text: string): LightgbmBooster {
    const booster = new LightgbmBooster(lightgbm, (cell, memory) => {
      const place = memory.text(text);
      callFor(
        lightgbm,
        "read a LightGBM model",
        "LGBM_BoosterLoadModelFromString",
        place,
        memory.allocate(4),
        cell,
      );
    });
    booster.#link = objectiveLink(text);
    return booster;
  }

  /** Grows the trees of one more round. Returns whether there was a split worth making. */
  update(): boolean {
    using memory = new Memory(this.lightgbm);
    const finished = memory.allocate(4);
    this.#call("grow a tree", "LGBM_BoosterUpdateOneIter", finished);
    return memory.int32(finished) === 0;
  }

  /**
   * Grows the trees of one more round by derivatives of a loss of our own; the objective must be `custom`.
   *
   * @param gradient First derivative of each row's loss by its score, shape (outputs, rows), in single precision.
   * @param hessian Second derivative, likewise.
   * @throws {TypeError} If there are not as many as scores.
   */
  updateBy(gradient: ArrayLike<number>, hessian: ArrayLike<number>): boolean {
    const action = "grow a tree";
    const wanted = this.outputs * this.#data[0].rows;
    for (const { length } of [gradient, hessian]) {
      if (length !== wanted) {
        throw new TypeError(`Cannot ${action}: there must be ${wanted} derivatives, current number is ${length}`);
      }
    }
    using memory = new Memory(this.lightgbm);
    const finished = memory.allocate(4);
    const places = [gradient, hessian].map((values) => memory.place(Float32Array.from(values)));
    this.#call(action, "LGBM_BoosterUpdateOneIterCustom", ...places, finished);
    return memory.int32(finished) === 0;
  }

  /** Rounds that were grown. */
  get rounds(): number {
    return this.#count("LGBM_BoosterGetCurrentIteration");
  }

  /** Scores of a row: as many as classes, else 1. */
  get outputs(): number {
    return this.#count("LGBM_BoosterNumModelPerIteration");
  }

  /** Number of features that it wants. */
  get width(): number {
    return this.#count("LGBM_BoosterGetNumFeature");
  }

  /** Names of the metrics, in the order of `evaluate`. */
  metricNames(): string[] {
    using memory = new Memory(this.lightgbm);
    const capacity = 64;
    const count = this.#count("LGBM_BoosterGetEvalCounts");
    const names = Array.from({ length: count }, () => memory.allocate(capacity));
    const [length, needed] = [memory.allocate(8), memory.allocate(8)];
    this.#call(
      "name metrics",
      "LGBM_BoosterGetEvalNames",
      count,
      length,
      capacity,
      needed,
      memory.addresses(names),
    );
    return names.map((place) => {
      const bytes = this.lightgbm.view(place, capacity);
      return new TextDecoder().decode(bytes.slice(0, bytes.indexOf(0)));
    });
  }

  /**
   * The metrics on data of the training.
   *
   * @param data 0 for the rows that it is trained on, 1 for the first to validate by. Default 1.
   */
  evaluate(data = 1): Float64Array<ArrayBuffer> {
    using memory = new Memory(this.lightgbm);
    const losses = new Float64Array(this.#count("LGBM_BoosterGetEvalCounts"));
    const [length, place] = [memory.allocate(8), memory.allocate(losses.byteLength)];
    this.#call("evaluate a LightGBM model", "LGBM_BoosterGetEval", data, length, place);
    return memory.read(place, losses);
  }

  /**
   * Forecasts of data of the training, kept up to date by LightGBM as trees are grown; for an objective of our own, scores.
   *
   * @param data 0 for the rows that it is trained on, 1 for the first to validate by. Default 0.
   * @returns Shape (outputs, rows).
   */
  scores(data = 0): Float64Array<ArrayBuffer> {
    const action = "forecast rows of the training";
    using memory = new Memory(this.lightgbm);
    const length = memory.allocate(8);
    this.#call(action, "LGBM_BoosterGetNumPredict", data, length);
    const scores = new Float64Array(memory.int64(length));
    const place = memory.allocate(scores.byteLength);
    this.#call(action, "LGBM_BoosterGetPredict", data, length, place);
    return memory.read(place, scores);
  }

  /**
   * Predicts rows.
   *
   * @returns Shape (rows, outputs); for leaves (rows, rounds x outputs); for contributions (rows, outputs x (columns + 1)).
   * @throws {TypeError} If the values do not fill the shape.
   * @throws {Error} If there are not as many columns as features.
   */
  predict(features: LightgbmMatrix, options: LightgbmPredictOptions = {}): Float64Array<ArrayBuffer> {
    const action = "forecast with LightGBM";
    const { kind = "forecast", firstRound = 0, rounds = allRounds, threads = 1 } = options;
    checkShape(action, features);
    if (features.rows === 0) return new Float64Array(0);
    using memory = new Memory(this.lightgbm);
    const length = memory.allocate(8);
    const settled = [predictions[kind], firstRound, rounds] as const;
    this.#call(action, "LGBM_BoosterCalcNumPredict", features.rows, ...settled, length);
    const result = new Float64Array(memory.int64(length));
    const values = memory.place(features.values);
    const text = memory.text(`num_threads=${threads} verbosity=-1`);
    const place = memory.allocate(result.byteLength);
    this.#call(
      action,
      "LGBM_BoosterPredictForMat",
      values,
      elementType(features),
      features.rows,
      features.columns.length,
      rowMajor,
      ...settled,
      text,
      length,
      place,
    );
    memory.read(place, result);
    return kind === "forecast" ? this.link(result, this.outputs) : result;
  }

  /** Makes ready to forecast one row at a time, without setting anything up for each. The model must outlive it. */
  rowForecaster(): LightgbmRowForecaster {
    return new LightgbmRowForecaster(this, this.#handle.address);
  }

  /** From raw scores to forecasts. */
  get link(): ObjectiveLink {
    return this.#link ??= objectiveLink(this.text(1));
  }

  /** Sum of the gains of each feature's splits, shape (columns,). */
  gains(): Float64Array<ArrayBuffer> {
    using memory = new Memory(this.lightgbm);
    const gains = new Float64Array(this.width);
    const place = memory.allocate(gains.byteLength);
    this.#call("sum gains", "LGBM_BoosterFeatureImportance", allRounds, gainImportance, place);
    return memory.read(place, gains);
  }

  /** The trees of the first rounds as text, numbers in full precision. Default: of all. */
  text(rounds: number = allRounds): string {
    return readText(this.lightgbm, (capacity, length, buffer) =>
      this.#call(
        "write a LightGBM model",
        "LGBM_BoosterSaveModelToString",
        0,
        rounds,
        gainImportance,
        capacity,
        length,
        buffer,
      ));
  }

  #count(name: Parameters<LightgbmInterface["call"]>[0]): number {
    using memory = new Memory(this.lightgbm);
    const count = memory.allocate(8);
    this.#call("read a LightGBM model's size", name, count);
    return memory.int32(count);
  }

  #call(action: string, name: Parameters<LightgbmInterface["call"]>[0], ...parameters: number[]): void {
    callFor(this.lightgbm, action, name, this.#handle.address, ...parameters);
  }

  [Symbol.dispose](): void {
    this.#handle[Symbol.dispose]();
  }
}
