import { stableJson, writeAtomically } from "@lib/core";
import type { Manifest } from "@lib/manifest";
import { packRecorded, type RecordedFile, unpackRecorded } from "./_recorded_file.ts";
import type { ColumnSummary } from "./artifact_summary.ts";
import type { Parameter } from "./study.ts";

/** What is kept of an artifact. */
export interface RecordedArtifact {
  sha256: string;
  bytes: number;
  /** By column; empty for files without numbers. */
  columns: Record<string, ColumnSummary>;
}

/** What is kept of a step's run. */
export interface RecordedStep {
  parameters: Record<string, Parameter>;
  metrics: Record<string, number>;
  tags: Record<string, string>;
  /** Digest of the data by name. */
  datasets: Record<string, string>;
  artifacts: Record<string, RecordedArtifact>;
  /** Metrics of the run's parts, such as its models, by name; undefined where it has none. */
  parts?: Record<string, Record<string, number>>;
  /** What it was made from and by; undefined in records that were made before runs left manifests. */
  manifest?: Manifest;
}

/** The accepted result of a study, committed beside its spec. */
export interface Recorded {
  steps: Record<string, RecordedStep>;
}

/**
 * Reads what is recorded of a study; undefined where nothing is yet.
 *
 * @throws {SyntaxError} If the file is no record.
 */
export async function readRecorded(path: string): Promise<Recorded | undefined> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const file = JSON.parse(text) as RecordedFile | Recorded & { format: 1 };
  if (file.format === 1) return { steps: file.steps }; // of the time before manifests
  if (file.format === 2) return unpackRecorded(file);
  throw new SyntaxError(
    `Cannot read ${path}: format must be 1 or 2, current value is ${(file as { format?: unknown }).format}`,
  );
}

/** Writes a record, with what its steps share said once. */
export async function writeRecorded(path: string, recorded: Recorded): Promise<void> {
  await writeAtomically(path, stableJson(packRecorded(recorded)));
}

/**
 * The values that a new record would change, one line each, for a reviewer: `step metric: old -> new`. What changes in
 * every step of a study alike is said once, of `all`.
 *
 * @returns No line where nothing changes.
 */
export function recordChanges(before: Recorded | undefined, after: Recorded): string[] {
  const names = [...new Set([...Object.keys(before?.steps ?? {}), ...Object.keys(after.steps)])];
  const changes = new Map<string, string[]>();
  for (const name of names) {
    const [old, now] = [before?.steps[name], after.steps[name]].map((step) => leaves(step));
    for (const key of new Set([...old.keys(), ...now.keys()])) {
      if (old.get(key) === now.get(key)) continue;
      const change = `${key}: ${old.get(key) ?? "(not recorded)"} -> ${now.get(key) ?? "(gone)"}`;
      changes.set(change, [...changes.get(change) ?? [], name]);
    }
  }
  const where = (steps: readonly string[]) =>
    steps.length === names.length && names.length > 1 ? "all" : steps.join(", ");
  return [...changes].map(([change, steps]) => `${where(steps)} ${change}`).sort();
}

function leaves(step: RecordedStep | undefined): Map<string, string> {
  const lines = new Map<string, string>();
  if (step === undefined) return lines;
  const { parameters, metrics, tags, datasets, artifacts, parts = {}, manifest } = step;
  const add = (group: string, values: Readonly<Record<string, unknown>>, write: (value: unknown) => string = String) =>
    Object.entries(values).forEach(([name, value]) => lines.set(`${group} ${name}`, write(value)));
  const short = (hash: unknown) => String(hash).slice(0, 12);
  add("parameter", parameters);
  add("metric", metrics);
  add("tag", tags);
  add("data", datasets);
  for (const [part, measured] of Object.entries(parts)) add(`${part} metric`, measured);
  for (const [name, { sha256 }] of Object.entries(artifacts)) lines.set(`artifact ${name}`, short(sha256));
  if (manifest === undefined) return lines;
  for (const { id, source, outputs } of manifest.cells) {
    lines.set(`cell ${id}`, short(source));
    lines.set(`cell ${id} shows`, short(outputs));
  }
  for (const { name, output } of manifest.steps) lines.set(`kept step ${name}`, short(output));
  add("code", manifest.code, short);
  add("lock", manifest.locks, short);
  add("package", manifest.packages);
  add("engine", manifest.engines);
  add("machine", manifest.machine);
  add("repository", manifest.repository);
  return lines;
}
