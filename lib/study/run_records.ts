import { join } from "node:path";
import { sha256, stableJson } from "@lib/core";
import type { RunRecord } from "@lib/tracking";
import type { StepRun } from "./run_studies.ts";

/** Options of {@linkcode runRecords}. */
export interface RunRecordsOptions {
  /** Root of the repository. */
  root: string;
  /** Tags for every run: commit, locks, machine. */
  provenance: Record<string, string>;
  /** Experiment in MLflow that they belong to. Default: the name of the study. */
  experiment?: string;
}

/**
 * What MLflow keeps of a study: a parent run with the headlines of all steps, and a child for each step with its
 * parameters, metrics, series, data and files. A part that a step compares (a model, a horizon) is a child of the step.
 */
export function runRecords(
  steps: readonly StepRun[],
  { root, provenance, experiment = steps[0].study.name }: RunRecordsOptions,
): RunRecord[] {
  const { study } = steps[0];
  const startTime = Math.min(...steps.map(({ startedAt }) => startedAt.getTime()));
  const started = new Date(startTime).toISOString().slice(0, 19);
  const key = sha256(stableJson([study.name, startTime, provenance])).slice(0, 16);
  const endOf = ({ startedAt, seconds }: StepRun) => Math.round(startedAt.getTime() + seconds * 1000);
  const common = { experiment, datasets: [], artifacts: [], series: {}, metrics: {}, parameters: {} };
  const parent: RunRecord = {
    ...common,
    key,
    name: `${study.name} ${started}`,
    metrics: Object.fromEntries(
      steps.flatMap(({ step, run }) =>
        Object.entries(run?.metrics ?? {})
          .filter(([name]) => name.startsWith(study.steps[step].headline))
          .map(([name, value]) => [`${step}/${name}`, value])
      ),
    ),
    tags: { ...provenance, title: study.title, question: study.question, universe: study.universe },
    startTime,
    endTime: Math.max(...steps.map(endOf)),
    status: steps.every(({ status }) => status === "ok") ? "FINISHED" : "FAILED",
  };
  const children = steps.filter(({ status }) => status !== "skipped").flatMap((stepRun): RunRecord[] => {
    const { step, run, folder, status, failure } = stepRun;
    const files = ["notebook.ipynb", "notebook.html", ...(run?.artifacts.map(({ path }) => path) ?? [])];
    const times = { startTime: stepRun.startedAt.getTime(), endTime: endOf(stepRun) };
    const own: RunRecord = {
      ...common,
      ...times,
      key: `${key}/${step}`,
      parentKey: key,
      name: step,
      parameters: scalars(run?.parameters ?? study.steps[step].parameters),
      metrics: run?.metrics ?? {},
      series: run?.series ?? {},
      tags: { ...provenance, ...run?.tags, ...(failure === undefined ? {} : { failure }) },
      datasets: run?.datasets ?? [],
      artifacts: files.map((path) => ({ path: join(root, folder, path), artifactPath: path })),
      status: status === "ok" ? "FINISHED" : "FAILED",
    };
    const parts = Object.entries(run?.children ?? {}).map(([part, measured]): RunRecord => ({
      ...common,
      ...times,
      key: `${key}/${step}/${part}`,
      parentKey: own.key,
      name: `${step} ${part}`,
      parameters: { ...own.parameters, ...scalars(measured.parameters) },
      metrics: measured.metrics,
      series: measured.series,
      tags: { ...provenance, ...measured.tags },
      datasets: own.datasets,
      status: own.status,
    }));
    return [own, ...parts];
  });
  return [parent, ...children];
}

function scalars(parameters: Record<string, unknown>): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === "number" || typeof value === "boolean" ? value : String(value),
    ]),
  );
}
