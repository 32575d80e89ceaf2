import { tf } from "./tf.ts";

/** A tensor within a trace: the same number is the same tensor. */
export interface TracedTensor {
  readonly number: number;
  readonly shape: readonly number[];
}

/** One operation of the backend, as it was called. */
export interface TracedKernel {
  /** TensorFlow.js's name of it, such as `BatchMatMul`. */
  readonly kernel: string;
  readonly inputs: readonly TracedTensor[];
  readonly outputs: readonly TracedTensor[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What a function did. */
export interface Trace {
  /** In the order of the work. */
  readonly kernels: readonly TracedKernel[];
  /** The tensor that went in. */
  readonly input: TracedTensor;
  /** What came out, by name. */
  readonly outputs: Readonly<Record<string, TracedTensor>>;
  /** Values of tensors that no operation of the trace made, by number: weights, and what the function made by itself. */
  readonly constants: ReadonlyMap<number, Float32Array>;
}

/**
 * Runs a function of one tensor and notes which operations it called on what: enough to write the function down in
 * another language. Operations are those of the backend in use, which computes them as always; a gradient is not traced.
 *
 * @example
 * ```ts
 * import { tf, useBackend } from "@lib/tensorflow";
 * import assert from "node:assert/strict";
 *
 * await useBackend({ backend: "cpu" });
 * const { kernels, constants } = traceKernels((x) => ({ y: tf.relu(tf.add(x, 1)) }), tf.tensor1d([1, -2]));
 * assert.deepEqual(kernels.map(({ kernel }) => kernel), ["Add", "Relu"]);
 * assert.deepEqual([...constants.values()], [Float32Array.of(1)]);
 * ```
 */
export function traceKernels<Input extends tf.Tensor>(
  compute: (x: Input) => Record<string, tf.Tensor>,
  x: Input,
): Trace {
  const own = tf.getBackend();
  const traced = `${own}, traced`;
  const backend = tf.backend();
  const kernels: TracedKernel[] = [];
  const constants = new Map<number, Float32Array>();
  const numbers = new WeakMap<object, Map<string, number>>();
  let next = 0;
  // A reshaped tensor shares its data with the one before: only data and shape together tell which one it is.
  const tracedTensor = ({ dataId, shape }: tf.TensorInfo): TracedTensor => {
    const known = numbers.get(dataId) ?? new Map<string, number>();
    numbers.set(dataId, known);
    const key = shape.join();
    if (!known.has(key)) known.set(key, next++);
    return { number: known.get(key)!, shape: [...shape] };
  };
  const input = tracedTensor(x);
  const made = new Set([input.number]);
  const noted = (info: tf.TensorInfo) => {
    const tensor = tracedTensor(info);
    if (!made.has(tensor.number) && !constants.has(tensor.number)) {
      constants.set(tensor.number, Float32Array.from(backend.readSync(info.dataId) as Float32Array));
    }
    return tensor;
  };
  if (!tf.engine().backendNames().includes(traced)) tf.registerBackend(traced, () => backend);
  const registered = tf.getKernelsForBackend(own);
  for (const { kernelName, kernelFunc } of registered) {
    tf.registerKernel({
      kernelName,
      backendName: traced,
      kernelFunc: (call) => {
        const inputs = Object.values(call.inputs as Record<string, tf.TensorInfo>).map(noted);
        const results = kernelFunc(call);
        const outputs = [results].flat().map(tracedTensor);
        const isNew = outputs.some(({ number }) => !made.has(number) && !constants.has(number));
        for (const { number } of outputs) made.add(number);
        // What was only reshaped there and back again is the tensor that it was before.
        if (isNew) kernels.push({ kernel: kernelName, inputs, outputs, attributes: { ...call.attrs } });
        return results;
      },
    });
  }
  try {
    tf.setBackend(traced); // at once, since the backend is there already
    let outputs: Record<string, TracedTensor> = {};
    tf.tidy(() => {
      outputs = Object.fromEntries(Object.entries(compute(x)).map(([name, tensor]) => [name, noted(tensor)]));
    });
    return { kernels, input, outputs, constants };
  } finally {
    tf.setBackend(own);
    for (const { kernelName } of registered) tf.unregisterKernel(kernelName, traced);
  }
}
