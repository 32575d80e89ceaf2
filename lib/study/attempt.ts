import { join } from "node:path";
import { sha256File, stableJson, writeAtomically } from "@lib/core";

/** A step that an attempt has finished. */
export interface FinishedStep {
  /** Hash of all that the step was made from. */
  madeFrom: string;
  startedAt: Date;
  seconds: number;
}

interface AttemptFile {
  format: 1;
  id: string;
  begunAt: string;
  steps: Record<string, { madeFrom: string; startedAt: string; seconds: number; files: Record<string, string> }>;
}

/** Files of a finished step beside its artifacts, which `run.json` lists with their hashes. */
const FILES = ["run.json", "notebook.ipynb", "notebook.html", "ro-crate-metadata.json"];

/**
 * One attempt to run a study from its first step to its last. It lasts until all steps have gone through, so that a run
 * that was cut off goes on where it was; whatever comes after is a new one, which computes everything again.
 *
 * Kept in a file beside the folders of the steps: id, time, and of each finished step what it was made from and what it
 * left.
 */
export class Attempt {
  /** Under which name the steps of notebooks are kept. */
  readonly id: string;
  readonly begunAt: Date;
  readonly #folder: string;
  readonly #steps: AttemptFile["steps"];
  #saved: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, { id, begunAt, steps }: Omit<AttemptFile, "format">) {
    this.id = id;
    this.begunAt = new Date(begunAt);
    this.#folder = folder;
    this.#steps = steps;
  }

  /**
   * The attempt that was cut off in a folder of runs, if there is one and it shall go on; else a new one.
   *
   * @param folder Of the study's runs; each step leaves its files in a folder below.
   */
  static async open(folder: string, { resume = true }: { resume?: boolean } = {}): Promise<Attempt> {
    const before = resume ? await readAttempt(folder) : undefined;
    if (before !== undefined) return new Attempt(folder, before);
    const attempt = new Attempt(folder, { id: crypto.randomUUID(), begunAt: new Date().toISOString(), steps: {} });
    await attempt.#save();
    return attempt;
  }

  /**
   * A step that was finished before, if it would be made from the same today and its files are as it left them.
   *
   * @param madeFrom Hash of all that it would be made from.
   */
  async finished(step: string, madeFrom: string): Promise<FinishedStep | undefined> {
    const known = this.#steps[step];
    if (known === undefined || known.madeFrom !== madeFrom) return undefined;
    const files = await hashesOf(join(this.#folder, step));
    if (stableJson(files) !== stableJson(known.files)) return undefined;
    return { madeFrom, startedAt: new Date(known.startedAt), seconds: known.seconds };
  }

  /** Notes that a step is finished, with all its files in place. */
  async note(step: string, { madeFrom, startedAt, seconds }: FinishedStep): Promise<void> {
    const files = await hashesOf(join(this.#folder, step));
    this.#steps[step] = { madeFrom, startedAt: startedAt.toISOString(), seconds, files };
    await this.#save();
  }

  /** Ends the attempt: the next one is new. */
  async end(): Promise<void> {
    await this.#saved;
    await Deno.remove(fileIn(this.#folder)).catch(ignoreMissing);
  }

  /** One after the other, so that the last word stays. */
  #save(): Promise<unknown> {
    const file: AttemptFile = { format: 1, id: this.id, begunAt: this.begunAt.toISOString(), steps: this.#steps };
    const text = stableJson(file);
    return this.#saved = this.#saved.then(() => writeAtomically(fileIn(this.#folder), text));
  }
}

function fileIn(folder: string): string {
  return join(folder, "attempt.json");
}

/** What is no attempt, such as a file of an older kind, is as good as none. */
async function readAttempt(folder: string): Promise<AttemptFile | undefined> {
  try {
    const file = JSON.parse(await Deno.readTextFile(fileIn(folder)));
    return file?.format === 1 ? file : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function hashesOf(folder: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const file of FILES) {
    const hash = await sha256File(join(folder, file)).catch(ignoreMissing);
    if (hash !== undefined) hashes[file] = hash;
  }
  return hashes;
}

function ignoreMissing(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
