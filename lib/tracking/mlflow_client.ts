import { downloadArtifact, listArtifacts, uploadArtifact, uploadArtifacts } from "./_artifacts.ts";
import { logInputs } from "./_datasets.ts";
import { createExperiment, experimentByName, getOrCreateExperiment, searchExperiments } from "./_experiments.ts";
import { createRun, type CreateRunOptions, findRunByKey, getRun, updateRun } from "./_runs.ts";
import { searchRuns, type SearchRunsOptions } from "./_search.ts";
import { Transport, type TransportOptions } from "./_transport.ts";
import { splitIntoBatches, type SplitIntoBatchesOptions } from "./batches.ts";
import type {
  Artifact,
  DatasetInput,
  Experiment,
  LogBatch,
  LoggedMetric,
  Metric,
  Run,
  RunStatus,
} from "./mlflow_types.ts";

export type { CreateRunOptions, SearchRunsOptions };

/** Options of {@linkcode MlflowClient}. */
export type MlflowClientOptions = TransportOptions;

const pointsPerPage = 25_000;

/**
 * A client of an MLflow tracking server (REST API 2.0; tried against MLflow 3.17) for experiments, runs, metrics,
 * data sets and artifacts.
 *
 * Calls whose repetition changes nothing are repeated with growing pauses when the connection drops or the server says
 * that it is busy or broken (408, 429, 500, 502, 503, 504). Creation is made repeatable by looking first. What the
 * server would silently cut or change is refused before it is sent.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const answers = [new Response("busy", { status: 503 }), Response.json({ experiment: { experiment_id: "7", name: "panel" } })];
 * const client = new MlflowClient("http://127.0.0.1:5000", {
 *   fetch: () => Promise.resolve(answers.shift()!), // a server that is busy at first
 *   backoffMs: 1,
 * });
 * assert.equal((await client.getExperimentByName("panel"))?.experimentId, "7");
 * ```
 */
export class MlflowClient {
  readonly #transport: Transport;
  /** By run; a run's address of artifacts never changes. */
  readonly #artifactUris = new Map<string, string>();

  /** @throws {SyntaxError} If `trackingUri` is no http or https address. */
  constructor(trackingUri: string, options: MlflowClientOptions = {}) {
    this.#transport = new Transport(trackingUri, options);
  }

  /** The server's address, without a slash at the end. */
  get trackingUri(): string {
    return this.#transport.trackingUri;
  }

  /** The experiment of this name, deleted ones included; undefined where there is none. */
  getExperimentByName(name: string): Promise<Experiment | undefined> {
    return experimentByName(this.#transport, name);
  }

  /** All experiments that are not deleted, oldest first: the server's own `Default` among them. */
  searchExperiments(): Promise<Experiment[]> {
    return searchExperiments(this.#transport);
  }

  /**
   * Makes an experiment that the UI shows as one of training runs (`mlflow.experimentKind`).
   *
   * @returns Its id.
   * @throws {MlflowError} `RESOURCE_ALREADY_EXISTS` if the name is taken.
   */
  createExperiment(name: string, { tags }: { tags?: Readonly<Record<string, string>> } = {}): Promise<string> {
    return createExperiment(this.#transport, name, tags);
  }

  /**
   * The id of the experiment of this name, which is made where there is none, and restored where it was deleted (its
   * name would be taken otherwise). `tags` are given to a new experiment only.
   */
  getOrCreateExperiment(name: string, { tags }: { tags?: Readonly<Record<string, string>> } = {}): Promise<string> {
    return getOrCreateExperiment(this.#transport, name, tags);
  }

  /**
   * Starts a run. With a `key`, calling again returns the same run, also after a dropped connection or in another
   * process; only two processes that create the same key in the same instant are not kept apart. Without one it is sent
   * once and never repeated.
   */
  createRun(experimentId: string, options: CreateRunOptions): Promise<Run> {
    return createRun(this.#transport, experimentId, options);
  }

  /** The run of this experiment that was created with `key`, unless it was deleted. */
  findRunByKey(experimentId: string, key: string): Promise<Run | undefined> {
    return findRunByKey(this.#transport, experimentId, key);
  }

  /** A run with its parameters, tags, data sets, and the last point of each metric. */
  getRun(runId: string): Promise<Run> {
    return getRun(this.#transport, runId);
  }

  /** All runs of the given experiments that pass the filter, page after page. */
  searchRuns(experimentIds: readonly string[], options: SearchRunsOptions = {}): Promise<Run[]> {
    return searchRuns(this.#transport, experimentIds, options);
  }

  /**
   * Logs parameters, tags and metrics in as few requests as the server's limits allow. Metrics that bring no timestamp
   * all get the same one, and a repeated request is the same to the byte: the server drops points it already has.
   *
   * @throws {RangeError} Before anything is sent, if the server would refuse, cut or change a part of it.
   */
  async logBatch(runId: string, batch: LogBatch, options: SplitIntoBatchesOptions = {}): Promise<void> {
    for (const body of splitIntoBatches(batch, options)) {
      await this.#transport.post(`log to run ${runId}`, "runs/log-batch", { run_id: runId, ...body });
    }
  }

  /** Logs metrics; see {@linkcode MlflowClient.logBatch}. */
  logMetrics(runId: string, metrics: readonly Metric[]): Promise<void> {
    return this.logBatch(runId, { metrics });
  }

  /** Logs parameters, numbers and flags as text; see {@linkcode MlflowClient.logBatch}. */
  logParameters(runId: string, parameters: Readonly<Record<string, string | number | boolean>>): Promise<void> {
    return this.logBatch(runId, { parameters });
  }

  /** Sets tags; see {@linkcode MlflowClient.logBatch}. */
  setTags(runId: string, tags: Readonly<Record<string, string>>): Promise<void> {
    return this.logBatch(runId, { tags });
  }

  /** All points of one metric, in the server's order: by timestamp, then step. */
  async getMetricHistory(runId: string, name: string): Promise<LoggedMetric[]> {
    const points: LoggedMetric[] = [];
    let pageToken: string | undefined;
    do {
      const answer = await this.#transport.get<{
        metrics?: { key: string; value: number | string; step: number; timestamp: number }[];
        next_page_token?: string;
      }>(`get history of ${name}`, "metrics/get-history", {
        run_id: runId,
        metric_key: name,
        max_results: pointsPerPage,
        page_token: pageToken,
      });
      for (const { key, value, step, timestamp } of answer.metrics ?? []) {
        points.push({ name: key, value: Number(value), step: Number(step), timestamp: Number(timestamp) });
      }
      pageToken = answer.next_page_token || undefined;
    } while (pageToken);
    return points;
  }

  /**
   * Notes which data sets a run has read. Name and digest are a data set's identity in its experiment: noting it twice is
   * noting it once, and its source, rows and columns stay those of the first time.
   *
   * @throws {RangeError} If a digest is longer than 36 characters, or another text too long.
   */
  logInputs(runId: string, datasets: readonly DatasetInput[]): Promise<void> {
    return logInputs(this.#transport, runId, datasets);
  }

  /**
   * Sends a file through the server's artifact proxy, read from disk piece by piece. A later upload to the same path
   * replaces the earlier one; the server shows a file only when it has all of it.
   *
   * @param artifactPath Where it goes within the run, its file name included: `figures/equity.png`.
   * @throws {RangeError} If `artifactPath` is no plain relative path.
   */
  async uploadArtifact(runId: string, file: string, artifactPath: string): Promise<void> {
    await uploadArtifact(this.#transport, await this.#artifactUri(runId), file, artifactPath);
  }

  /** Sends every file below a folder, under `artifactPath`; see {@linkcode MlflowClient.uploadArtifact}. */
  async uploadArtifacts(runId: string, folder: string, artifactPath: string): Promise<void> {
    await uploadArtifacts(this.#transport, await this.#artifactUri(runId), folder, artifactPath);
  }

  /** Fetches a file piece by piece to `destination`, whose folder is made where missing. */
  async downloadArtifact(runId: string, artifactPath: string, destination: string): Promise<void> {
    await downloadArtifact(this.#transport, await this.#artifactUri(runId), artifactPath, destination);
  }

  /** The files and folders of a run directly below `path` (default: its root), or, if `recursive`, all below it. */
  listArtifacts(runId: string, options: { path?: string; recursive?: boolean } = {}): Promise<Artifact[]> {
    return listArtifacts(this.#transport, runId, options);
  }

  /** Closes a run. Default: FINISHED, now. */
  finishRun(
    runId: string,
    { status = "FINISHED", endTime = Date.now() }: { status?: RunStatus; endTime?: number } = {},
  ): Promise<void> {
    return updateRun(this.#transport, runId, status, endTime);
  }

  /** Where the UI lists the runs of an experiment; from its list of experiments one gets to the traces instead. */
  experimentUrl({ experimentId }: Pick<Experiment, "experimentId">): string {
    return `${this.trackingUri}/#/experiments/${experimentId}/runs?workflowType=machine_learning`;
  }

  /** Where the UI shows a run. */
  runUrl({ experimentId, runId }: Pick<Run, "experimentId" | "runId">): string {
    return `${this.trackingUri}/#/experiments/${experimentId}/runs/${runId}`;
  }

  async #artifactUri(runId: string): Promise<string> {
    const known = this.#artifactUris.get(runId);
    if (known !== undefined) return known;
    const { artifactUri } = await this.getRun(runId);
    this.#artifactUris.set(runId, artifactUri);
    return artifactUri;
  }
}
