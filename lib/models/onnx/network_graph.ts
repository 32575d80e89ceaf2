import { gatherSequences, type Matrix, type Scaler } from "@lib/dataset";
import { tf, type Trace, type TracedKernel, type TracedTensor, traceKernels } from "@lib/tensorflow";
import type { NetworkState } from "../networks/network_forecaster.ts";
import { type KernelCall, onnxNodes } from "./network_kernels.ts";
import type { OnnxEvaluation, OnnxExportable } from "./onnx_exportable.ts";
import type { OnnxGraph, OnnxNode, OnnxPrecision, OnnxTensor } from "./onnx_graph.ts";

/** As `gatherSequences` holds values. */
const MOST_WIDTHS = 5;
/** Numbers of rows that a network is traced with: what differs between the two follows the number of rows. */
const TRACED_ROWS = [2, 3] as const;

/**
 * A network: windows are scaled, the forward pass is written down operation by operation as it was traced, and answers go
 * back into the units of their outcomes. An LSTM appears step by step. In single precision, in which networks compute.
 */
export class NetworkGraph implements OnnxExportable {
  readonly ownPrecision = "single";

  constructor(readonly state: NetworkState) {}

  graph(precision: OnnxPrecision): OnnxGraph {
    if (precision === "double") {
      throw new RangeError("Cannot export to ONNX: precision of a network must be single, current value is double");
    }
    const { network: { heads, name, forecastHead }, scaler: { columns }, steps, scales } = this.state;
    if (heads.some(({ target }) => target === "window")) {
      throw new RangeError(`Cannot export to ONNX: a network must forecast an outcome, ${name} says what windows hide`);
    }
    const constants: Record<string, OnnxTensor> = {};
    const constant = (name: string, values: ArrayLike<number>, type: OnnxTensor["type"], shape = [values.length]) => {
      constants[name] = { shape, values, type };
      return name;
    };
    const nodes: OnnxNode[] = this.#scaling(constant);
    const { nodes: forward, answers, tensors } = this.#forward("scaled");
    Object.assign(constants, tensors);
    nodes.push(...forward);
    for (const head of heads) {
      const { centre, width } = scales[head.name];
      const [said, sized] = [answers[head.name], `${head.name}, sized`];
      const output = head.name === "forecast" && head.width > 1 ? "forecast, all" : head.name;
      nodes.push(
        { operator: "Mul", inputs: [said, constant(`${head.name}, width`, [width], "single")], output: sized },
        { operator: "Add", inputs: [sized, constant(`${head.name}, centre`, [centre], "single")], output },
      );
      if (head.name !== forecastHead || output === "forecast") continue;
      const [from, to, axis] = [head.column ?? 0, (head.column ?? 0) + 1, 1].map((value, at) =>
        constant(`forecast, ${["from", "to", "axis"][at]}`, [value], "integers")
      );
      nodes.push({ operator: "Slice", inputs: [output, from, to, axis], output: "forecast" });
    }
    const shown = heads.filter((head) => head.name !== "forecast").map((head) => [head.name, head.width]);
    return { precision, columns: columns.length, steps, widths: Object.fromEntries(shown), nodes, constants };
  }

  evaluate(features: Matrix): OnnxEvaluation {
    const { network, weights, scaler: { columns }, steps, scales } = this.state;
    const windows = gatherSequences(features, { steps });
    const { mean, scale } = scaleOf(this.state.scaler);
    for (let at = 0; at < windows.length; at++) {
      const column = at % columns.length;
      const scaled = Math.fround(Math.fround(windows[at] - mean[column]) * scale[column]);
      windows[at] = Number.isNaN(scaled) ? 0 : Math.max(-MOST_WIDTHS, Math.min(MOST_WIDTHS, scaled));
    }
    const { name, width, column = 0 } = network.heads.find(({ name }) => name === network.forecastHead)!;
    const { centre, width: unit } = scales[name];
    const forecast = new Float64Array(features.rows);
    tf.tidy(() => {
      const x = tf.tensor3d(windows, [features.rows, steps, columns.length]);
      const said = network.forward(tensorsOf(weights), x, { training: false, seed: 0 })[name].dataSync();
      forecast.forEach((_, row) =>
        forecast[row] = Math.fround(Math.fround(said[row * width + column] * Math.fround(unit)) + Math.fround(centre))
      );
    });
    return { forecast };
  }

  #scaling(constant: (name: string, values: ArrayLike<number>, type: OnnxTensor["type"]) => string): OnnxNode[] {
    const { mean, scale } = scaleOf(this.state.scaler);
    const [least, most, zero] = [-MOST_WIDTHS, MOST_WIDTHS, 0].map((value, at) =>
      constant(["least", "most", "zero"][at], [value], "single")
    );
    return [
      { operator: "Sub", inputs: ["features", constant("mean", mean, "single")], output: "centred" },
      { operator: "Mul", inputs: ["centred", constant("scale", scale, "single")], output: "standardised" },
      { operator: "IsNaN", inputs: ["standardised"], output: "missing" },
      { operator: "Where", inputs: ["missing", zero, "standardised"], output: "filled" },
      { operator: "Max", inputs: ["filled", least], output: "held below" },
      { operator: "Min", inputs: ["held below", most], output: "scaled" },
    ];
  }

  #forward(input: string) {
    const { network, weights, steps, scaler: { columns } } = this.state;
    let traces: Trace[] = [];
    tf.tidy(() => {
      const tensors = tensorsOf(weights);
      traces = TRACED_ROWS.map((rows) =>
        traceKernels(
          (x: tf.Tensor3D) => network.forward(tensors, x, { training: false, seed: 0 }),
          tf.zeros<tf.Rank.R3>([rows, steps, columns.length]),
        )
      );
    });
    const [one, other] = traces;
    const nameOf = ({ number }: TracedTensor) =>
      number === one.input.number ? input : one.constants.has(number) ? `constant ${number}` : `tensor ${number}`;
    const needed = neededKernels(one.kernels, Object.values(one.outputs));
    const tensors: Record<string, OnnxTensor> = {};
    const calls = needed.map((at): KernelCall => {
      const [first, second] = [one.kernels[at], other.kernels[at]];
      first.inputs.forEach((tensor, place) => {
        const values = one.constants.get(tensor.number);
        if (values) tensors[nameOf(tensor)] = constantOf(values, tensor.shape, second.inputs[place].shape);
      });
      return {
        kernel: first.kernel,
        attributes: first.attributes,
        inputs: first.inputs.map(nameOf),
        outputs: first.outputs.map(nameOf),
        inputShapes: first.inputs.map(({ shape }, place) => followed(shape, second.inputs[place].shape)),
        outputShapes: first.outputs.map(({ shape }, place) => followed(shape, second.outputs[place].shape)),
      };
    });
    const nodes = calls.flatMap((call) => onnxNodes(call, tensors));
    const answers = Object.fromEntries(Object.entries(one.outputs).map(([name, tensor]) => [name, nameOf(tensor)]));
    return { nodes, answers, tensors };
  }
}

function tensorsOf(weights: NetworkState["weights"]): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(weights).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]),
  );
}

function scaleOf({ mean, standardDeviation }: Scaler) {
  return {
    mean: Float32Array.from(mean),
    scale: Float32Array.from(standardDeviation, (deviation) => deviation === 0 ? 0 : 1 / deviation),
  };
}

/** Places of the operations that what comes out rests on: gradients ask for more than that. */
function neededKernels(kernels: readonly TracedKernel[], outputs: readonly TracedTensor[]): number[] {
  const wanted = new Set(outputs.map(({ number }) => number));
  const needed: number[] = [];
  for (let at = kernels.length - 1; at >= 0; at--) {
    const { inputs, outputs } = kernels[at];
    if (!outputs.some(({ number }) => wanted.has(number))) continue;
    for (const { number } of inputs) wanted.add(number);
    needed.push(at);
  }
  return needed.reverse();
}

/** A shape by two traces: -1 for each axis that follows the number of rows. */
function followed(one: readonly number[], other: readonly number[]): number[] {
  return one.map((size, axis) => size === other[axis] ? size : -1);
}

/** A tensor that the network made by itself; along axes that follow the rows it is the same, and one of it is enough. */
function constantOf(values: Float32Array, one: readonly number[], other: readonly number[]): OnnxTensor {
  const shape = followed(one, other);
  if (!shape.includes(-1)) return { shape, values, type: "single" };
  const isFilled = values.every((value) => value === values[0]);
  if (!isFilled) {
    throw new RangeError(
      "Cannot export to ONNX: what a network makes for each row must be alike, current values differ",
    );
  }
  const size = shape.map((length) => length === -1 ? 1 : length);
  return { shape: size, values: values.subarray(0, size.reduce((a, b) => a * b, 1)), type: "single" };
}
