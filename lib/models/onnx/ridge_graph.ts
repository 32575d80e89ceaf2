import type { Matrix } from "@lib/dataset";
import type { RidgeState } from "../ridge/ridge_forecaster.ts";
import { type OnnxEvaluation, type OnnxExportable, rounding } from "./onnx_exportable.ts";
import type { OnnxGraph, OnnxNode, OnnxPrecision } from "./onnx_graph.ts";

/** Ridge regression: missing features as their mean, standardised, weighed, added up. */
export class RidgeGraph implements OnnxExportable {
  readonly ownPrecision = "double";

  constructor(readonly state: RidgeState) {}

  graph(precision: OnnxPrecision): OnnxGraph {
    const { mean, width, coefficients, intercept } = this.#numbers(precision);
    const columns = mean.length;
    const row = (values: ArrayLike<number>) => ({ shape: [columns], values, type: precision });
    const step = (operator: string, output: string, ...inputs: string[]): OnnxNode => ({ operator, inputs, output });
    return {
      precision,
      columns,
      constants: {
        mean: row(mean),
        width: row(width),
        coefficients: { shape: [columns, 1], values: coefficients, type: precision },
        intercept: { shape: [1], values: [intercept], type: precision },
      },
      nodes: [
        step("IsNaN", "missing", "features"),
        step("Where", "filled", "missing", "mean", "features"),
        step("Sub", "centred", "filled", "mean"),
        step("Div", "standardised", "centred", "width"),
        step("MatMul", "weighed", "standardised", "coefficients"),
        step("Add", "forecast", "weighed", "intercept"),
      ],
    };
  }

  evaluate({ values, rows, columns }: Matrix, precision: OnnxPrecision): OnnxEvaluation {
    const round = rounding(precision);
    const { mean, width, coefficients, intercept } = this.#numbers(precision);
    const forecast = new Float64Array(rows);
    for (let row = 0, at = 0; row < rows; row++) {
      let sum = 0;
      for (let column = 0; column < columns.length; column++, at++) {
        const value = Number.isNaN(values[at]) ? mean[column] : round(values[at]);
        const standardised = round(round(value - mean[column]) / width[column]);
        sum = round(sum + round(standardised * coefficients[column]));
      }
      forecast[row] = round(sum + intercept);
    }
    return { forecast };
  }

  /** A feature that never varied has no width: with a width of 1 and no weight it takes no side. */
  #numbers(precision: OnnxPrecision) {
    const round = rounding(precision);
    const { scaler: { mean, standardDeviation }, coefficients, intercept } = this.state;
    return {
      mean: mean.map(round),
      width: standardDeviation.map((value) => value === 0 ? 1 : round(value)),
      coefficients: coefficients.map((value, column) => standardDeviation[column] === 0 ? 0 : round(value)),
      intercept: round(intercept),
    };
  }
}
