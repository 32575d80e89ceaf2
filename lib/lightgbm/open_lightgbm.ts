import { checkOneOf } from "@lib/core";
import type { LightgbmInterface } from "./lightgbm_interface.ts";
import { nativeLightgbm } from "./native_lightgbm.ts";
import { wasmLightgbm } from "./wasm_lightgbm.ts";

const engines = ["native", "wasm", "best"] as const;

/** LightGBM as machine code, as WebAssembly, or the former where it can be loaded and else the latter. */
export type LightgbmEngine = typeof engines[number];

/** Options of {@linkcode openLightgbm}. */
export interface OpenLightgbmOptions {
  /** Which. Default `"best"`. */
  engine?: LightgbmEngine;
  /** Opens the native one. Default: {@linkcode nativeLightgbm}. */
  native?: () => LightgbmInterface;
  /** Opens the other. Default: {@linkcode wasmLightgbm}. */
  wasm?: () => Promise<LightgbmInterface>;
  /** Told once, when WebAssembly takes over. Default: the console. */
  warn?: (words: string) => void;
}

let warned = false;

/**
 * Opens LightGBM. What was opened says in `engine` which it is, and models record that.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match((await openLightgbm({ engine: "native" })).engine, /native$/);
 * ```
 *
 * @throws {RangeError} If the engine is unknown.
 * @throws {Error} If it cannot be loaded; for `"best"`, if neither can.
 */
export async function openLightgbm(options: OpenLightgbmOptions = {}): Promise<LightgbmInterface> {
  const { engine = "best", native = nativeLightgbm, wasm = wasmLightgbm, warn = console.warn } = options;
  checkOneOf("open LightGBM", "engine", engine, engines);
  if (engine === "wasm") return await wasm();
  try {
    return native();
  } catch (cause) {
    if (engine === "native") throw cause;
    const { message } = cause as Error;
    const opened = await wasm().catch((also: Error) => {
      throw new Error(`${message}. ${also.message}`, { cause });
    });
    if (!warned) warn(`${message}. ${opened.engine} takes over: the same trees, slower`);
    warned = true;
    return opened;
  }
}
