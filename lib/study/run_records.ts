import { join } from "node:path";
import { sha256, stableJson } from "@lib/core";
import type { RecordedDataset, RunRecord } from "@lib/tracking";
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
 * The UI shows the question and the verdicts as descriptions, the spec or notebook as source.
 */
export function runRecords(
  steps: readonly StepRun[],
  { root, provenance, experiment = steps[0].study.name }: RunRecordsOptions,
): RunRecord[] {
  const { study } = steps[0];
  const startTime = Math.min(...steps.map(({ startedAt }) => startedAt.getTime()));
  const started = new Date(startTime).toISOString().slice(0, 19).replace("T", " ");
  const key = sha256(stableJson([study.name, startTime, provenance])).slice(0, 16);
  const endOf = ({ startedAt, seconds }: StepRun) => Math.round(startedAt.getTime() + seconds * 1000);
  const common = { experiment, datasets: [], artifacts: [], series: {}, metrics: {}, parameters: {} };
  const datasets = steps.flatMap(({ run }) => run?.datasets ?? []).filter((own, place, all) =>
    all.findIndex(({ digest }) => digest === own.digest) === place
  );
  const parent: RunRecord = {
    ...common,
    key,
    name: started, // the experiment has the study's name, and the UI's column holds no more
    metrics: Object.fromEntries(
      steps.flatMap(({ step, run }) =>
        Object.entries(run?.metrics ?? {})
          .filter(([name]) => name.startsWith(study.steps[step].headline))
          .map(([name, value]) => [`${step}/${name}`, value])
      ),
    ),
    tags: {
      ...provenance,
      ...dataTags(datasets),
      ...sharedTags(steps),
      title: study.title,
      question: study.question,
      universe: study.universe,
      "mlflow.source.name": `experiments/${study.name}/study.yaml`,
      "mlflow.note.content": [`**${study.title}**`, study.question, verdicts(steps)].join("\n\n"),
    },
    datasets,
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
      tags: {
        ...provenance,
        ...dataTags(run?.datasets ?? []),
        ...run?.tags,
        ...(failure === undefined ? {} : { failure }),
        "mlflow.source.name": `notebooks/${study.steps[step].notebook}.ipynb`,
        "mlflow.note.content": verdicts([stepRun]),
      },
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
      tags: {
        ...provenance,
        ...dataTags(own.datasets),
        ...sharedTags([stepRun]),
        ...measured.tags,
        "mlflow.source.name": own.tags["mlflow.source.name"],
      },
      datasets: own.datasets,
      status: own.status,
    }));
    return [own, ...parts];
  });
  return [parent, ...children];
}

function dataTags(datasets: readonly RecordedDataset[]): Record<string, string> {
  return Object.fromEntries(datasets.map(({ name, digest }) => [`data.${name}_sha256`, digest]));
}

/** Engine and seed, as far as the steps tell them: each value once. */
function sharedTags(steps: readonly StepRun[]): Record<string, string> {
  return Object.fromEntries(["engine", "seed"].flatMap((tag) => {
    const values = steps.flatMap(({ run }) => run?.tags[tag] ?? []);
    return values.length === 0 ? [] : [[tag, [...new Set(values)].join("; ")]];
  }));
}

/** One line of Markdown a step: its verdict with its reasons, or why there is none. */
function verdicts(steps: readonly StepRun[]): string {
  return steps.map(({ step, run, status, failure }) => {
    const verdict = run?.tags.verdict;
    const reasons = run?.tags.reasons === undefined ? "" : `: ${run.tags.reasons}`;
    return verdict === undefined ? `- ${step}: ${failure ?? status}` : `- ${step}: **${verdict}**${reasons}`;
  }).join("\n");
}

/** Parameters as settings: where the files go is none. */
function scalars(parameters: Record<string, unknown>): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(parameters).filter(([name]) => name !== "outputFolder").map(([name, value]) => [
      name,
      typeof value === "number" || typeof value === "boolean" ? value : String(value),
    ]),
  );
}
