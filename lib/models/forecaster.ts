import type { Matrix, RowSet, TrainingRows } from "@lib/dataset";

/** What is known of a fitted model besides what it learnt; its manifest on disk says the same. */
export interface ForecasterDescription {
  /** Kind of model, the name under which `loadForecaster` finds its reader. */
  readonly model: string;
  /** Program that fitted it, with its version. */
  readonly engine: string;
  /** Names of the features, in the order in which it wants them. */
  readonly features: readonly string[];
  /** Settings it was fitted with, defaults included. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Seed of every random choice. */
  readonly seed: number;
  /** Trees, epochs or the like that are in use: after early stopping, those up to the best. */
  readonly rounds: number;
  /** Number of rows it was fitted on. */
  readonly fittedRows: number;
  /** Number of rows that only decided when to stop or how much to shrink. */
  readonly stopRows: number;
  /** Number of rows that only set the forecasts of the fitted model right. Default 0. */
  readonly calibrationRows?: number;
  /** All rows whose outcome it has seen, whole or in part. Absent if its rows did not say which they are. */
  readonly seen?: RowSet;
  /** SHA-256 of what those rows held. */
  readonly data?: string;
  /** SHA-256 of the code that fitted it; known once it is saved. */
  readonly code?: string;
  /** What a network was trained on, by name, in the order of its heads. */
  readonly losses?: readonly { readonly name: string; readonly options: Readonly<Record<string, unknown>> }[];
}

/** What each feature contributed to forecasts: each row of values, added to its base, gives the score. */
export interface Contributions {
  /** Contributions, shape (rows, columns). */
  readonly values: Matrix;
  /** Score of a row of which nothing is known, shape (rows,). */
  readonly base: Float64Array;
}

/** A fitted model. Hand its memory back with `using`, or `[Symbol.dispose]()`. */
export interface Forecaster extends Disposable {
  /** What it is and how it came about. */
  readonly description: ForecasterDescription;
  /**
   * Forecasts rows.
   *
   * @param features Shape (rows, columns); the columns it was fitted on, in that order.
   * @returns Shape (rows,); never missing.
   * @throws {TypeError} If the columns are others or in another order.
   */
  predict(features: Matrix): Float64Array;
  /** How much each feature contributed, as shares that sum to 1; all 0 if the model uses none. */
  featureImportance(): Record<string, number>;
  /**
   * What each feature contributed to each forecast (SHAP), where the engine can tell: contributions and base sum to the
   * forecast, or to the score from which the forecast is made where there is a link between them.
   */
  contributions?(features: Matrix): Contributions;
  /**
   * Writes the model into a folder of its own, the manifest last; `loadForecaster` reads it back.
   *
   * @param provenance Where it came from (code commit, hash of the data, study), kept in the manifest.
   */
  save(folder: string, provenance?: Readonly<Record<string, string>>): Promise<void>;
}

/** What every engine takes besides its own options. */
export interface FitOptions {
  /** Seed of every random choice, an integer from 0 to 2147483647. */
  seed: number;
  /** Called after each round with the number done and the number planned. */
  progress?: (done: number, planned: number) => void;
  /** Aborts between two rounds. */
  signal?: AbortSignal;
}

/** Fits a model on rows: the one contract of all engines. */
export type Fit = (rows: TrainingRows, options: FitOptions) => Promise<Forecaster>;
