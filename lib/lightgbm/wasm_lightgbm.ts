import { readFile } from "node:fs/promises";
import { repositoryPath } from "@lib/core";
import type { LightgbmInterface } from "./lightgbm_interface.ts";
import { loadWasmLightgbm } from "./wasm/load_wasm_lightgbm.ts";

const opened = new Map<string, Promise<LightgbmInterface>>();

/** Where `make wasm` leaves the module. */
export const wasmLightgbmPath = repositoryPath(".tools", "lightgbm-wasm", "lightgbm.wasm");

/**
 * LightGBM as WebAssembly, built by `make wasm`: loaded once in a process and for its whole life.
 *
 * @param path Where the module is. Default: {@linkcode wasmLightgbmPath}.
 * @throws {Error} If it was not built, or does not load.
 */
export function wasmLightgbm(path: string = wasmLightgbmPath): Promise<LightgbmInterface> {
  const known = opened.get(path);
  if (known) return known;
  const loading = load(path);
  opened.set(path, loading);
  loading.catch(() => opened.delete(path)); // it may be built while we run
  return loading;
}

async function load(path: string): Promise<LightgbmInterface> {
  let bytes;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new Error(`Cannot load LightGBM as WebAssembly: ${path} must be there, run make wasm`, { cause });
  }
  return await loadWasmLightgbm(bytes);
}
