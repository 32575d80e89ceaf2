import { checkOneOf } from "@lib/core";
import type { Forecaster } from "../forecaster.ts";
import { LightgbmForecaster } from "../lightgbm/lightgbm_forecaster.ts";
import { RidgeForecaster } from "../ridge/ridge_forecaster.ts";
import { XgboostForecaster } from "../xgboost/xgboost_forecaster.ts";
import { NetworkForecaster } from "../networks/network_forecaster.ts";
import { lightgbmTrees } from "./lightgbm_trees.ts";
import { NetworkGraph } from "./network_graph.ts";
import type { OnnxExportable } from "./onnx_exportable.ts";
import { encodeOnnx, type OnnxPrecision } from "./onnx_graph.ts";
import { RidgeGraph } from "./ridge_graph.ts";
import { xgboostTrees } from "./xgboost_trees.ts";

/** Options of {@linkcode exportOnnx}. */
export interface ExportOnnxOptions {
  /**
   * What input, arithmetic and forecast are in. `"single"` is what most programs expect; `"double"` is what LightGBM and
   * ridge compute in, and XGBoost and networks cannot have it. Default `"single"`.
   */
  precision?: OnnxPrecision;
}

/**
 * A fitted model as an ONNX file, for programs that know nothing of this workspace: input `features` of shape (rows,
 * columns) in the order of the model's features, NaN where one is missing; output `forecast` of shape (rows, 1). Names of
 * the features, model and engine are in the file's metadata.
 *
 * A network takes windows, shape (rows, steps, columns), the oldest step first, as `gatherSequences` gives them without a
 * scaler; it scales them itself. What its heads say comes out besides, by their names, shape (rows, width).
 *
 * Trees become one `TreeEnsemble` of ai.onnx.ml 5, which onnxruntime knows since 1.20. In single precision thresholds are
 * rounded away from the features that they let pass, so that features which are of single precision themselves go where
 * they went: no threshold moves, what remains is rounding in the sum. {@linkcode onnxDifference} measures it.
 *
 * Source: https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsemble.html.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fitRidge } from "@lib/models";
 * const features = { values: Float32Array.of(-1, 1), rows: 2, columns: ["momentum_5"] };
 * using model = await fitRidge({ features, target: Float64Array.of(1, 5), day: new Int32Array(2) }, { seed: 1 });
 * const bytes = exportOnnx(model);
 * assert.ok(new TextDecoder().decode(bytes).includes("MatMul"));
 * ```
 *
 * @throws {RangeError} If the kind of model cannot be exported, it has splits by category or several
 * classes, which this writer does not say, or it computes in another precision.
 */
export function exportOnnx(forecaster: Forecaster, { precision = "single" }: ExportOnnxOptions = {}) {
  checkOneOf("export to ONNX", "precision", precision, ["single", "double"]);
  const { model, engine, features } = forecaster.description;
  const graph = exportable(forecaster).graph(precision);
  return encodeOnnx(graph, { model, engine, features: JSON.stringify(features) });
}

/** What is to be written. */
export function exportable(forecaster: Forecaster): OnnxExportable {
  if (forecaster instanceof LightgbmForecaster) return lightgbmTrees(forecaster.text);
  if (forecaster instanceof XgboostForecaster) return xgboostTrees(forecaster.text);
  if (forecaster instanceof RidgeForecaster) return new RidgeGraph(forecaster.state);
  if (forecaster instanceof NetworkForecaster) return new NetworkGraph(forecaster.state);
  throw new RangeError(
    `Cannot export to ONNX: model must be lightgbm, network, ridge or xgboost, current value is ${forecaster.description.model}`,
  );
}
