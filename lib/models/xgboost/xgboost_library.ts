import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryPath } from "@lib/core";
import type { Matrix } from "@lib/dataset";

const signatures = {
  XGBGetLastError: { parameters: [], result: "pointer" },
  XGDMatrixCreateFromDense: { parameters: ["buffer", "buffer", "buffer"], result: "i32" },
  XGDMatrixSetInfoFromInterface: { parameters: ["pointer", "buffer", "buffer"], result: "i32" },
  XGDMatrixFree: { parameters: ["pointer"], result: "i32" },
  XGBoosterCreate: { parameters: ["buffer", "u64", "buffer"], result: "i32" },
  XGBoosterFree: { parameters: ["pointer"], result: "i32" },
  XGBoosterSetParam: { parameters: ["pointer", "buffer", "buffer"], result: "i32" },
  XGBoosterSetStrFeatureInfo: { parameters: ["pointer", "buffer", "buffer", "u64"], result: "i32" },
  XGBoosterUpdateOneIter: { parameters: ["pointer", "i32", "pointer"], result: "i32" },
  XGBoosterEvalOneIter: { parameters: ["pointer", "i32", "buffer", "buffer", "u64", "buffer"], result: "i32" },
  XGBoosterSlice: { parameters: ["pointer", "i32", "i32", "i32", "buffer"], result: "i32" },
  XGBoosterPredictFromDMatrix: {
    parameters: ["pointer", "pointer", "buffer", "buffer", "buffer", "buffer"],
    result: "i32",
  },
  XGBoosterPredictFromDense: {
    parameters: ["pointer", "buffer", "buffer", "pointer", "buffer", "buffer", "buffer"],
    result: "i32",
  },
  XGBoosterFeatureScore: {
    parameters: ["pointer", "buffer", "buffer", "buffer", "buffer", "buffer", "buffer"],
    result: "i32",
  },
  XGBoosterSaveModelToBuffer: { parameters: ["pointer", "buffer", "buffer", "buffer"], result: "i32" },
  XGBoosterLoadModelFromBuffer: { parameters: ["pointer", "buffer", "u64"], result: "i32" },
} as const;

type Symbols = Deno.DynamicLibrary<typeof signatures>["symbols"];
type Call = Exclude<keyof Symbols, "XGBGetLastError">;

const installedIn = repositoryPath(".tools", "xgboost", "xgboost");
let opened: { symbols: Symbols; version: string } | undefined;

/**
 * Whether `make xgboost` has been run in this workspace.
 *
 * @example
 * ```ts
 * import { fitXgboost } from "@lib/models";
 * const rows = {
 *   features: { values: Float32Array.of(-1, 1), rows: 2, columns: ["momentum_5"] },
 *   target: Float64Array.of(1, 5),
 *   day: new Int32Array(2),
 * };
 * if (hasXgboost()) (await fitXgboost(rows, { rounds: 1, seed: 1 }))[Symbol.dispose]();
 * ```
 */
export function hasXgboost(): boolean {
  return existsSync(installedIn);
}

/** The C library, opened once in a process and for its whole life. */
function library(): { symbols: Symbols; version: string } {
  if (opened) return opened;
  if (!hasXgboost()) {
    throw new Error(`Cannot load XGBoost: its library must be in ${installedIn}, run make xgboost`);
  }
  const path = join(installedIn, "lib", `libxgboost.${Deno.build.os === "darwin" ? "dylib" : "so"}`);
  try {
    const { symbols } = Deno.dlopen(path, signatures);
    return opened = { symbols, version: readFileSync(join(installedIn, "VERSION"), "utf8").trim() };
  } catch (cause) {
    throw new Error(`Cannot load XGBoost: ${path} must open, ${(cause as Error).message}`, { cause });
  }
}

/** Engine and version, as models record it. */
export function xgboostEngine(): string {
  return `xgboost ${library().version} native`;
}

/**
 * Calls a function of the C API and turns its failure into an exception with XGBoost's own words.
 *
 * @param action What was being done, for the message.
 */
export function callXgboost<Name extends Call>(action: string, name: Name, ...parameters: Parameters<Symbols[Name]>) {
  const { symbols } = library();
  const call = symbols[name] as (...parameters: unknown[]) => number;
  if (call(...parameters) === 0) return;
  const words = symbols.XGBGetLastError();
  const [first] = (words ? new Deno.UnsafePointerView(words).getCString() : "?").split("\n"); // a stack trace follows
  throw new Error(`Cannot ${action}: XGBoost says "${first.replace(/^(\[[\d:]+\] )?(\S+:\d+: )?/, "")}"`);
}

/** A text in the form of C. */
export function cText(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${text}\0`);
}

/** A text for C that describes numbers by their address (NumPy's array interface): they must outlive the call. */
export function arrayInterface(values: Matrix["values"], shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const address = Number(Deno.UnsafePointer.value(Deno.UnsafePointer.of(values)));
  const typestr = values instanceof Float32Array ? "<f4" : "<f8";
  return cText(JSON.stringify({ data: [address, true], shape, strides: null, typestr, version: 3 }));
}

/** The address that the library wrote into an 8-byte cell. */
export function pointerIn(cell: BigUint64Array<ArrayBuffer>): Deno.PointerObject {
  return Deno.UnsafePointer.create(cell[0])!;
}

/** Hands back handles whose owner was dropped without `using`. */
const dropped = new FinalizationRegistry(({ pointer, free }: { pointer: Deno.PointerObject; free: FreeCall }) =>
  library().symbols[free](pointer)
);

type FreeCall = "XGDMatrixFree" | "XGBoosterFree";

/** Something that lives in the library's memory until it is disposed of. */
export class XgboostHandle implements Disposable {
  #pointer: Deno.PointerObject | undefined;

  /** Takes hold of what `create` writes into an 8-byte cell. */
  constructor(private readonly free: FreeCall, create: (cell: BigUint64Array<ArrayBuffer>) => void) {
    const cell = new BigUint64Array(1);
    create(cell);
    this.#pointer = pointerIn(cell);
    dropped.register(this, { pointer: this.#pointer, free }, this);
  }

  /**
   * The address, for a call.
   *
   * @throws {ReferenceError} If it was disposed of.
   */
  get pointer(): Deno.PointerObject {
    if (!this.#pointer) throw new ReferenceError("Cannot use an XGBoost model: it was disposed of");
    return this.#pointer;
  }

  [Symbol.dispose](): void {
    if (!this.#pointer) return;
    dropped.unregister(this);
    library().symbols[this.free](this.#pointer);
    this.#pointer = undefined;
  }
}
