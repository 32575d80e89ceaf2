import { stableJson } from "@lib/core";
import { checkMatrix, type Matrix, type Scaler, standardise } from "@lib/dataset";
import { importanceShares } from "../_importance_shares.ts";
import type { Contributions, Forecaster, ForecasterDescription } from "../forecaster.ts";
import { type ForecasterManifest, writeForecaster } from "../manifest.ts";

/** What ridge regression learnt. */
export interface RidgeState {
  /** Centre and width of the features on the training rows. */
  readonly scaler: Scaler;
  /** Weight of each standardised feature, shape (columns,). */
  readonly coefficients: Float64Array;
  /** Forecast where all standardised features are 0. */
  readonly intercept: number;
  /** The penalty in use. */
  readonly penalty: number;
}

/** A fitted ridge regression. */
export class RidgeForecaster implements Forecaster {
  constructor(readonly description: ForecasterDescription, readonly state: RidgeState) {}

  /** Forecasts rows; a missing feature counts as its mean over the training rows. */
  predict(features: Matrix): Float64Array<ArrayBuffer> {
    checkMatrix("forecast with ridge", features, this.description.features);
    return ridgeForecast(features, this.state);
  }

  /** Shares of the absolute weights of the standardised features. */
  featureImportance(): Record<string, number> {
    return importanceShares(this.description.features, this.state.coefficients.map(Math.abs));
  }

  /** SHAP values of a linear model: weight times standardised feature; the base is the intercept. */
  contributions(features: Matrix): Contributions {
    checkMatrix("explain a forecast of ridge", features, this.description.features);
    const { scaler, coefficients, intercept } = this.state;
    const { rows, columns } = features;
    const values = standardise(features, scaler).map((value, at) => coefficients[at % columns.length] * value);
    return {
      values: { values: Float64Array.from(values), rows, columns },
      base: new Float64Array(rows).fill(intercept),
    };
  }

  save(folder: string, provenance?: Readonly<Record<string, string>>): Promise<void> {
    const { scaler: { mean, standardDeviation }, coefficients, intercept, penalty } = this.state;
    const text = stableJson({ mean, standardDeviation, coefficients, intercept, penalty });
    const { description } = this;
    return writeForecaster(folder, { description, madeBy: "fitRidge", file: "ridge.json", text, provenance });
  }

  [Symbol.dispose](): void {}
}

/** Intercept plus weighted sum of the standardised features, shape (rows,). */
export function ridgeForecast(features: Matrix, { scaler, coefficients, intercept }: RidgeState) {
  const width = coefficients.length;
  const forecast = new Float64Array(features.rows).fill(intercept);
  const blockRows = 4096;
  for (let from = 0; from < features.rows; from += blockRows) {
    const to = Math.min(from + blockRows, features.rows);
    const block = standardise(features, scaler, { from, to });
    for (let row = from, at = 0; row < to; row++) {
      for (let column = 0; column < width; column++) forecast[row] += coefficients[column] * block[at++];
    }
  }
  return forecast;
}

/**
 * A saved ridge regression.
 *
 * @throws {SyntaxError} If the payload is not that of a ridge regression with the manifest's features.
 */
export function readRidge({ payload, provenance: _, format: __, ...description }: ForecasterManifest, text: string) {
  const { mean, standardDeviation, coefficients, intercept, penalty } = JSON.parse(text);
  for (const [name, numbers] of Object.entries({ mean, standardDeviation, coefficients })) {
    if (!Array.isArray(numbers) || numbers.length !== description.features.length) {
      throw new SyntaxError(
        `Cannot load a ridge regression: ${name} in ${payload.file} must have ${description.features.length} numbers, current value is ${
          Array.isArray(numbers) ? numbers.length : typeof numbers
        }`,
      );
    }
  }
  const scaler = {
    columns: description.features,
    mean: Float64Array.from(mean),
    standardDeviation: Float64Array.from(standardDeviation),
  };
  return new RidgeForecaster(description, {
    scaler,
    coefficients: Float64Array.from(coefficients),
    intercept,
    penalty,
  });
}
