import { repositoryPath } from "@lib/core";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import util from "node:util";
import { tf } from "./tf.ts";

/** The name under which TensorFlow.js knows the native backend. */
export const nativeName = "tensorflow";

/** An attribute of an operation of TensorFlow. */
export interface OperationAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean;
}

/** What we use of the native backend beyond what all backends have. */
export interface NativeBackend extends tf.KernelBackend {
  readonly binding: Record<"TF_FLOAT" | "TF_ATTR_TYPE" | "TF_ATTR_BOOL" | "TF_ATTR_FLOAT", number> & {
    readonly TF_Version: string;
  };
  readonly isUsingGpuDevice: boolean;
  executeMultipleOutputs(
    name: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly unknown[],
    outputs: number,
  ): tf.Tensor[];
}

let int64Scalar: new (value: number) => unknown;

/**
 * What the library reads from the environment when it is loaded, where that says nothing else. One thread, because
 * networks of our size train faster on one than on two, and two processes use two cores better; it also leaves less to
 * the machine, as does the library's own arithmetic in place of oneDNN's.
 */
const settings = {
  TF_NUM_INTRAOP_THREADS: "1",
  TF_ENABLE_ONEDNN_OPTS: "0",
  TF_FORCE_GPU_ALLOW_GROWTH: "true", // a card serves several processes
  TF_CPP_MIN_LOG_LEVEL: "2",
};

/** Where `make tensorflow` puts the library. */
export const nativeFolder = repositoryPath(".tools", "tensorflow");

/** Whether the native library was set up here. */
export function hasNativeTensorflow(folder = nativeFolder): boolean {
  return existsSync(join(folder, "made_from"));
}

/**
 * Loads the native library and makes it known to TensorFlow.js.
 *
 * @throws {Error} If it was not set up or does not load.
 */
export function registerNativeTensorflow(folder = nativeFolder): void {
  if (!hasNativeTensorflow(folder)) {
    throw new Error(`Cannot use the native backend: it must be in ${folder}, run make tensorflow`);
  }
  if (tf.findBackendFactory(nativeName)) return;
  for (const [name, value] of Object.entries(settings)) process.env[name] ??= value;
  // The package calls two functions that Node has dropped since.
  const legacy = util as unknown as Record<string, unknown>;
  legacy.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  legacy.isArray ??= Array.isArray;
  const seenByKernels = globalThis as unknown as Record<symbol, unknown>;
  seenByKernels[Symbol.for("@tensorflow/tfjs-core")] = tf;

  const require = createRequire(join(folder, "backend", "package.json"));
  const binding = require(join(folder, "tfjs_binding.node"));
  const { NodeJSKernelBackend } = require("./nodejs_kernel_backend.js");
  require("./register_all_kernels.js");
  int64Scalar = require("./int64_tensors.js").Int64Scalar;
  tf.registerBackend(nativeName, () => new NodeJSKernelBackend(binding, "@tensorflow/tfjs-node"));
}

/** The native backend, when it is the one that computes. */
export function nativeBackend(): NativeBackend {
  return tf.backend() as NativeBackend;
}

/** A whole number of 64 bits, which some operations want and TensorFlow.js has no tensors of. */
export function wholeNumber(value: number): unknown {
  return new int64Scalar(value);
}
