import { join } from "node:path";
import { readManifest } from "@lib/manifest";
import type { RunFile } from "@lib/notebook";
import { readNumbers, summarise } from "./artifact_summary.ts";
import type { RecordedArtifact, RecordedStep } from "./record.ts";
import type { Parameter } from "./study.ts";

/**
 * What a run left, in the form in which it is recorded and compared.
 *
 * @param folder Where the run's files are.
 */
export async function recordedStep(run: RunFile, folder: string): Promise<RecordedStep> {
  const artifacts: Record<string, RecordedArtifact> = {};
  for (const { path, bytes, sha256 } of run.artifacts) {
    artifacts[path] = { bytes, sha256, columns: summarise(await readNumbers(join(folder, path))) };
  }
  const manifest = await readManifest(folder);
  const parts = Object.entries(run.children).map(([name, { metrics }]) => [name, metrics] as const);
  return {
    parameters: run.parameters as Record<string, Parameter>,
    metrics: run.metrics,
    tags: run.tags,
    datasets: Object.fromEntries(run.datasets.map(({ name, digest }) => [name, digest])),
    artifacts,
    ...(parts.length > 0 && { parts: Object.fromEntries(parts) }),
    ...(manifest === undefined ? {} : { manifest }),
  };
}
