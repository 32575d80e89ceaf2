import { join } from "node:path";
import { writeAtomically } from "@lib/core";
import type { RunFile } from "@lib/notebook";
import { readArtifactTable } from "./artifact_table.ts";
import { type Fingerprint, fingerprint } from "./fingerprint.ts";

/** Name of the file beside `recorded.json` that holds the fingerprints of the recorded artifacts. */
export const FINGERPRINT_FILE = "fingerprints.json";

/** Fingerprints of artifacts: by step, then by the artifact's path. */
export type Fingerprints = Record<string, Record<string, Fingerprint>>;

/** The fingerprints of what a run left, for those of its artifacts that hold cells. */
export async function runFingerprints({ artifacts }: RunFile, folder: string): Promise<Record<string, Fingerprint>> {
  const prints: Record<string, Fingerprint> = {};
  for (const { path, sha256 } of artifacts) {
    const table = await readArtifactTable(join(folder, path));
    if (table !== undefined) prints[path] = fingerprint(table, sha256);
  }
  return prints;
}

/** Writes fingerprints with one line a column, so that a change of the file shows which columns moved. */
export async function writeFingerprints(path: string, steps: Fingerprints): Promise<void> {
  const nested = (value: object, depth: number): string => {
    const entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
    const lines = entries.map(([key, child]) =>
      `${JSON.stringify(key)}:${
        depth > 0 && typeof child === "object" ? nested(child, depth - 1) : JSON.stringify(child)
      }`
    );
    return `{\n${lines.join(",\n")}\n}`;
  };
  // below the top: steps, artifacts, the fields of a fingerprint, columns
  await writeAtomically(path, `${nested({ format: 1, steps }, 4)}\n`);
}

/**
 * Reads what {@linkcode writeFingerprints} wrote; nothing where there is no file.
 *
 * @throws {SyntaxError} If it is no JSON, or of another format.
 */
export async function readFingerprints(path: string): Promise<Fingerprints> {
  const text = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
  if (text === undefined) return {};
  const { format, steps } = parsed(text, path);
  if (format !== 1) throw new SyntaxError(`Cannot read ${path}: format must be 1, current value is ${format}`);
  return steps;
}

function parsed(text: string, path: string): { format?: number; steps: Fingerprints } {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`Cannot read ${path}: it must be JSON, ${(error as Error).message}`, { cause: error });
  }
}
