import type { CodeGraph } from "@lib/code";
import { readSources, sourceChanges, type Sources } from "@lib/manifest";
import type { Recorded, RecordedStep } from "./record.ts";

/** A recorded step that was made by something else than what is there now. */
export interface StaleResult {
  step: string;
  /** What has moved on since: paths of files, cells, packages, locks, files of steps before it. */
  changed: string[];
}

/**
 * The steps of a record whose code, cells, packages, locks or raw data have moved on since they were made: their results
 * are not known to be those of what is there now.
 *
 * A change of the spec's parameters is found by `staleParameters`.
 *
 * @param graph Of the project as it is now.
 * @returns One entry a step that is stale, in the order of the record. A step that was recorded without a manifest is
 * stale: nobody can say what made it.
 */
export async function staleResults({ steps }: Recorded, graph: CodeGraph): Promise<StaleResult[]> {
  const read = new Map<string, Promise<Sources>>();
  const sourcesOf = (notebook: string) => {
    if (!read.has(notebook)) read.set(notebook, readSources(notebook, graph));
    return read.get(notebook)!;
  };
  const stale: StaleResult[] = [];
  for (const [step, { manifest }] of Object.entries(steps)) {
    const changed = manifest === undefined
      ? ["no manifest says what made it"]
      : [...await changesBehind(manifest.notebook, manifest, sourcesOf), ...movedUpstream(manifest.upstream, steps)];
    if (changed.length > 0) stale.push({ step, changed });
  }
  return stale;
}

async function changesBehind(
  notebook: string,
  manifest: NonNullable<RecordedStep["manifest"]>,
  sourcesOf: (notebook: string) => Promise<Sources>,
): Promise<string[]> {
  try {
    return sourceChanges(manifest, await sourcesOf(notebook));
  } catch (error) {
    const isMissing = [error, (error as Error).cause].some((each) => each instanceof Deno.errors.NotFound);
    if (isMissing) return [notebook];
    throw error;
  }
}

/** The files of steps before it that are recorded otherwise than they were read. */
export function movedUpstream(
  upstream: Readonly<Record<string, string>>,
  steps: Readonly<Record<string, RecordedStep>>,
): string[] {
  return Object.entries(upstream).filter(([path, sha256]) => {
    const [step, ...file] = path.split("/");
    return steps[step]?.artifacts[file.join("/")]?.sha256 !== sha256;
  }).map(([path]) => path);
}
