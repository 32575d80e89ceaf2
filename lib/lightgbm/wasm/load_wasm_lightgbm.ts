import { type LightgbmFunctionName, lightgbmFunctions, type LightgbmInterface } from "../lightgbm_interface.ts";
import { systemInterface } from "./_system_interface.ts";

/** LightGBM in WebAssembly, with memory of its own. */
export interface WasmLightgbm extends LightgbmInterface {
  /** Size of that memory. It grows with the largest need and is never handed back, except with the whole module. */
  readonly memoryBytes: number;
}

/** Options of {@linkcode loadWasmLightgbm}. */
export interface LoadWasmLightgbmOptions {
  /** Receives each line that LightGBM prints, save what is thrown; must not throw itself. Default: the console. */
  print?: (line: string) => void;
}

/**
 * LightGBM as a WebAssembly module: its own C++, on one thread, wherever JavaScript runs; nothing here is Deno's.
 *
 * Each call makes a module with memory of its own (4 GB at most), which shares nothing with others. LightGBM's errors
 * are exceptions, and leave the module as it was. Where the module itself is stopped (a trap, which only a fault in it
 * can cause), every later call throws.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * await assert.rejects(loadWasmLightgbm(new Uint8Array([1, 2, 3])), /WebAssembly/);
 * ```
 *
 * @param module The bytes of `lightgbm.wasm`, or what `WebAssembly.compile` made of them.
 * @throws {WebAssembly.CompileError} If the bytes are no WebAssembly.
 */
export async function loadWasmLightgbm(
  module: BufferSource | WebAssembly.Module,
  { print = (line) => console.log(line) }: LoadWasmLightgbmOptions = {},
): Promise<WasmLightgbm> {
  const compiled = module instanceof WebAssembly.Module ? module : await WebAssembly.compile(module);
  const instance = await WebAssembly.instantiate(compiled, {
    wasi_snapshot_preview1: systemInterface(
      () => exported.memory.buffer as ArrayBuffer,
      (line) => line.startsWith("[LightGBM] [Fatal]") || print(line),
    ),
  });
  const exported = instance.exports as unknown as Exported;
  exported._initialize();

  let fault: Error | undefined;
  const run = <Result>(work: () => Result): Result => {
    if (fault) throw new Error(`the module was stopped before: ${fault.message}`, { cause: fault });
    try {
      return work();
    } catch (error) {
      fault = error as Error;
      throw new Error(`the module was stopped: ${fault.message}`, { cause: error });
    }
  };
  return {
    engine: `lightgbm ${readText(exported, exported.lightgbm_version())} wasm`,
    addressBytes: 4,
    get memoryBytes() {
      return exported.memory.buffer.byteLength;
    },
    call(name, ...parameters) {
      const call = exported[name];
      const wide = wideParameters[name];
      if (
        run(() => wide ? call(...parameters.map((value, at) => wide[at] ? BigInt(value) : value)) : call(...parameters))
      ) {
        throw new Error(readText(exported, exported.LGBM_GetLastError()));
      }
    },
    allocate(bytes) {
      const address = run(() => exported.malloc(Math.max(bytes, 8))) >>> 0;
      if (address > 0) return address;
      const most = "the module has 4 GB, or less where this machine gives less";
      throw new RangeError(`Cannot allocate memory for LightGBM: ${most}, current value is ${bytes} bytes more`);
    },
    release: (address) => run(() => exported.free(address)),
    view: (address, bytes) => new Uint8Array(exported.memory.buffer as ArrayBuffer, address, bytes),
  };
}

type Exported = Record<LightgbmFunctionName, (...parameters: (number | bigint)[]) => number> & {
  memory: WebAssembly.Memory;
  _initialize(): void;
  malloc(bytes: number): number;
  free(address: number): void;
  lightgbm_version(): number;
  LGBM_GetLastError(): number;
};

/** Which parameters have 64 bits, for functions that have such: JavaScript hands those over as bigint. */
const wideParameters: Partial<Record<LightgbmFunctionName, readonly boolean[]>> = Object.fromEntries(
  Object.entries(lightgbmFunctions)
    .filter(([, kinds]) => (kinds as readonly string[]).includes("i64"))
    .map(([name, kinds]) => [name, kinds.map((kind) => kind === "i64")]),
);

function readText({ memory }: Exported, address: number): string {
  const bytes = new Uint8Array(memory.buffer as ArrayBuffer, address >>> 0);
  return new TextDecoder().decode(bytes.slice(0, bytes.indexOf(0)));
}
