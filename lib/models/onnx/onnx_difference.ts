import { checkMatrix, type Matrix } from "@lib/dataset";
import type { Forecaster } from "../forecaster.ts";
import { exportable, type ExportOnnxOptions } from "./export_onnx.ts";

/** How far an exported model is from the one that it was made of. */
export interface OnnxDifference {
  /** Rows compared. */
  readonly rows: number;
  /** Largest distance of two forecasts. */
  readonly largest: number;
  /** Root of the mean squared distance. */
  readonly rootMeanSquare: number;
  /** The largest distance in standard deviations of the forecasts; NaN where they do not vary. */
  readonly largestInDeviations: number;
  /** Rows that end in another leaf of some tree; 0 for models without trees. */
  readonly movedRows: number;
}

/**
 * Measures what is lost in {@linkcode exportOnnx}: forecasts of the model against those of the exported operations in
 * their own precision, one after another. A runtime that adds in another order may differ in the last bits once more.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fitRidge } from "@lib/models";
 * const features = { values: Float32Array.of(-1, 1, 0.1), rows: 3, columns: ["momentum_5"] };
 * const rows = { features, target: Float64Array.of(1, 5, 2), day: new Int32Array(3) };
 * using model = await fitRidge(rows, { seed: 1 });
 * assert.equal(onnxDifference(model, features, { precision: "double" }).largest, 0);
 * assert.ok(onnxDifference(model, features).largest < 1e-6);
 * ```
 *
 * @param features Shape (rows, columns), the features of the model in their order.
 * @throws {RangeError} As {@linkcode exportOnnx}, or if there are no rows.
 * @throws {TypeError} If the columns are others or in another order.
 */
export function onnxDifference(
  forecaster: Forecaster,
  features: Matrix,
  { precision = "single" }: ExportOnnxOptions = {},
): OnnxDifference {
  const action = "compare a model with its ONNX form";
  checkMatrix(action, features, forecaster.description.features);
  const { rows } = features;
  if (rows === 0) throw new RangeError(`Cannot ${action}: there must be rows, current number is 0`);
  const exported = exportable(forecaster);
  exported.graph(precision); // refuses what cannot be exported
  const own = forecaster.predict(features);
  const { forecast, leaves } = exported.evaluate(features, precision);
  const distances = own.map((value, row) => Math.abs(value - forecast[row]));
  const mean = own.reduce((sum, value) => sum + value, 0) / rows;
  const deviation = rootMeanSquare(own.map((value) => value - mean));
  const largest = distances.reduce((most, value) => Math.max(most, value), 0);
  return {
    rows,
    largest,
    rootMeanSquare: rootMeanSquare(distances),
    largestInDeviations: deviation > 0 ? largest / deviation : NaN,
    movedRows: leaves ? rowsThatDiffer(leaves, exported.evaluate(features, exported.ownPrecision).leaves!, rows) : 0,
  };
}

function rootMeanSquare(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
}

function rowsThatDiffer(leaves: Int32Array, others: Int32Array, rows: number): number {
  const width = leaves.length / rows;
  const moved = new Set<number>();
  leaves.forEach((leaf, at) => leaf === others[at] || moved.add(Math.floor(at / width)));
  return moved.size;
}
