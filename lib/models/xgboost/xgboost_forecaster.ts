import { checkMatrix, type Matrix } from "@lib/dataset";
import { importanceShares } from "../_importance_shares.ts";
import type { Contributions, Forecaster, ForecasterDescription } from "../forecaster.ts";
import { type ForecasterManifest, writeForecaster } from "../manifest.ts";
import { XgboostBooster } from "./xgboost_booster.ts";

/** A fitted XGBoost model, always one read from its text: what forecasts is what is saved, to the last bit. */
export class XgboostForecaster implements Forecaster {
  readonly #booster: XgboostBooster;
  readonly #threads: number;

  /** @param text The model in XGBoost's own JSON form. */
  constructor(readonly description: ForecasterDescription, readonly text: string) {
    this.#threads = Number(description.options.threads ?? 1);
    this.#booster = XgboostBooster.fromText(text, { nthread: String(this.#threads), verbosity: "0" });
  }

  /** Forecasts rows, in single precision as XGBoost computes them; missing features go the way that was learnt. */
  predict(features: Matrix): Float64Array<ArrayBuffer> {
    checkMatrix("forecast with XGBoost", features, this.description.features);
    return this.#booster.predict(features);
  }

  /** Shares of the total gain of all splits. */
  featureImportance(): Record<string, number> {
    const { features } = this.description;
    return importanceShares(features, this.#booster.gains(features));
  }

  /**
   * SHAP values of trees, which explain the score before the objective's link: the forecast itself for regression and
   * quantiles, the log-odds for `binary:logistic`, the logarithm for `reg:gamma`. XGBoost computes them in single
   * precision, so that they sum to the forecast to about seven digits.
   *
   * Source: Lundberg, Erion and Lee (2018), Consistent Individualized Feature Attribution for Tree Ensembles.
   */
  contributions(features: Matrix): Contributions {
    checkMatrix("explain a forecast of XGBoost", features, this.description.features);
    const { rows, columns } = features;
    const width = columns.length;
    const all = this.#booster.contributions(features, this.#threads);
    const values = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      values.set(all.subarray(row * (width + 1), row * (width + 1) + width), row * width);
    }
    const base = Float64Array.from({ length: rows }, (_, row) => all[row * (width + 1) + width]);
    return { values: { values, rows, columns }, base };
  }

  save(folder: string, provenance?: Readonly<Record<string, string>>): Promise<void> {
    const { description, text } = this;
    return writeForecaster(folder, { description, madeBy: "fitXgboost", file: "model.json", text, provenance });
  }

  [Symbol.dispose](): void {
    this.#booster[Symbol.dispose]();
  }
}

/**
 * A saved XGBoost model.
 *
 * @throws {SyntaxError} If the text is not that of an XGBoost model.
 * @throws {TypeError} If the features of the text are not those of the manifest.
 */
export function readXgboost(
  { payload, provenance: _, format: __, ...description }: ForecasterManifest,
  text: string,
): XgboostForecaster {
  const named = JSON.parse(text)?.learner?.feature_names;
  if (!Array.isArray(named)) {
    throw new SyntaxError(
      `Cannot load an XGBoost model: ${payload.file} must name its features, current value is ${named}`,
    );
  }
  const nothing = { values: new Float32Array(0), rows: 0, columns: named };
  checkMatrix("load an XGBoost model", nothing, description.features);
  return new XgboostForecaster(description, text);
}
