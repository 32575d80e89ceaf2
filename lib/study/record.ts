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
}

/** The accepted result of a study, committed beside its spec. */
export interface Recorded {
  format: 1;
  /** Where the numbers come from: commit, locks, engine versions, day. */
  provenance: Record<string, string>;
  steps: Record<string, RecordedStep>;
}

/** Reads what is recorded of a study; undefined where nothing is yet. */
export async function readRecorded(path: string): Promise<Recorded | undefined> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const recorded = JSON.parse(text) as Recorded;
  if (recorded.format !== 1) {
    throw new SyntaxError(`Cannot read ${path}: format must be 1, current value is ${recorded.format}`);
  }
  return recorded;
}

/**
 * The values that a new record would change, one line each, for a reviewer: `step metric: old -> new`.
 *
 * @returns No line where nothing changes.
 */
export function recordChanges(before: Recorded | undefined, after: Recorded): string[] {
  const [old, now] = [before === undefined ? new Map() : leaves(before), leaves(after)];
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
  return keys.filter((key) => old.get(key) !== now.get(key)).map((key) =>
    `${key}: ${old.get(key) ?? "(not recorded)"} -> ${now.get(key) ?? "(gone)"}`
  );
}

function leaves({ steps }: Recorded): Map<string, string> {
  const lines = new Map<string, string>();
  for (const [step, { parameters, metrics, tags, datasets, artifacts }] of Object.entries(steps)) {
    const groups = { parameter: parameters, metric: metrics, tag: tags, data: datasets };
    for (const [group, values] of Object.entries(groups)) {
      for (const [name, value] of Object.entries(values)) lines.set(`${step} ${group} ${name}`, String(value));
    }
    for (const [name, { sha256 }] of Object.entries(artifacts)) {
      lines.set(`${step} artifact ${name}`, sha256.slice(0, 12));
    }
  }
  return lines;
}
