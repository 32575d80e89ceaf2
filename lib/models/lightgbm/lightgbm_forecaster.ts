import { checkMatrix, type Matrix } from "@lib/dataset";
import { importanceShares } from "../_importance_shares.ts";
import type { Contributions, Forecaster, ForecasterDescription } from "../forecaster.ts";
import { type ForecasterManifest, writeForecaster } from "../manifest.ts";
import { NativeBooster } from "./native_booster.ts";

/** A fitted LightGBM model, always one read from its text: what forecasts is what is saved, to the last bit. */
export class LightgbmForecaster implements Forecaster {
  readonly #booster: NativeBooster;

  /** @param text The model in LightGBM's own text form. */
  constructor(readonly description: ForecasterDescription, readonly text: string) {
    this.#booster = NativeBooster.fromText(text);
  }

  /** Forecasts rows; missing features go the way that was learnt for them. */
  predict(features: Matrix): Float64Array<ArrayBuffer> {
    checkMatrix("forecast with LightGBM", features, this.description.features);
    return this.#booster.predict(features, Number(this.description.options.threads ?? 1));
  }

  /** Shares of the total gain of all splits. */
  featureImportance(): Record<string, number> {
    const { features } = this.description;
    return importanceShares(features, this.#booster.gains(features.length));
  }

  /**
   * Exact SHAP values of trees, by the paths that rows of the training data took (`feature_perturbation` of
   * "tree_path_dependent"). They explain the score before the objective's link, which is the forecast itself for
   * regression and quantiles, the log-odds for `binary`, and the logarithm for `poisson`, `gamma` and `tweedie`.
   *
   * Source: Lundberg, Erion and Lee (2018), Consistent Individualized Feature Attribution for Tree Ensembles.
   */
  contributions(features: Matrix): Contributions {
    checkMatrix("explain a forecast of LightGBM", features, this.description.features);
    const { rows, columns } = features;
    const width = columns.length;
    const all = this.#booster.contributions(features, Number(this.description.options.threads ?? 1));
    const values = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      values.set(all.subarray(row * (width + 1), row * (width + 1) + width), row * width);
    }
    return {
      values: { values, rows, columns },
      base: Float64Array.from({ length: rows }, (_, row) => all[row * (width + 1) + width]),
    };
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
export function readLightgbm(
  { payload: _, provenance: __, format: ___, ...description }: ForecasterManifest,
  text: string,
) {
  const named = /^feature_names=(.*)$/m.exec(text)?.[1].split(" ") ?? [];
  checkMatrix(
    "load a LightGBM model",
    { values: new Float32Array(0), rows: 0, columns: named },
    description.features,
  );
  return new LightgbmForecaster(description, text);
}
