import process from "node:process";
import { hasNativeTensorflow, nativeBackend, nativeName, registerNativeTensorflow } from "./_native_tensorflow.ts";
import { tf } from "./tf.ts";

/**
 * Where tensors are computed. `native` is TensorFlow's own library, once `make tensorflow` has set it up; `wasm` is there
 * always; `webgpu` gives values only to those who wait for them (`await tensor.data()`), and is taken only when asked
 * for; `cpu` is plain JavaScript, for tests.
 */
export type BackendName = "native" | "webgpu" | "wasm" | "cpu";

/** Settings of {@link useBackend}. */
export interface UseBackendOptions {
  /** The one to use; default: the environment's `LAB_TF_BACKEND`, else `native` if it was set up, else `wasm`. */
  readonly backend?: BackendName;
}

/** What computes, as runs and models record it. */
export interface BackendDescription {
  readonly backend: BackendName;
  readonly device: "cpu" | "gpu";
  /** Of TensorFlow.js. */
  readonly version: string;
  /** One line that names all that takes part. */
  readonly engine: string;
}

const names: readonly BackendName[] = ["native", "webgpu", "wasm", "cpu"];

let current: BackendDescription | undefined;
let webgpuWasUsed = false;

/**
 * Chooses what computes tensors, for the whole process, and says what it is: the one place where that happens. Asking
 * again without a name keeps what is there; tensors that live already move when they are used, save from WebGPU. A native
 * library that is there but does not load is told of, and WebAssembly takes over.
 *
 * Results of one backend on one machine are the same in every run; those of two agree to single precision only.
 *
 * @throws {RangeError} If the name is unknown.
 * @throws {Error} If a backend that was asked for by name is not there.
 *
 * @example
 * ```ts
 * import { tf } from "@lib/tensorflow";
 * import assert from "node:assert/strict";
 *
 * const { engine } = await useBackend({ backend: "wasm" });
 * assert.equal(engine, "tensorflow.js 4.22.0 wasm");
 * assert.deepEqual([...tf.square([1, 2, 3]).dataSync()], [1, 4, 9]);
 * ```
 */
export async function useBackend(options: UseBackendOptions = {}): Promise<BackendDescription> {
  const wanted = checkName(options.backend ?? (current?.backend || process.env.LAB_TF_BACKEND));
  if (wanted === undefined) return current = await startBest();
  if (wanted !== current?.backend) current = await start(wanted);
  return current!;
}

function checkName(name: string | undefined): BackendName | undefined {
  if (!name || (names as readonly string[]).includes(name)) return (name || undefined) as BackendName | undefined;
  throw new RangeError(`Cannot use a backend: its name must be one of ${names.join(", ")}, current value is ${name}`);
}

async function startBest(): Promise<BackendDescription> {
  if (hasNativeTensorflow()) {
    try {
      return await start("native");
    } catch (error) {
      console.warn(`TensorFlow's native library does not load, WebAssembly takes over: ${(error as Error).message}`);
    }
  }
  return await start("wasm");
}

async function start(backend: BackendName): Promise<BackendDescription> {
  tf.enableProdMode(); // no advice on the console
  if (backend === "native") {
    // A driver of WebGPU may bring another version of a library that TensorFlow has inside, and the process crashes.
    if (webgpuWasUsed) throw new Error("Cannot use a backend: native must come before webgpu in one process");
    registerNativeTensorflow();
  } else if (backend === "wasm") await import("@tensorflow/tfjs-backend-wasm");
  else if (backend === "webgpu") {
    webgpuWasUsed = true;
    await import("@tensorflow/tfjs-backend-webgpu");
  } else await import("@tensorflow/tfjs-backend-cpu");
  const started = await tf.setBackend(backend === "native" ? nativeName : backend);
  if (!started) throw new Error(`Cannot use a backend: ${backend} must start here`);
  const version = tf.version_core;
  const engine = `tensorflow.js ${version} ${backend}`;
  if (backend === "webgpu") {
    const { info } = (await navigator.gpu.requestAdapter())!;
    const device = info.isFallbackAdapter ? "cpu" : "gpu";
    return { backend, device, version, engine: `${engine} (${info.description}, ${device})` };
  }
  if (backend !== "native") return { backend, device: "cpu", version, engine };
  const { isUsingGpuDevice, binding } = nativeBackend();
  const device = isUsingGpuDevice ? "gpu" : "cpu";
  return { backend, device, version, engine: `${engine} (libtensorflow ${binding.TF_Version}, ${device})` };
}
