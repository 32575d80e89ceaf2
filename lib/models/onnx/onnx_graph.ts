import { ProtobufMessage } from "./protobuf.ts";

/** What a graph computes in, from its input to its forecast. */
export type OnnxPrecision = "single" | "double";

/** Numbers with their shape, in the precision of the graph unless they are bytes. */
export interface OnnxTensor {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
  readonly type: OnnxPrecision | "bytes";
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

/** Operations from `features`, shape (rows, columns), to `forecast`, shape (rows, 1), in the order of their work. */
export interface OnnxGraph {
  readonly precision: OnnxPrecision;
  readonly columns: number;
  readonly nodes: readonly OnnxNode[];
  readonly constants: Readonly<Record<string, OnnxTensor>>;
}

const elementTypes = { single: 1, bytes: 2, double: 11 };
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

function encodeGraph({ precision, columns, nodes, constants }: OnnxGraph): ProtobufMessage {
  const graph = new ProtobufMessage();
  for (const node of nodes) graph.bytes(1, encodeNode(node));
  graph.bytes(2, "forecaster");
  for (const [name, tensor] of Object.entries(constants)) graph.bytes(5, encodeTensor(tensor, name));
  graph.bytes(11, encodeValue("features", precision, columns));
  return graph.bytes(12, encodeValue("forecast", precision, 1));
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
  const typed = type === "bytes"
    ? Uint8Array.from(values)
    : type === "single"
    ? Float32Array.from(values)
    : Float64Array.from(values);
  return tensor.bytes(9, new Uint8Array(typed.buffer)); // ONNX wants the low byte first, as every machine here has it
}

function encodeValue(name: string, precision: OnnxPrecision, columns: number): ProtobufMessage {
  const rows = new ProtobufMessage().bytes(2, "rows");
  const width = new ProtobufMessage().integer(1, columns);
  const shape = new ProtobufMessage().bytes(1, rows).bytes(1, width);
  const tensor = new ProtobufMessage().integer(1, elementTypes[precision]).bytes(2, shape);
  return new ProtobufMessage().bytes(1, name).bytes(2, new ProtobufMessage().bytes(1, tensor));
}
