import { datasetFromWire, type WireDatasetInput } from "./_datasets.ts";
import type { Run, RunStatus } from "./mlflow_types.ts";

/** A run as the server spells it. */
export interface WireRun {
  info: {
    run_id: string;
    experiment_id: string;
    run_name?: string;
    status: RunStatus;
    start_time: number;
    end_time?: number;
    artifact_uri: string;
    lifecycle_stage: "active" | "deleted";
  };
  data: {
    params?: { key: string; value: string }[];
    metrics?: { key: string; value: number | string }[];
    tags?: { key: string; value: string }[];
  };
  inputs?: { dataset_inputs?: WireDatasetInput[] };
}

export function runFromWire({ info, data, inputs }: WireRun): Run {
  return {
    runId: info.run_id,
    experimentId: info.experiment_id,
    name: info.run_name ?? "",
    status: info.status,
    startTime: info.start_time,
    ...(info.end_time ? { endTime: info.end_time } : {}),
    artifactUri: info.artifact_uri,
    lifecycleStage: info.lifecycle_stage,
    parameters: Object.fromEntries((data.params ?? []).map(({ key, value }) => [key, value])),
    metrics: Object.fromEntries((data.metrics ?? []).map(({ key, value }) => [key, Number(value)])),
    tags: Object.fromEntries((data.tags ?? []).map(({ key, value }) => [key, value])),
    datasets: (inputs?.dataset_inputs ?? []).map(datasetFromWire),
  };
}
