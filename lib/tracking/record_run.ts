import { sha256, sha256File, stableJson } from "@lib/core";
import type { MlflowClient } from "./mlflow_client.ts";
import { MlflowError } from "./mlflow_error.ts";
import { mlflowLimits } from "./mlflow_limits.ts";
import type { DatasetInput } from "./mlflow_types.ts";
import {
  normaliseRunRecord,
  type RecordedDataset,
  recordedMetrics,
  recordHashTag,
  type RunRecord,
} from "./run_record.ts";

/** Where a record went. */
export interface RecordedRun {
  runId: string;
  experimentId: string;
  /** Where the UI shows it. */
  url: string;
  /** False where the server already had all of it. */
  isNew: boolean;
}

/**
 * Sends a record to the server. Its key makes it repeatable: a record that got there in part is completed, and one that
 * is there whole (same content, artifacts included, by hash) is left as it is.
 *
 * The run is marked as whole, and closed with the record's status, after everything else: one that shows as RUNNING was
 * cut off and waits to be recorded again.
 *
 * @throws {MlflowError} If the server refuses it or cannot be reached; `mayPass` tells which. A record that carries the
 * key of an earlier one with other parameters is refused: parameters are written once.
 * Refused too where its parent is not on the server (`PARENT_NOT_RECORDED`).
 * @throws {RangeError | TypeError} If the record is malformed.
 * @throws {Deno.errors.NotFound} If the file of an artifact is missing; nothing is sent then.
 */
export async function recordRun(client: MlflowClient, record: RunRecord): Promise<RecordedRun> {
  const normal = normaliseRunRecord(record);
  const hash = await hashOf(normal);
  const experimentId = await client.getOrCreateExperiment(normal.experiment);
  const run = await client.createRun(experimentId, {
    name: normal.name,
    key: normal.key,
    parentRunId: await parentRunId(client, experimentId, normal),
    startTime: normal.startTime,
  });
  const recorded = { runId: run.runId, experimentId, url: client.runUrl(run) };
  if (run.tags[recordHashTag] === hash && run.status === normal.status) return { ...recorded, isNew: false };

  await client.logBatch(run.runId, {
    parameters: normal.parameters,
    tags: normal.tags,
    metrics: recordedMetrics(normal),
  });
  await client.logInputs(run.runId, normal.datasets.map(toInput));
  for (const { path, artifactPath } of normal.artifacts) await client.uploadArtifact(run.runId, path, artifactPath);
  await client.setTags(run.runId, { [recordHashTag]: hash });
  await client.finishRun(run.runId, { status: normal.status, endTime: normal.endTime });
  return { ...recorded, isNew: true };
}

async function parentRunId(
  client: MlflowClient,
  experimentId: string,
  { key, parentKey }: RunRecord,
): Promise<string | undefined> {
  if (parentKey === undefined) return undefined;
  const parent = await client.findRunByKey(experimentId, parentKey);
  if (parent) return parent.runId;
  throw new MlflowError(
    `Cannot record run ${key}: its parent ${parentKey} must be recorded first, currently it is not on the server`,
    { status: 404, code: "PARENT_NOT_RECORDED" },
  );
}

/** Of the content alone: where the files lie on this disk does not matter. */
async function hashOf(record: RunRecord): Promise<string> {
  const artifacts: { artifactPath: string; sha256: string }[] = [];
  for (const { path, artifactPath } of record.artifacts) {
    artifacts.push({ artifactPath, sha256: await sha256File(path) });
  }
  return sha256(stableJson({ ...record, artifacts }));
}

/** The server takes 36 characters of a digest; the whole one goes into a tag. */
function toInput({ digest, ...dataset }: RecordedDataset): DatasetInput {
  if (digest.length <= mlflowLimits.datasetDigestLength) return { ...dataset, digest };
  return { ...dataset, digest: digest.slice(0, mlflowLimits.datasetDigestLength), tags: { digest } };
}
