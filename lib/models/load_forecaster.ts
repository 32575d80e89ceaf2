import { checkOneOf } from "@lib/core";
import { readCalibrated } from "./calibration/calibrated_forecaster.ts";
import type { Forecaster } from "./forecaster.ts";
import { readLightgbm } from "./lightgbm/lightgbm_forecaster.ts";
import { type ForecasterManifest, readForecaster } from "./manifest.ts";
import { readNetwork } from "./networks/network_forecaster.ts";
import { readRidge } from "./ridge/ridge_forecaster.ts";
import { readXgboost } from "./xgboost/xgboost_forecaster.ts";

/** Where a saved model lies, and what reads another one that lies within. */
interface SavedModel {
  folder: string;
  load: (folder: string) => Promise<Forecaster>;
}

type Reader = (manifest: ForecasterManifest, text: string, saved: SavedModel) => Forecaster | Promise<Forecaster>;

const readers: Record<string, Reader> = {
  calibrated: readCalibrated,
  lightgbm: readLightgbm,
  network: readNetwork,
  ridge: readRidge,
  xgboost: readXgboost,
};

/**
 * Reads back a model that was saved: the same forecasts to the last bit, from the same features in the same order.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fitRidge } from "@lib/models";
 * const features = { values: Float32Array.of(-1, 1), rows: 2, columns: ["momentum_5"] };
 * using model = await fitRidge({ features, target: Float64Array.of(1, 5), day: new Int32Array(2) }, { seed: 1 });
 * const folder = await Deno.makeTempDir();
 * await model.save(folder);
 * using loaded = await loadForecaster(folder);
 * assert.deepEqual(loaded.predict(features), model.predict(features));
 * await Deno.remove(folder, { recursive: true });
 * ```
 *
 * @param folder The folder it was saved into.
 * @throws {Deno.errors.NotFound} If there is no manifest or no payload.
 * @throws {SyntaxError} If manifest or payload cannot be read.
 * @throws {RangeError} If the payload is not the one that was saved, or the kind of model is unknown.
 */
export async function loadForecaster(folder: string): Promise<Forecaster> {
  const { manifest, text } = await readForecaster(folder);
  checkOneOf("load a model", "model", manifest.model, Object.keys(readers));
  return await readers[manifest.model](manifest, text, { folder, load: loadForecaster });
}
