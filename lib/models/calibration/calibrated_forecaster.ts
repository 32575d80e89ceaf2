import { join } from "node:path";
import { sha256File, stableJson } from "@lib/core";
import type { Matrix } from "@lib/dataset";
import type { Forecaster, ForecasterDescription } from "../forecaster.ts";
import { type ForecasterManifest, writeForecaster } from "../manifest.ts";
import { calibrate, type Calibration } from "./calibration.ts";
import type { Threshold } from "./choose_threshold.ts";

const innerFolder = "model";

/** A fitted model whose forecasts are set right. It owns the model: to dispose of one is to dispose of both. */
export class CalibratedForecaster implements Forecaster {
  /**
   * @param model The model as it was fitted.
   * @param calibration What is done to its forecasts.
   * @param threshold From which calibrated forecast on to act.
   */
  constructor(
    readonly description: ForecasterDescription,
    readonly model: Forecaster,
    readonly calibration: Calibration,
    readonly threshold?: Threshold,
  ) {}

  /** Calibrated forecasts: probabilities, or quantiles. */
  predict(features: Matrix): Float64Array<ArrayBuffer> {
    return calibrate(this.calibration, this.model.predict(features), features);
  }

  /** That of the model within. */
  featureImportance(): Record<string, number> {
    return this.model.featureImportance();
  }

  /** Writes the model within into a folder of its own, too, and its manifest's hash beside the calibration. */
  async save(folder: string, provenance?: Readonly<Record<string, string>>): Promise<void> {
    const { description, calibration, threshold } = this;
    await this.model.save(join(folder, innerFolder), provenance);
    const modelSha256 = await sha256File(join(folder, innerFolder, "manifest.json"));
    const isNever = threshold?.threshold === Infinity; // which JSON cannot say
    const saved = threshold && { ...threshold, threshold: isNever ? "never" : threshold.threshold };
    const text = stableJson({ calibration, ...(saved && { threshold: saved }), modelSha256 });
    const madeBy = calibration.method === "conformal" ? "fitConformal" : "fitCalibrated";
    await writeForecaster(folder, { description, madeBy, file: "calibration.json", text, provenance });
  }

  [Symbol.dispose](): void {
    this.model[Symbol.dispose]();
  }
}

/**
 * A saved model with its calibration.
 *
 * @param load Reads the model within.
 * @throws {RangeError} If the model within is not the one that was calibrated.
 */
export async function readCalibrated(
  { payload: _, provenance: __, format: ___, ...description }: ForecasterManifest,
  text: string,
  { folder, load }: { folder: string; load: (folder: string) => Promise<Forecaster> },
): Promise<CalibratedForecaster> {
  const { calibration, threshold, modelSha256 } = JSON.parse(text);
  const current = await sha256File(join(folder, innerFolder, "manifest.json"));
  if (current !== modelSha256) {
    throw new RangeError(
      `Cannot load a calibrated model: the manifest of the model within must have SHA-256 ${modelSha256}, current value is ${current}`,
    );
  }
  const chosen = threshold &&
    { ...threshold, threshold: threshold.threshold === "never" ? Infinity : threshold.threshold };
  return new CalibratedForecaster(description, await load(join(folder, innerFolder)), calibration, chosen);
}
