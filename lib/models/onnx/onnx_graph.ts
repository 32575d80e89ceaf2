import { ProtobufMessage } from "./protobuf.ts";

/** What a graph computes in, from its input to its forecast. */
export type OnnxPrecision = "single" | "double";

/** Numbers with their shape, in the precision of the graph unless they are bytes, or whole numbers of 64 bits. */
export interface OnnxTensor {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
  readonly type: OnnxPrecision | "bytes" | "integers";
}

/** One operation: names of what goes in, the name of what comes out. */
export interface OnnxNode {
  readonly operator: string;
  /** `ai.onnx.ml` for operators of classical models. Default: ONNX's own. */
  readonly domain?: "ai.onnx.ml";
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, number | readonly number[] | OnnxTensor>>;
}

/**
 * Operations from `features`, shape (rows, columns) or (rows, steps, columns), to `forecast`, shape (rows, 1), in the order
 * of their work.
 */
export interface OnnxGraph {
  readonly precision: OnnxPrecision;
  readonly columns: number;
  /** Steps of a window, for what looks at more than one row. */
  readonly steps?: number;
  /** Further outputs, shape (rows, width), by name. */
  readonly widths?: Readonly<Record<string, number>>;
  readonly nodes: readonly OnnxNode[];
  readonly constants: Readonly<Record<string, OnnxTensor>>;
}

const elementTypes = { single: 1, bytes: 2, integers: 7, double: 11 };
const typedValues = {
  bytes: (values: ArrayLike<number>) => Uint8Array.from(values),
  integers: (values: ArrayLike<number>) => BigInt64Array.from(Array.from(values), BigInt),
  single: (values: ArrayLike<number>) => Float32Array.from(values),
  double: (values: ArrayLike<number>) => Float64Array.from(values),
};
const attributeTypes = { integer: 2, tensor: 4, integers: 7 };
const irVersion = 10;
const operatorSets = { "": 21, "ai.onnx.ml": 5 }; // the first with trees in double precision

/**
 * A graph as an ONNX file. The same graph gives the same bytes.
 *
 * Source: onnx.proto of ONNX 1.17 (IR version 10).
 *
 * @param metadata Texts to keep in the file.
 */
export function encodeOnnx(graph: OnnxGraph, metadata: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const model = new ProtobufMessage().integer(1, irVersion).bytes(2, "ai-stocks-lab").bytes(7, encodeGraph(graph));
  for (const [domain, version] of Object.entries(operatorSets)) {
    model.bytes(8, new ProtobufMessage().bytes(1, domain).integer(2, version));
  }
  for (const [key, value] of Object.entries(metadata)) {
    model.bytes(14, new ProtobufMessage().bytes(1, key).bytes(2, value));
  }
  return model.encode();
}

function encodeGraph({ precision, columns, steps, widths = {}, nodes, constants }: OnnxGraph): ProtobufMessage {
  const graph = new ProtobufMessage();
  for (const node of nodes) graph.bytes(1, encodeNode(node));
  graph.bytes(2, "forecaster");
  for (const [name, tensor] of Object.entries(constants)) graph.bytes(5, encodeTensor(tensor, name));
  graph.bytes(11, encodeValue("features", precision, steps === undefined ? [columns] : [steps, columns]));
  for (const [name, width] of Object.entries({ forecast: 1, ...widths })) {
    graph.bytes(12, encodeValue(name, precision, [width]));
  }
  return graph;
}

function encodeNode({ operator, domain, inputs, output, attributes = {} }: OnnxNode): ProtobufMessage {
  const node = new ProtobufMessage();
  for (const input of inputs) node.bytes(1, input);
  node.bytes(2, output).bytes(4, operator);
  for (const [name, value] of Object.entries(attributes)) node.bytes(5, encodeAttribute(name, value));
  if (domain) node.bytes(7, domain);
  return node;
}

function encodeAttribute(name: string, value: number | readonly number[] | OnnxTensor): ProtobufMessage {
  const attribute = new ProtobufMessage().bytes(1, name);
  if (typeof value === "number") return attribute.integer(3, value).integer(20, attributeTypes.integer);
  if ("shape" in value) return attribute.bytes(5, encodeTensor(value)).integer(20, attributeTypes.tensor);
  for (const item of value) attribute.integer(8, item);
  return attribute.integer(20, attributeTypes.integers);
}

function encodeTensor({ shape, values, type }: OnnxTensor, name?: string): ProtobufMessage {
  const tensor = new ProtobufMessage();
  for (const size of shape) tensor.integer(1, size);
  tensor.integer(2, elementTypes[type]);
  if (name) tensor.bytes(8, name);
  const typed = typedValues[type](values);
  return tensor.bytes(9, new Uint8Array(typed.buffer)); // ONNX wants the low byte first, as every machine here has it
}

/** A tensor that goes in or comes out: as many rows as one likes, the other axes fixed. */
function encodeValue(name: string, precision: OnnxPrecision, axes: readonly number[]): ProtobufMessage {
  const shape = new ProtobufMessage().bytes(1, new ProtobufMessage().bytes(2, "rows"));
  for (const size of axes) shape.bytes(1, new ProtobufMessage().integer(1, size));
  const tensor = new ProtobufMessage().integer(1, elementTypes[precision]).bytes(2, shape);
  return new ProtobufMessage().bytes(1, name).bytes(2, new ProtobufMessage().bytes(1, tensor));
}
