import { isAbsolute, resolve } from "node:path";
import { writeAtomically } from "@lib/core";
import type { ParameterValue } from "./parameters.ts";

/** What an earlier run of a notebook took. */
export interface PastRun {
  seconds: number;
  /** Missing where it could not be measured. */
  memoryMb?: number;
  /** Seconds by the id of a code cell. */
  cells: Record<string, number>;
}

/** What is known of a notebook before it runs. */
export interface Expectation extends PastRun {
  /** Whether it ran with the same parameters; otherwise this is its last run with others. */
  isSame: boolean;
}

interface Entry {
  notebook: string;
  parameters: string;
  runs: PastRun[];
}

const KEPT_ENTRIES = 300;
/** Runs kept of an entry: one whose long steps came from a cache needs less memory than the next may. */
const KEPT_RUNS = 5;
/** It changes with the place of the results, not with the work. */
const PLACE = "outputFolder";

/**
 * Time and memory of earlier runs, by notebook and parameters, in a file. It is a help, never a need: what cannot be read
 * counts as nothing, and of two processes that write at once the later wins.
 */
export class RunHistory {
  #path: string | undefined;
  #entries: Entry[] = [];

  private constructor(path: string | undefined) {
    this.#path = path;
  }

  /** Reads the file. Without a path nothing is known, and what is added is forgotten at the end. */
  static async open(path: string | undefined): Promise<RunHistory> {
    const history = new RunHistory(path);
    await history.#read();
    return history;
  }

  /** The last run of the notebook with these parameters, else with others; with the most memory of its kept runs. */
  find(notebook: string, parameters: Record<string, ParameterValue>): Expectation | undefined {
    const own = this.#entries.filter((entry) => entry.notebook === keyOfPath(notebook));
    const same = own.find((entry) => entry.parameters === keyOfParameters(parameters));
    const entry = same ?? own.at(-1);
    if (entry === undefined) return undefined;
    const measured = (same ? [same] : own).flatMap(({ runs }) => runs.map(({ memoryMb }) => memoryMb ?? 0));
    const memoryMb = Math.max(...measured) || undefined;
    return { ...entry.runs.at(-1)!, memoryMb, isSame: same !== undefined };
  }

  /** Keeps a run that went through. */
  async add(notebook: string, parameters: Record<string, ParameterValue>, run: PastRun): Promise<void> {
    await this.#read(); // what another process has kept meanwhile
    const entry = { notebook: keyOfPath(notebook), parameters: keyOfParameters(parameters) };
    const isSame = (other: Entry) => other.notebook === entry.notebook && other.parameters === entry.parameters;
    const before = this.#entries.find(isSame)?.runs ?? [];
    const kept = this.#entries.filter((other) => !isSame(other));
    this.#entries = [...kept, { ...entry, runs: [...before, run].slice(-KEPT_RUNS) }].slice(-KEPT_ENTRIES);
    if (this.#path !== undefined) await writeAtomically(this.#path, JSON.stringify(this.#entries)).catch(() => {});
  }

  async #read(): Promise<void> {
    if (this.#path === undefined) return;
    try {
      const entries = JSON.parse(await Deno.readTextFile(this.#path));
      if (Array.isArray(entries) && entries.every(isEntry)) this.#entries = entries;
    } catch {
      // none yet, or damaged: the estimates say so by saying less
    }
  }
}

function keyOfPath(notebook: string): string {
  return isAbsolute(notebook) ? notebook : resolve(notebook);
}

function keyOfParameters(parameters: Record<string, ParameterValue>): string {
  const entries = Object.entries(parameters).filter(([name]) => name !== PLACE);
  return JSON.stringify(entries.sort(([a], [b]) => a < b ? -1 : 1));
}

function isEntry(value: unknown): value is Entry {
  const { notebook, parameters, runs } = (value ?? {}) as Partial<Entry>;
  return typeof notebook === "string" && typeof parameters === "string" && Array.isArray(runs) && runs.length > 0 &&
    runs.every((run) => typeof run?.seconds === "number" && typeof run.cells === "object" && run.cells !== null);
}
