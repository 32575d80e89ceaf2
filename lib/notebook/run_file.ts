import type { StepRecord } from "@lib/cache";

/** A parameter of a run: a plain value, or a list of them. */
export type ParameterValue = string | number | boolean | null | readonly (string | number | boolean)[];

/** One point of a series, for example the score of one fold. */
export interface SeriesPoint {
  /** Whole number that orders the points: a fold, a day, an iteration. */
  step: number;
  value: number;
}

/** The data that a run used. */
export interface DatasetRecord {
  name: string;
  /** Digest of its content, which a reader can compute again. */
  digest: string;
  rows: number;
  /** Where it came from, in words or as an address. */
  source: string;
}

/** What an artifact is, for whoever compares or shows it. */
export type ArtifactKind = "table" | "figure" | "frame" | "json" | "model";

/** A file that a run left. */
export interface ArtifactRecord {
  /** Relative to the run's folder, with forward slashes. */
  path: string;
  kind: ArtifactKind;
  bytes: number;
  /** SHA-256 of the content, in hexadecimal digits. */
  sha256: string;
}

/** What a run or one of its children measured. */
export interface RunMeasurements {
  parameters: Record<string, ParameterValue>;
  metrics: Record<string, number>;
  series: Record<string, SeriesPoint[]>;
  tags: Record<string, string>;
}

/** Content of `run.json`, written last: where it is, the run is whole. */
export interface RunFile extends RunMeasurements {
  format: 1;
  datasets: DatasetRecord[];
  artifacts: ArtifactRecord[];
  /** Steps that were computed, or kept from an earlier run, in order. */
  steps: StepRecord[];
  /** Parts of the run that are to be compared with one another, by name: a horizon, a model. */
  children: Record<string, RunMeasurements>;
}
