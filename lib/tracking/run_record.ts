import { checkInteger, checkOneOf, sha256 } from "@lib/core";
import { checkArtifactPath } from "./_artifacts.ts";
import { runKeyTag } from "./_runs.ts";
import { splitIntoBatches } from "./batches.ts";
import { checkLength, mlflowLimits } from "./mlflow_limits.ts";
import type { Metric } from "./mlflow_types.ts";

/** How a recorded run ended. */
export type RecordedStatus = "FINISHED" | "FAILED" | "KILLED";

/** One point of a series, such as the rank IC of one fold or one day. */
export interface SeriesPoint {
  /** Whole number that orders the points. */
  step: number;
  value: number;
}

/** A data set as a record names it. */
export interface RecordedDataset {
  name: string;
  /** A hash of the content, of any length: the server takes 36 characters, the whole stands in a tag beside it. */
  digest: string;
  /** A path or an address. */
  source: string;
  rows?: number;
  columns?: number;
}

/** A file on disk and its place in the run. */
export interface RecordedArtifact {
  /** The file, absolute or from the working folder. */
  path: string;
  /** Its place, file name included: `figures/equity.png`. */
  artifactPath: string;
}

/** All that is kept of one run: plain data, which can be written to disk as JSON and recorded later. */
export interface RunRecord {
  /** Names this run among all of its experiment: recording the same key again is recording once. */
  key: string;
  /** Name of the experiment, which is made where missing. */
  experiment: string;
  /** Shown in the UI. */
  name: string;
  /** Key of the run, in the same experiment, that this one belongs to. */
  parentKey?: string;
  parameters: Record<string, string | number | boolean>;
  /** The run's results, one number each. A value that is not finite is not logged but named in a tag. */
  metrics: Record<string, number>;
  /**
   * Results by fold, day or round. Points that are not finite are not logged but counted in a tag. A series with the name
   * of a metric is logged as `<name>/by_step`, or else its last point would stand for the metric.
   */
  series: Record<string, SeriesPoint[]>;
  tags: Record<string, string>;
  datasets: RecordedDataset[];
  artifacts: RecordedArtifact[];
  /** Milliseconds since 1970. */
  startTime: number;
  /** Milliseconds since 1970. */
  endTime: number;
  status: RecordedStatus;
}

/** Begins the names of the tags that stand for metrics which were not finite. */
export const notFinitePrefix = "not_finite/";

/** The tag by which a run that was recorded to its end is known. */
export const recordHashTag = "run.record_sha256";

/**
 * A copy of the record that JSON and the server can hold as it stands. What has to change for that is said, never dropped
 * silently:
 *
 * - parameters become text;
 * - a metric or point that is not finite is taken out and named in a tag `not_finite/<metric>` with its value, or for a
 *   series with the number of such points and the first steps;
 * - a series with the name of a metric is renamed `<name>/by_step`;
 * - a parameter or tag longer than the server holds keeps its beginning, and ends with its length and SHA-256.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const record = normaliseRunRecord({
 *   key: "panel/1", experiment: "panel", name: "ridge", parameters: { horizonDays: 5 }, metrics: { rank_ic: 0.02, sharpe: NaN },
 *   series: { daily_ic: [{ step: 0, value: NaN }, { step: 1, value: 0.03 }] }, tags: {}, datasets: [], artifacts: [],
 *   startTime: 0, endTime: 1_000, status: "FINISHED",
 * });
 * assert.deepEqual(record.metrics, { rank_ic: 0.02 });
 * assert.deepEqual(record.tags, {
 *   "not_finite/sharpe": "NaN",
 *   "not_finite/daily_ic": "1 of 2 points: NaN at step 0",
 * });
 * ```
 *
 * @throws {RangeError} If the server would refuse or mix up a part of it.
 */
export function normaliseRunRecord(record: RunRecord): RunRecord {
  const notFinite: Record<string, string> = {};
  const metrics: Record<string, number> = {};
  for (const [name, value] of Object.entries(record.metrics)) {
    if (Number.isFinite(value)) metrics[name] = value;
    else notFinite[notFinitePrefix + name] = String(value);
  }
  const series: Record<string, SeriesPoint[]> = {};
  for (const [given, points] of Object.entries(record.series)) {
    const name = given in record.metrics ? `${given}/by_step` : given;
    if (name in series || (name !== given && name in record.series)) {
      throw new RangeError(
        `Cannot record run ${record.key}: series ${given} must have a name of its own, ${name} is taken`,
      );
    }
    series[name] = points.filter(({ value }) => Number.isFinite(value)).map(({ step, value }) => ({ step, value }));
    if (series[name].length < points.length) notFinite[notFinitePrefix + name] = describeNotFinite(points);
  }
  const normal: RunRecord = {
    ...record,
    parameters: mapValues(record.parameters, (value) => shortened(String(value), mlflowLimits.parameterLength)),
    metrics,
    series,
    tags: mapValues({ ...record.tags, ...notFinite }, (value) => shortened(value, mlflowLimits.tagLength)),
  };
  check(`record run ${record.key}`, normal);
  return normal;
}

function mapValues<Given, Made>(record: Record<string, Given>, make: (value: Given) => Made): Record<string, Made> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, make(value)]));
}

function shortened(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const end = ` [... shortened from ${characters.length} characters, sha256 ${sha256(text)}]`;
  return characters.slice(0, most - end.length).join("") + end;
}

/**
 * The points of a record as the server takes them, all at the run's end: the time depends on the record alone, so that a
 * repetition is identical and the server drops it.
 */
export function recordedMetrics({ metrics, series, endTime: timestamp }: RunRecord): Metric[] {
  const single = Object.entries(metrics).map(([name, value]) => ({ name, value, step: 0, timestamp }));
  const points = Object.entries(series).flatMap(([name, points]) =>
    points.map(({ step, value }) => ({ name, value, step, timestamp }))
  );
  return [...single, ...points];
}

const namedSteps = 10;

function describeNotFinite(points: readonly SeriesPoint[]): string {
  const bad = points.filter(({ value }) => !Number.isFinite(value));
  const named = bad.slice(0, namedSteps).map(({ step, value }) => `${value} at step ${step}`).join(", ");
  const more = bad.length > namedSteps ? ` and ${bad.length - namedSteps} more` : "";
  return `${bad.length} of ${points.length} points: ${named}${more}`;
}

function check(action: string, record: RunRecord): void {
  checkLength(action, "key", record.key, mlflowLimits.keyLength);
  checkLength(action, "experiment", record.experiment, mlflowLimits.experimentNameLength);
  checkLength(action, "name", record.name, mlflowLimits.keyLength);
  checkOneOf(action, "status", record.status, ["FINISHED", "FAILED", "KILLED"]);
  checkInteger(action, "startTime", record.startTime, { least: 0 });
  checkInteger(action, "endTime", record.endTime, { least: record.startTime });
  if (record.parentKey === record.key) {
    throw new RangeError(`Cannot ${action}: parentKey must be another run's key, current value is its own`);
  }
  for (const name of [runKeyTag, recordHashTag, "mlflow.parentRunId"]) {
    if (name in record.tags) {
      throw new RangeError(`Cannot ${action}: tag ${name} must be left to the recorder, currently the record sets it`);
    }
  }
  for (const name of Object.keys(record.series)) {
    const steps = new Set(record.series[name].map(({ step }) => step));
    if (steps.size < record.series[name].length) {
      throw new RangeError(`Cannot ${action}: every step of series ${name} must come once, currently one comes again`);
    }
  }
  const places = new Set(record.artifacts.map(({ artifactPath }) => artifactPath));
  if (places.size < record.artifacts.length) {
    throw new RangeError(`Cannot ${action}: every artifactPath must come once, currently one comes again`);
  }
  for (const place of places) checkArtifactPath(place);
  for (const { name, digest, source } of record.datasets) {
    checkLength(action, "a data set's name", name, mlflowLimits.datasetNameLength);
    checkLength(action, `the digest of data set ${name}`, digest, mlflowLimits.inputTagLength);
    checkLength(action, `the source of data set ${name}`, source, mlflowLimits.datasetSourceLength - 100);
  }
  splitIntoBatches({ metrics: recordedMetrics(record), parameters: record.parameters, tags: record.tags });
}
