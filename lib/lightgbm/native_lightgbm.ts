import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryPath } from "@lib/core";
import { type LightgbmFunctionName, lightgbmFunctions, type LightgbmInterface } from "./lightgbm_interface.ts";

const nativeKinds = { address: "usize", i32: "i32", i64: "i64" } as const;

let opened: LightgbmInterface | undefined;

/**
 * LightGBM as the machine's own code: the library of the Python package, opened once in a process and for its whole life.
 *
 * Memory is that of typed arrays, which do not move: `view` and `lend` copy nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(nativeLightgbm().engine, /^lightgbm \d+\.\d+\.\d+ native$/);
 * ```
 *
 * @throws {Error} If the library is not installed or does not open; the message says what to do.
 */
export function nativeLightgbm(): LightgbmInterface {
  if (opened) return opened;
  const folder = packageFolder(repositoryPath(".tools", "python", "lib"));
  const library = openLibrary(join(folder, "lib", `lib_lightgbm.${Deno.build.os === "darwin" ? "dylib" : "so"}`));
  const held = new Map<number, ArrayBufferView<ArrayBuffer>>();
  const lend = (values: ArrayBufferView<ArrayBuffer>) => {
    const address = Number(Deno.UnsafePointer.value(Deno.UnsafePointer.of(values)));
    held.set(address, values);
    return address;
  };
  return opened = {
    engine: `lightgbm ${readFileSync(join(folder, "VERSION.txt"), "utf8").trim()} native`,
    addressBytes: 8,
    call(name, ...parameters) {
      if (library[name](...parameters) === 0) return;
      const words = library.LGBM_GetLastError();
      throw new Error(words ? new Deno.UnsafePointerView(words).getCString() : "nothing");
    },
    allocate: (bytes) => lend(new Uint8Array(new ArrayBuffer(Math.max(bytes, 8)))),
    lend,
    release: (address) => void held.delete(address),
    view(address, bytes) {
      const known = held.get(address);
      if (known) return new Uint8Array(known.buffer, known.byteOffset, bytes);
      const pointer = Deno.UnsafePointer.create(BigInt(address));
      if (!pointer) throw new RangeError("Cannot view memory: address must be above 0, current value is 0");
      return new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(pointer, bytes));
    },
  };
}

type Library = Record<LightgbmFunctionName, (...parameters: number[]) => number> & {
  LGBM_GetLastError(): Deno.PointerValue;
};

function openLibrary(path: string): Library {
  const symbols = Object.fromEntries(
    Object.entries(lightgbmFunctions).map(([name, kinds]) => [
      name,
      { parameters: kinds.map((kind) => nativeKinds[kind]), result: "i32" as const },
    ]),
  );
  try {
    const { symbols: functions } = Deno.dlopen(path, {
      ...symbols,
      LGBM_GetLastError: { parameters: [], result: "pointer" },
    });
    return functions as unknown as Library;
  } catch (cause) {
    throw new Error(explainLoadFailure(path, cause as Error), { cause });
  }
}

/** Folder of the Python package that brings the library. Exported for its test. */
export function packageFolder(pythonLibrary: string): string {
  const versions = existsSync(pythonLibrary) ? readdirSync(pythonLibrary).filter((name) => /^python3/.test(name)) : [];
  const folders = versions.map((version) => join(pythonLibrary, version, "site-packages", "lightgbm"));
  const found = folders.find((folder) => existsSync(folder));
  if (found) return found;
  throw new Error(
    `Cannot load LightGBM: the Python package lightgbm must be installed in ${pythonLibrary}, run make setup`,
  );
}

/** What to do when the library does not open. Exported for its test. */
export function explainLoadFailure(path: string, cause: Error): string {
  if (!/libgomp/.test(cause.message)) return `Cannot load LightGBM: ${path} must open, ${cause.message}`;
  return "Cannot load LightGBM: the system must have libgomp.so.1 (OpenMP); install it with " +
    "`apt-get install libgomp1` (Debian, Ubuntu), `dnf install libgomp` (Fedora) or `apk add libgomp` (Alpine)";
}
