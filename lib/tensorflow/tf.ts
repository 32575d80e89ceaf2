// The layers' package brings the gradients of all operations, which the core's build for Node leaves out.
import "@tensorflow/tfjs-layers";

/**
 * TensorFlow.js, from one place: operations, gradients, optimisers. Its operations are functions (`tf.matMul(a, b)`);
 * methods on tensors are not declared.
 */
export * as tf from "@tensorflow/tfjs-core";
