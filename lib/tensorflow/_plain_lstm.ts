import { tf } from "./tf.ts";

/**
 * All steps of an LSTM in ordinary operations. The gradient is written out: what automatic differentiation would do for
 * each step alone (four gates, three products with weights) is done once for all.
 *
 * @param x Shape (steps, rows, features).
 * @returns Shape (steps, rows, units).
 */
export function plainLstm(
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrentKernel: tf.Tensor2D,
  bias: tf.Tensor1D,
): tf.Tensor3D {
  const compute = tf.customGrad((...inputs) => {
    const save = inputs.pop() as unknown as tf.GradSaveFunc;
    const [x, kernel, recurrentKernel, bias] = inputs as [tf.Tensor3D, tf.Tensor2D, tf.Tensor2D, tf.Tensor1D];
    const { outputs, cells, gates } = forward(x, kernel, recurrentKernel, bias);
    save([x, kernel, recurrentKernel, outputs, cells, ...gates]);
    return {
      value: outputs,
      gradFunc: (change, saved) => backward(change as tf.Tensor3D, saved as tf.Tensor[]),
    };
  });
  return compute(x, kernel, recurrentKernel, bias) as tf.Tensor3D;
}

/**
 * Cuts a tensor into its steps, by halves: WebAssembly copies all of what is cut for each piece, as `tf.unstack` would for
 * each step. For the same backend matrices are transposed before they are multiplied, since it is slow at both at once.
 */
function stepsOf(values: tf.Tensor): tf.Tensor[] {
  const [steps, ...shape] = values.shape;
  if (steps === 1) return [tf.reshape(values, shape)];
  const half = steps >> 1;
  const from = (begin: number, size: number) => tf.slice(values, [begin, 0, 0], [size, ...shape]);
  return [...stepsOf(from(0, half)), ...stepsOf(from(half, steps - half))];
}

function forward(x: tf.Tensor3D, kernel: tf.Tensor2D, recurrentKernel: tf.Tensor2D, bias: tf.Tensor1D) {
  const [steps, rows, features] = x.shape;
  const units = recurrentKernel.shape[0];
  const flat = tf.reshape(x, [steps * rows, features]);
  const fromInputs = tf.reshape(tf.add(tf.matMul(flat, kernel), bias), [steps, rows, 4 * units]);
  let output: tf.Tensor = tf.zeros([rows, units]), cell: tf.Tensor = output;
  const history = stepsOf(fromInputs).map((fromInput) => {
    const [input, forget, candidate, leave] = tf.split(tf.add(fromInput, tf.matMul(output, recurrentKernel)), 4, 1);
    const gates = [tf.sigmoid(input), tf.sigmoid(forget), tf.tanh(candidate), tf.sigmoid(leave)];
    cell = tf.add(tf.mul(gates[1], cell), tf.mul(gates[0], gates[2]));
    output = tf.mul(gates[3], tf.tanh(cell));
    return { output, cell, gates };
  });
  const stack = (pick: (at: (typeof history)[number]) => tf.Tensor) => tf.stack(history.map(pick)) as tf.Tensor3D;
  return {
    outputs: stack(({ output }) => output),
    cells: stack(({ cell }) => cell),
    gates: [0, 1, 2, 3].map((gate) => stack(({ gates }) => gates[gate])),
  };
}

function backward(change: tf.Tensor3D, saved: tf.Tensor[]): tf.Tensor[] {
  const [x, kernel, recurrentKernel, outputs, cells, input, forget, candidate, leave] = saved as [
    tf.Tensor3D,
    tf.Tensor2D,
    tf.Tensor2D,
    ...tf.Tensor3D[],
  ];
  const [steps, rows, features] = x.shape;
  const units = recurrentKernel.shape[0];
  const before = (values: tf.Tensor3D) =>
    tf.concat([tf.zeros<tf.Rank.R3>([1, rows, units]), tf.slice(values, [0, 0, 0], [steps - 1, rows, units])], 0);
  const ofSigmoid = (value: tf.Tensor) => tf.mul(value, tf.sub(1, value));
  const ofTanh = (value: tf.Tensor) => tf.sub(1, tf.square(value));

  // What a change of the cell, or for the last of the output, does to the four parts of z at each step.
  const bent = tf.tanh(cells);
  const slopes = stepsOf(tf.concat([
    tf.mul(candidate, ofSigmoid(input)),
    tf.mul(before(cells), ofSigmoid(forget)),
    tf.mul(input, ofTanh(candidate)),
    tf.mul(bent, ofSigmoid(leave)),
  ], 2));
  const intoCell = stepsOf(tf.mul(leave, ofTanh(bent)));
  const kept = stepsOf(forget);
  const changes = stepsOf(change);

  const recurrentBack = tf.transpose(recurrentKernel);
  let fromOutput: tf.Tensor = tf.zeros([rows, units]), fromCell: tf.Tensor = fromOutput;
  const sums: tf.Tensor[] = [];
  for (let step = steps - 1; step >= 0; step--) {
    const ofOutput = tf.add(changes[step], fromOutput);
    const ofCell = tf.add(tf.mul(ofOutput, intoCell[step]), fromCell);
    const ofSum = tf.mul(tf.concat([ofCell, ofCell, ofCell, ofOutput], 1), slopes[step]);
    fromOutput = tf.matMul(ofSum as tf.Tensor2D, recurrentBack);
    fromCell = tf.mul(ofCell, kept[step]);
    sums[step] = ofSum;
  }
  const ofSums = tf.reshape(tf.stack(sums), [steps * rows, 4 * units]) as tf.Tensor2D;
  const flat = (values: tf.Tensor3D, width: number) => tf.reshape(values, [steps * rows, width]) as tf.Tensor2D;
  return [
    tf.reshape(tf.matMul(ofSums, tf.transpose(kernel)), [steps, rows, features]),
    tf.matMul(tf.transpose(flat(x, features)), ofSums),
    tf.matMul(tf.transpose(flat(before(outputs), units)), ofSums),
    tf.sum(ofSums, 0),
  ];
}
