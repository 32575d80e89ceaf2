import type { OnnxNode, OnnxTensor } from "./onnx_graph.ts";

/** A traced operation with names for its tensors; axes of -1 follow the number of rows. */
export interface KernelCall {
  readonly kernel: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly inputShapes: readonly (readonly number[])[];
  readonly outputShapes: readonly (readonly number[])[];
}

type Constants = Record<string, OnnxTensor>;
type Write = (call: KernelCall, integers: (values: readonly number[]) => string) => OnnxNode[];

/** Further than any axis reaches. */
const TO_THE_END = 2 ** 31 - 1;

const alike = (operator: string): Write => ({ inputs, outputs: [output] }) => [{ operator, inputs, output }];

const writers: Readonly<Record<string, Write>> = {
  Add: alike("Add"),
  Identity: alike("Identity"),
  Multiply: alike("Mul"),
  RealDiv: alike("Div"),
  Relu: alike("Relu"),
  Sigmoid: alike("Sigmoid"),
  Softplus: alike("Softplus"),
  Sub: alike("Sub"),
  Tanh: alike("Tanh"),
  BatchMatMul: ({ inputs, outputs: [output], attributes }) => {
    if (attributes.transposeA || attributes.transposeB) {
      throw new RangeError("Cannot export to ONNX: products must be of matrices as they stand, one is transposed");
    }
    return [{ operator: "MatMul", inputs, output }];
  },
  Concat: ({ inputs, outputs: [output], attributes }) => [
    { operator: "Concat", inputs, output, attributes: { axis: attributes.axis as number } },
  ],
  Mean: ({ inputs: [input], outputs: [output], inputShapes: [shape], attributes }, integers) => {
    const axes = [attributes.axis as number | number[]].flat().map((axis) => (axis + shape.length) % shape.length);
    const keepdims = Number(attributes.keepDims);
    return [{ operator: "ReduceMean", inputs: [input, integers(axes)], output, attributes: { keepdims } }];
  },
  Pack: ({ inputs, outputs: [output], attributes }, integers) => {
    const axis = attributes.axis as number;
    const parts = inputs.map((input, at) => ({ input, part: `${output}, part ${at}` }));
    return [
      ...parts.map(({ input, part }) => ({ operator: "Unsqueeze", inputs: [input, integers([axis])], output: part })),
      { operator: "Concat", inputs: parts.map(({ part }) => part), output, attributes: { axis } },
    ];
  },
  Reshape: ({ inputs: [input], outputs: [output], outputShapes: [shape] }, integers) => {
    if (shape.filter((size) => size === -1).length > 1) {
      throw new RangeError("Cannot export to ONNX: one axis at most must follow the rows, current shape has several");
    }
    return [{ operator: "Reshape", inputs: [input, integers(shape)], output }];
  },
  Rsqrt: ({ inputs, outputs: [output] }) => [
    { operator: "Sqrt", inputs, output: `${output}, root` },
    { operator: "Reciprocal", inputs: [`${output}, root`], output },
  ],
  Slice: ({ inputs: [input], outputs: [output], outputShapes: [shape], attributes }, integers) => {
    const begin = attributes.begin as number[];
    const end = begin.map((from, axis) => shape[axis] === -1 ? TO_THE_END : from + shape[axis]);
    return [{ operator: "Slice", inputs: [input, integers(begin), integers(end)], output }];
  },
  Softmax: ({ inputs, outputs: [output], inputShapes: [shape] }) => [
    { operator: "Softmax", inputs, output, attributes: { axis: shape.length - 1 } },
  ],
  SplitV: ({ inputs: [input], outputs, outputShapes, attributes }, integers) => {
    const axis = attributes.axis as number;
    let from = 0;
    return outputs.map((output, at) => {
      const to = from + outputShapes[at][axis];
      const node = { operator: "Slice", inputs: [input, integers([from]), integers([to]), integers([axis])], output };
      from = to;
      return node;
    });
  },
  Square: ({ inputs: [input], outputs: [output] }) => [{ operator: "Mul", inputs: [input, input], output }],
  Transpose: ({ inputs, outputs: [output], attributes }) => [
    { operator: "Transpose", inputs, output, attributes: { perm: attributes.perm as number[] } },
  ],
};

/**
 * A traced operation in ONNX's words; what it needs beside its inputs is added to the constants.
 *
 * Source: https://onnx.ai/onnx/operators, operator set 21.
 *
 * @throws {RangeError} If the operation is one that no network here uses.
 */
export function onnxNodes(call: KernelCall, constants: Constants): OnnxNode[] {
  if (!Object.hasOwn(writers, call.kernel)) {
    throw new RangeError(
      `Cannot export to ONNX: operations must be among ${
        Object.keys(writers).join(", ")
      }, current one is ${call.kernel}`,
    );
  }
  return writers[call.kernel](call, (values) => {
    const name = `integers ${values.join(" ")}`;
    constants[name] = { shape: [values.length], values, type: "integers" };
    return name;
  });
}
