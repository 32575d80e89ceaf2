import { join } from "node:path";
import { statSync } from "node:fs";
import { CodeGraph } from "@lib/code";
import { sha256, sha256File, stableJson } from "@lib/core";
import { functionCode } from "./_function_code.ts";
import { decodeValue } from "./decode_value.ts";
import { contentHash, encodeValue } from "./encode_value.ts";
import type { StepRecord } from "./step_record.ts";
import type { StepStore } from "./step_store.ts";

/** Options of {@linkcode StepCache}. */
export interface StepCacheOptions {
  /** Root of the project whose code steps use. */
  root: string;
  /** Files, from the root, that say which packages there are. Those that do not exist count for nothing. Default: none. */
  lockFiles?: readonly string[];
  /** Use only what this attempt has computed. Default: whatever is kept. */
  attempt?: string;
  /** Called with a sentence when something is not as it should be. Default `console.warn`. */
  onNotice?: (sentence: string) => void;
  /** Milliseconds since 1970 by which the code of the project was read into this process. Default: when it began. */
  codeReadAt?: number;
  /** Milliseconds of a clock, for the records only. Default `performance.now`. */
  clock?: () => number;
}

/** What a step gave, and what a run notes of it. */
export interface Remembered<Value> {
  value: Value;
  record: StepRecord;
}

/** Values by the name under which a step gets them. */
export type StepInputs = Readonly<Record<string, unknown>>;

/**
 * Steps that are computed once: what one gives is kept under a key made of its name, the text of its code, the files of
 * the project behind it, the content of its inputs, the locks of packages and the version of Deno.
 *
 * A step gives what was kept also when it was just computed, so that nothing can tell one from the other later on. An
 * entry that is damaged is said to be so and computed again; so is a step that gave something else from the same key.
 */
export class StepCache {
  readonly #store: StepStore;
  readonly #graph: CodeGraph;
  readonly #lockFiles: readonly string[];
  readonly #attempt: string | undefined;
  readonly #onNotice: (sentence: string) => void;
  readonly #codeReadAt: number;
  readonly #clock: () => number;
  #locks: Promise<Record<string, string>> | undefined;

  constructor(store: StepStore, options: StepCacheOptions) {
    this.#store = store;
    this.#graph = new CodeGraph(options.root);
    this.#lockFiles = options.lockFiles ?? [];
    this.#attempt = options.attempt;
    this.#onNotice = options.onNotice ?? console.warn;
    this.#codeReadAt = options.codeReadAt ?? performance.timeOrigin;
    this.#clock = options.clock ?? (() => performance.now());
  }

  /**
   * Gives what a step gave before from the same code and inputs, or computes and keeps it.
   *
   * @example
   * ```ts
   * import assert from "node:assert/strict";
   * import { StepStore } from "@lib/cache";
   * import { repositoryPath } from "@lib/core";
   * const folder = await Deno.makeTempDir();
   * const cache = new StepCache(new StepStore(folder), { root: repositoryPath() });
   * const sum = () => cache.remember("sum", { values: [1, 2] }, ({ values }) => values[0] + values[1]);
   * const [first, second] = [await sum(), await sum()];
   * assert.deepEqual([first.value, first.record.outcome], [3, "computed"]);
   * assert.deepEqual([second.value, second.record.outcome], [3, "kept"]);
   * await Deno.remove(folder, { recursive: true });
   * ```
   *
   * @param inputs Data, or functions that use only names of inputs, exports of the project and the language.
   * @param compute Uses nothing else either, and changes no input. What it gives must be data; see `encodeValue`.
   * @throws {TypeError} If `compute` or an input uses anything else, or something cannot be kept exactly.
   */
  async remember<Inputs extends StepInputs, Value>(
    name: string,
    inputs: Inputs,
    compute: (inputs: Inputs) => Value,
  ): Promise<Remembered<Awaited<Value>>> {
    const began = this.#clock();
    return await this.#remember(name, inputs, this.#hashes(name, inputs), compute, () => compute(inputs), began);
  }

  /**
   * A step for each of several items, named `<name>/<name of the item>`; what they share is looked at once.
   *
   * Work that is cut off in the seventh item keeps six.
   *
   * @param items Data of their own, each with a name.
   * @param onStep Called with the record of each step as it ends.
   * @returns What `compute` gave for each item.
   * @throws {RangeError} If an input is called `item`, which is the name of the item among the inputs of the record.
   * @throws {TypeError} As {@linkcode remember}.
   */
  async rememberEach<Item extends { readonly name: string }, Inputs extends StepInputs, Value>(
    name: string,
    items: readonly Item[],
    inputs: Inputs,
    compute: (item: Item, inputs: Inputs) => Value,
    onStep: (record: StepRecord) => void = () => {},
  ): Promise<Awaited<Value>[]> {
    const values: Awaited<Value>[] = [];
    if ("item" in inputs) {
      throw new RangeError(
        `Cannot keep the steps ${name}: no input must be called item, current one is ${inputs.item}`,
      );
    }
    let began = this.#clock();
    const shared = this.#hashes(name, inputs);
    for (const item of items) {
      const hashes = { ...shared, hashes: { item: contentHash(item, { name: "item" }), ...shared.hashes } };
      const own = () => compute(item, inputs);
      const { value, record } = await this.#remember(`${name}/${item.name}`, inputs, hashes, compute, own, began);
      values.push(value);
      onStep(record);
      began = this.#clock();
    }
    return values;
  }

  #hashes(name: string, inputs: StepInputs): InputHashes {
    const names = new Set(Object.keys(inputs));
    const used = new Set<string>();
    const describeFunction = (value: (...parameters: never[]) => unknown, path: string) => {
      const code = functionCode(value, { what: `the step ${name} (${path})`, inputs: names, graph: this.#graph });
      code.names.forEach((each) => used.add(each));
      return JSON.stringify([code.source, this.#blobs(this.#graph.behindNames(code.names).files)]);
    };
    const hashes = Object.fromEntries(
      Object.entries(inputs).map(([input, value]) => [input, contentHash(value, { name: input, describeFunction })]),
    );
    return { hashes, used };
  }

  async #remember<Value>(
    name: string,
    inputs: StepInputs,
    { hashes, used }: InputHashes,
    // deno-lint-ignore no-explicit-any -- only its text is of interest
    code: (...parameters: any[]) => unknown,
    compute: () => Value,
    began: number,
  ): Promise<Remembered<Awaited<Value>>> {
    const own = functionCode(code, {
      what: `the step ${name}`,
      inputs: new Set(Object.keys(inputs)),
      graph: this.#graph,
    });
    const { files } = this.#graph.behindNames([...used, ...own.names]);
    const locks = await (this.#locks ??= this.#readLocks());
    const blobs = this.#blobs(files);
    const key = sha256(
      stableJson({ format: 1, name, source: own.source, code: blobs, inputs: hashes, locks, deno: Deno.version.deno }),
    );
    const done = (value: unknown, output: string, outcome: StepRecord["outcome"]) => {
      const seconds = (this.#clock() - began) / 1000;
      return {
        value: value as Awaited<Value>,
        record: { name, key, output, inputs: hashes, code: files, outcome, seconds },
      };
    };
    const changed = files.find((file) => statSync(join(this.#graph.root, file)).mtimeMs > this.#codeReadAt);
    if (changed === undefined) {
      const kept = await this.#kept(key, name);
      if (kept !== undefined) return done(kept.value, kept.output, "kept");
    }
    const encoded = encodeValue(await compute(), { name });
    const value = decodeValue(encoded.tree, [...encoded.blobs.values()]);
    if (changed === undefined) await this.#keep(key, name, encoded);
    else {
      this.#onNotice(
        `The step ${name} is not kept: ${changed} was changed after this process began, which may still run the older ` +
          "code. Restart the kernel",
      );
    }
    return done(value, encoded.hash, "computed");
  }

  async #kept(key: string, name: string): Promise<{ value: unknown; output: string } | undefined> {
    const noted = this.#attempt && await this.#store.noted(this.#attempt, key).catch(() => undefined);
    if (this.#attempt && noted === undefined) return undefined;
    const kept = await this.#store.read(key, name).catch((error: Error) => ({ damage: error.message }));
    if (kept === undefined) return undefined;
    if ("damage" in kept) {
      this.#onNotice(`What was kept of the step ${name} cannot be used, it is computed again: ${kept.damage}`);
      return undefined;
    }
    return !this.#attempt || noted === kept.output ? kept : undefined;
  }

  async #keep(key: string, name: string, encoded: ReturnType<typeof encodeValue>): Promise<void> {
    try {
      const before = await this.#store.outputOf(key);
      const earlier = before === undefined || before === encoded.hash ? undefined : await this.#store.read(key, name);
      if (earlier !== undefined && "output" in earlier) {
        this.#onNotice(
          `The step ${name} is not deterministic: the same code and inputs gave ${
            earlier.output.slice(0, 12)
          } before ` +
            `and ${encoded.hash.slice(0, 12)} now`,
        );
      }
      if (!await this.#store.write(key, name, encoded)) {
        this.#onNotice(`The step ${name} is not kept: it is larger than the whole store may be`);
      } else if (this.#attempt) await this.#store.note(this.#attempt, key, encoded.hash);
    } catch (error) { // what was computed is worth more than the file
      this.#onNotice(`The step ${name} is not kept: ${(error as Error).message}`);
    }
  }

  #blobs(files: readonly string[]): Record<string, string> {
    return Object.fromEntries(files.map((file) => [file, this.#graph.blob(file)]));
  }

  async #readLocks(): Promise<Record<string, string>> {
    const locks: Record<string, string> = {};
    for (const file of this.#lockFiles) {
      const hash = await sha256File(join(this.#graph.root, file)).catch((error) => {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      });
      if (hash !== undefined) locks[file] = hash;
    }
    return locks;
  }
}

/** What a step gets: the hash of each input, and the exports of the project that functions among them use. */
interface InputHashes {
  hashes: Record<string, string>;
  used: Set<string>;
}
