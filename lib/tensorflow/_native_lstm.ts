import { nativeBackend, wholeNumber } from "./_native_tensorflow.ts";
import { tf } from "./tf.ts";

/** All steps of an LSTM as one operation of TensorFlow. Shapes as those of the plain one. */
export function nativeLstm(
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrentKernel: tf.Tensor2D,
  bias: tf.Tensor1D,
): tf.Tensor3D {
  const backend = nativeBackend();
  const { TF_ATTR_TYPE, TF_ATTR_BOOL, TF_ATTR_FLOAT, TF_FLOAT } = backend.binding;
  const attributes = [
    { name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: "use_peephole", type: TF_ATTR_BOOL, value: false },
  ];
  const unclipped = { name: "cell_clip", type: TF_ATTR_FLOAT, value: 0 };
  const [steps, rows] = x.shape;
  const units = recurrentKernel.shape[0];
  const compute = tf.customGrad((...inputs) => {
    const save = inputs.pop() as unknown as tf.GradSaveFunc;
    const [x, weights, bias] = inputs as tf.Tensor[];
    const [state, peephole] = [tf.zeros([rows, units]), tf.zeros([units])];
    const read = [wholeNumber(steps), x, state, state, weights, peephole, peephole, peephole, bias];
    const made = backend.executeMultipleOutputs("BlockLSTMV2", [...attributes, unclipped], read, 7);
    save([x, weights, bias, ...made]);
    return {
      value: made[6],
      gradFunc: (change, saved) => {
        const [x, weights, bias, ...made] = saved as tf.Tensor[];
        const [state, peephole] = [tf.zeros([rows, units]), tf.zeros([units])];
        const read = [wholeNumber(steps), x, state, state, weights, peephole, peephole, peephole, bias, ...made];
        const changes = [...read, tf.zerosLike(change as tf.Tensor), change];
        const gradients = backend.executeMultipleOutputs("BlockLSTMGradV2", attributes, changes, 8);
        return [gradients[0], gradients[3], gradients[7]];
      },
    };
  });
  return compute(x, tf.concat([kernel, recurrentKernel], 0), bias) as tf.Tensor3D;
}
