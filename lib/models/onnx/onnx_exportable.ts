import type { Matrix } from "@lib/dataset";
import type { OnnxGraph, OnnxPrecision } from "./onnx_graph.ts";

/** A model that can be written as an ONNX graph, and that can say what the graph will compute. */
export interface OnnxExportable {
  /** What the model itself computes in. */
  readonly ownPrecision: OnnxPrecision;
  /**
   * The operations, with all numbers rounded to the precision.
   *
   * @throws {RangeError} If the model computes in another precision.
   */
  graph(precision: OnnxPrecision): OnnxGraph;
  /** The same operations, done here in the precision. */
  evaluate(features: Matrix, precision: OnnxPrecision): OnnxEvaluation;
}

/** What a graph makes of rows. */
export interface OnnxEvaluation {
  /** Shape (rows,). */
  readonly forecast: Float64Array;
  /** For trees, the leaf of each row in each tree, shape (rows, trees). */
  readonly leaves?: Int32Array;
}

/** Rounds to the numbers of a precision. */
export function rounding(precision: OnnxPrecision): (value: number) => number {
  return precision === "single" ? Math.fround : (value) => value;
}
