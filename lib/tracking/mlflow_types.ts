/** Where a run stands. A run whose process was killed stays RUNNING until someone finishes it. */
export type RunStatus = "RUNNING" | "SCHEDULED" | "FINISHED" | "FAILED" | "KILLED";

/** One point of a metric. */
export interface Metric {
  name: string;
  /** A finite number: the server would turn Infinity into 1.8e308. */
  value: number;
  /** Whole number that orders the points: a fold, a day, a round. Default 0. */
  step?: number;
  /** Milliseconds since 1970. Points that agree in all four fields are one. Default: the time of the call. */
  timestamp?: number;
}

/** A point as the server gives it back. */
export type LoggedMetric = Required<Metric>;

/** Parameters, tags and metrics of one run, to be logged together. */
export interface LogBatch {
  metrics?: readonly Metric[];
  /** Written once: a second value for the same name is refused by the server. */
  parameters?: Readonly<Record<string, string | number | boolean>>;
  /** A later value replaces an earlier one. */
  tags?: Readonly<Record<string, string>>;
}

/** A data set that a run has read. */
export interface DatasetInput {
  name: string;
  /** At most 36 characters: name and digest together are its identity. */
  digest: string;
  /** Where it came from: a path or an address. */
  source: string;
  rows?: number;
  columns?: number;
  /** What it was used for, such as `training`. */
  context?: string;
  /** Further notes on this use; values of at most 500 characters. */
  tags?: Readonly<Record<string, string>>;
}

/** A folder of runs. */
export interface Experiment {
  experimentId: string;
  name: string;
  artifactLocation: string;
  lifecycleStage: "active" | "deleted";
  tags: Record<string, string>;
}

/** A run as the server knows it; of each metric the point with the highest step. */
export interface Run {
  runId: string;
  experimentId: string;
  name: string;
  status: RunStatus;
  /** Milliseconds since 1970. */
  startTime: number;
  /** Milliseconds since 1970; absent while the run goes on. */
  endTime?: number;
  artifactUri: string;
  lifecycleStage: "active" | "deleted";
  parameters: Record<string, string>;
  metrics: Record<string, number>;
  tags: Record<string, string>;
  datasets: DatasetInput[];
}

/** A file or a folder among a run's artifacts. */
export interface Artifact {
  /** From the root of the run's artifacts, with `/` between the parts. */
  path: string;
  isFolder: boolean;
  /** Absent for a folder. */
  bytes?: number;
}
