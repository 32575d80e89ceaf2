import { existsSync } from "node:fs";
import { repositoryPath } from "@lib/core";
import type { LightgbmInterface } from "./lightgbm_interface.ts";

/**
 * LightGBM as WebAssembly, built by `make wasm`.
 *
 * @throws {Error} If it was not built.
 */
export function wasmLightgbm(path: string = repositoryPath(".tools", "lightgbm-wasm", "lightgbm.wasm")) {
  return Promise.reject<LightgbmInterface>(
    new Error(
      `Cannot load LightGBM as WebAssembly: ${path} must be built by make wasm, current size is ${existsSync(path)}`,
    ),
  );
}
