import { checkInteger, checkOneOf } from "@lib/core";
import { checkMatrix, type Matrix } from "@lib/dataset";
import { LightgbmBooster, type LightgbmInterface, type LightgbmRowForecaster, openLightgbm } from "@lib/lightgbm";
import { importanceShares } from "../_importance_shares.ts";
import type { Contributions, Forecaster, ForecasterDescription } from "../forecaster.ts";
import { type ForecasterManifest, writeForecaster } from "../manifest.ts";
import { expectedClasses } from "./expected_classes.ts";

/** A fitted LightGBM model, always one read from its text: what forecasts is what is saved, to the last bit. */
export class LightgbmForecaster implements Forecaster {
  readonly #booster: LightgbmBooster;

  /** @param text The model in LightGBM's own text form. */
  constructor(lightgbm: LightgbmInterface, readonly description: ForecasterDescription, readonly text: string) {
    this.#booster = LightgbmBooster.fromText(lightgbm, text);
  }

  /**
   * Forecasts rows; missing features go the way that was learnt for them. Of several classes: the expected one under their
   * probabilities.
   */
  predict(features: Matrix): Float64Array<ArrayBuffer> {
    const forecast = this.#predict("forecast with LightGBM", features, "forecast");
    return this.#booster.outputs === 1 ? forecast : expectedClasses(forecast, this.#booster.outputs, "rows first");
  }

  /**
   * The probability of each class, for the objectives `binary` and `multiclass`.
   *
   * @returns Shape (rows, classes); the columns are named `class_0`, `class_1`.
   * @throws {RangeError} If it was fitted for another objective.
   */
  probabilities(features: Matrix): Matrix {
    const action = "forecast probabilities with LightGBM";
    const objective = /^objective=(\w+)/m.exec(this.text)?.[1] ?? "custom";
    checkOneOf(action, "objective", objective, ["binary", "multiclass"]);
    const forecast = this.#predict(action, features, "forecast");
    const values = objective === "multiclass"
      ? forecast
      : Float64Array.from({ length: 2 * features.rows }, (_, at) => at % 2 ? forecast[at >> 1] : 1 - forecast[at >> 1]);
    const classes = objective === "multiclass" ? this.#booster.outputs : 2;
    return { values, rows: features.rows, columns: Array.from({ length: classes }, (_, index) => `class_${index}`) };
  }

  /**
   * Forecasts of one row at a time, many times faster than `predict` of a matrix with one row. Of several classes: their
   * probabilities. Must not outlive the model.
   */
  rowForecaster(): LightgbmRowForecaster {
    return this.#booster.rowForecaster();
  }

  /** Shares of the total gain of all splits. */
  featureImportance(): Record<string, number> {
    const { features } = this.description;
    return importanceShares(features, this.#booster.gains());
  }

  /**
   * Exact SHAP values of trees, by the paths that rows of the training data took (`feature_perturbation` of
   * "tree_path_dependent"). They explain the score before the objective's link, which is the forecast itself for
   * regression and quantiles, the log-odds for `binary`, and the logarithm for `gamma`.
   *
   * @throws {RangeError} If there are several classes.
   *
   * Source: Lundberg, Erion and Lee (2018), Consistent Individualized Feature Attribution for Tree Ensembles.
   */
  contributions(features: Matrix): Contributions {
    const action = "explain a forecast of LightGBM";
    checkInteger(action, "the number of scores of a row", this.#booster.outputs, { most: 1 });
    const { rows, columns } = features;
    const width = columns.length;
    const all = this.#predict(action, features, "contributions");
    const values = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      values.set(all.subarray(row * (width + 1), row * (width + 1) + width), row * width);
    }
    return {
      values: { values, rows, columns },
      base: Float64Array.from({ length: rows }, (_, row) => all[row * (width + 1) + width]),
    };
  }

  #predict(action: string, features: Matrix, kind: "forecast" | "contributions"): Float64Array<ArrayBuffer> {
    checkMatrix(action, features, this.description.features);
    return this.#booster.predict(features, { kind, threads: Number(this.description.options.threads ?? 1) });
  }

  save(folder: string, provenance?: Readonly<Record<string, string>>): Promise<void> {
    const { description, text } = this;
    return writeForecaster(folder, { description, madeBy: "fitLightgbm", file: "model.txt", text, provenance });
  }

  [Symbol.dispose](): void {
    this.#booster[Symbol.dispose]();
  }
}

/**
 * A saved LightGBM model.
 *
 * @throws {TypeError} If the features of the text are not those of the manifest.
 */
export async function readLightgbm(
  { payload: _, provenance: __, format: ___, ...description }: ForecasterManifest,
  text: string,
): Promise<LightgbmForecaster> {
  const named = /^feature_names=(.*)$/m.exec(text)?.[1].split(" ") ?? [];
  checkMatrix(
    "load a LightGBM model",
    { values: new Float32Array(0), rows: 0, columns: named },
    description.features,
  );
  return new LightgbmForecaster(await openLightgbm(), description, text);
}
