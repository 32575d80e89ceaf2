import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryPath } from "@lib/core";

const signatures = {
  LGBM_GetLastError: { parameters: [], result: "pointer" },
  LGBM_DatasetCreateFromMat: {
    parameters: ["buffer", "i32", "i32", "i32", "i32", "buffer", "pointer", "buffer"],
    result: "i32",
  },
  LGBM_DatasetSetField: { parameters: ["pointer", "buffer", "buffer", "i32", "i32"], result: "i32" },
  LGBM_DatasetSetFeatureNames: { parameters: ["pointer", "buffer", "i32"], result: "i32" },
  LGBM_DatasetFree: { parameters: ["pointer"], result: "i32" },
  LGBM_BoosterCreate: { parameters: ["pointer", "buffer", "buffer"], result: "i32" },
  LGBM_BoosterFree: { parameters: ["pointer"], result: "i32" },
  LGBM_BoosterAddValidData: { parameters: ["pointer", "pointer"], result: "i32" },
  LGBM_BoosterUpdateOneIter: { parameters: ["pointer", "buffer"], result: "i32" },
  LGBM_BoosterGetCurrentIteration: { parameters: ["pointer", "buffer"], result: "i32" },
  LGBM_BoosterGetEvalCounts: { parameters: ["pointer", "buffer"], result: "i32" },
  LGBM_BoosterGetEval: { parameters: ["pointer", "i32", "buffer", "buffer"], result: "i32" },
  LGBM_BoosterGetNumPredict: { parameters: ["pointer", "i32", "buffer"], result: "i32" },
  LGBM_BoosterGetPredict: { parameters: ["pointer", "i32", "buffer", "buffer"], result: "i32" },
  LGBM_BoosterPredictForMat: {
    parameters: ["pointer", "buffer", "i32", "i32", "i32", "i32", "i32", "i32", "i32", "buffer", "buffer", "buffer"],
    result: "i32",
  },
  LGBM_BoosterFeatureImportance: { parameters: ["pointer", "i32", "i32", "buffer"], result: "i32" },
  LGBM_BoosterSaveModelToString: {
    parameters: ["pointer", "i32", "i32", "i32", "i64", "buffer", "buffer"],
    result: "i32",
  },
  LGBM_BoosterLoadModelFromString: { parameters: ["buffer", "buffer", "buffer"], result: "i32" },
  LGBM_DumpParamAliases: { parameters: ["i64", "buffer", "buffer"], result: "i32" },
} as const;

type Symbols = Deno.DynamicLibrary<typeof signatures>["symbols"];
type Call = Exclude<keyof Symbols, "LGBM_GetLastError">;

let opened: { symbols: Symbols; version: string } | undefined;

/** The C library, opened once in a process and for its whole life. */
function library(): { symbols: Symbols; version: string } {
  if (opened) return opened;
  const folder = packageFolder(repositoryPath(".tools", "python", "lib"));
  const path = join(folder, "lib", `lib_lightgbm.${Deno.build.os === "darwin" ? "dylib" : "so"}`);
  try {
    const symbols = Deno.dlopen(path, signatures).symbols;
    return opened = { symbols, version: readFileSync(join(folder, "VERSION.txt"), "utf8").trim() };
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

/** Engine and version, as models record it. */
export function lightgbmEngine(): string {
  return `lightgbm ${library().version} native`;
}

/**
 * Calls a function of the C API and turns its failure into an exception with LightGBM's own words.
 *
 * @param action What was being done, for the message.
 */
export function callLightgbm<Name extends Call>(action: string, name: Name, ...parameters: Parameters<Symbols[Name]>) {
  const { symbols } = library();
  const call = symbols[name] as (...parameters: unknown[]) => number;
  if (call(...parameters) === 0) return;
  const words = symbols.LGBM_GetLastError();
  throw new Error(`Cannot ${action}: LightGBM says "${words ? new Deno.UnsafePointerView(words).getCString() : "?"}"`);
}

/** A text in the form of C. */
export function cText(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${text}\0`);
}

/** Reads a text that the library writes into a buffer of ours, however long it turns out to be. */
export function readText(
  write: (capacity: bigint, length: BigInt64Array<ArrayBuffer>, buffer: Uint8Array<ArrayBuffer>) => void,
): string {
  const length = new BigInt64Array(1);
  let buffer = new Uint8Array(1 << 16);
  write(BigInt(buffer.length), length, buffer);
  if (Number(length[0]) > buffer.length) {
    buffer = new Uint8Array(Number(length[0]));
    write(BigInt(buffer.length), length, buffer);
  }
  return new TextDecoder().decode(buffer.subarray(0, Number(length[0]) - 1));
}

/** Hands back handles whose owner was dropped without `using`. */
const dropped = new FinalizationRegistry(({ pointer, free }: { pointer: Deno.PointerObject; free: FreeCall }) =>
  library().symbols[free](pointer)
);

type FreeCall = "LGBM_DatasetFree" | "LGBM_BoosterFree";

/** Something that lives in the library's memory until it is disposed of. */
export class NativeHandle implements Disposable {
  #pointer: Deno.PointerObject | undefined;

  /** Takes hold of what `create` writes into an 8-byte cell. */
  constructor(private readonly free: FreeCall, create: (cell: BigUint64Array<ArrayBuffer>) => void) {
    const cell = new BigUint64Array(1);
    create(cell);
    this.#pointer = Deno.UnsafePointer.create(cell[0])!;
    dropped.register(this, { pointer: this.#pointer, free }, this);
  }

  /**
   * The address, for a call.
   *
   * @throws {ReferenceError} If it was disposed of.
   */
  get pointer(): Deno.PointerObject {
    if (!this.#pointer) throw new ReferenceError("Cannot use a LightGBM model: it was disposed of");
    return this.#pointer;
  }

  [Symbol.dispose](): void {
    if (!this.#pointer) return;
    dropped.unregister(this);
    library().symbols[this.free](this.#pointer);
    this.#pointer = undefined;
  }
}
