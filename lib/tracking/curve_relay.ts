import { type CurvePoint, readCurvePoints } from "@lib/core";
import type { MlflowClient } from "./mlflow_client.ts";
import { MlflowError } from "./mlflow_error.ts";
import { equals } from "./_search.ts";

/** A file in which curves are told as they come; see `tellCurvePoints` of `@lib/core`. */
export interface CurveSource {
  /** Whose curves they are, such as `networks/horizon_5`. */
  name: string;
  /** Experiment that shows them. */
  experiment: string;
  /** The file, which need not be there yet. */
  path: string;
}

/** How what told of its curves has ended. */
export type CurvesEnd = "FINISHED" | "FAILED" | "KILLED";

/** Tag of the runs that hold curves as they came: the source's name. */
export const curvesTag = "curves.of";

interface Followed {
  readonly source: CurveSource;
  /** Characters of the file that are on the server. */
  sent: number;
  runId?: string;
}

/**
 * Sends curves to MLflow while what draws them still runs: for each file that appears a run `<name>, as it trains`, which
 * grows every few seconds and ends as its source ended. Nothing depends on it: while the server cannot be reached points
 * wait in their files, and the results are recorded by `recordRuns` all the same.
 *
 * A point is told with the time it was made at, so that sending it twice is sending it once. A run that another process
 * was killed over is closed as KILLED when its source starts again.
 *
 * @example Without a server everything waits, and nothing fails
 * ```ts
 * import assert from "node:assert/strict";
 * import { MlflowClient } from "@lib/tracking";
 * const client = new MlflowClient("http://127.0.0.1:9", { retries: 0 });
 * const path = await Deno.makeTempFile();
 * await Deno.writeTextFile(path, `{"curve":"loss","step":1,"value":0.5,"time":0}\n`);
 * const relay = new CurveRelay(client, [{ name: "networks/horizon_5", experiment: "networks", path }]);
 * assert.match((await relay.close())!, /Cannot/);
 * ```
 */
export class CurveRelay {
  readonly #client: MlflowClient | Promise<MlflowClient>;
  readonly #followed: Map<string, Followed>;
  readonly #timer: ReturnType<typeof setInterval>;
  #sending: Promise<void> = Promise.resolve();
  #failure: string | undefined;

  constructor(
    client: MlflowClient | Promise<MlflowClient>,
    sources: readonly CurveSource[],
    { everyMs = 2_000 }: { everyMs?: number } = {},
  ) {
    this.#client = client;
    this.#followed = new Map(sources.map((source) => [source.name, { source, sent: 0 }]));
    this.#timer = setInterval(() => this.#queue(() => this.#sendAll()), everyMs);
  }

  /** Sends what is left of a source, and closes its run. */
  end(name: string, status: CurvesEnd): void {
    this.#queue(async () => {
      const followed = this.#followed.get(name);
      if (!followed) return;
      await this.#send(followed);
      if (followed.runId) await (await this.#client).finishRun(followed.runId, { status });
      this.#followed.delete(name);
    });
  }

  /**
   * Ends the sources that are still open as KILLED.
   *
   * @returns Why points could not be sent, if they could not.
   */
  async close(): Promise<string | undefined> {
    clearInterval(this.#timer);
    for (const name of this.#followed.keys()) this.end(name, "KILLED");
    await this.#sending;
    return this.#failure;
  }

  #queue(work: () => Promise<void>): void {
    this.#sending = this.#sending.then(work).then(() => {
      this.#failure = undefined;
    }, (error) => {
      if (!(error instanceof MlflowError) && !(error instanceof SyntaxError)) throw error;
      this.#failure = error.message;
    });
  }

  async #sendAll(): Promise<void> {
    for (const followed of this.#followed.values()) await this.#send(followed);
  }

  async #send(followed: Followed): Promise<void> {
    const { source, sent } = followed;
    const text = await Deno.readTextFile(source.path).catch(noFile);
    const fresh = text.slice(0, text.lastIndexOf("\n") + 1).slice(sent);
    const points = readCurvePoints(fresh);
    if (points.length === 0) return;
    const client = await this.#client;
    followed.runId ??= await openRun(client, source, points[0]);
    const metrics = points.map(({ curve: name, step, value, time: timestamp }) => ({ name, step, value, timestamp }));
    await client.logMetrics(followed.runId, metrics);
    followed.sent = sent + fresh.length;
  }
}

async function openRun(client: MlflowClient, { name, experiment }: CurveSource, first: CurvePoint): Promise<string> {
  const experimentId = await client.getOrCreateExperiment(experiment);
  const key = `${name}/curves/${first.time}`;
  const earlier = await client.searchRuns([experimentId], { filter: equals("tags", curvesTag, name) });
  for (const { runId, status, tags } of earlier) {
    if (status === "RUNNING" && tags["run.key"] !== key) await client.finishRun(runId, { status: "KILLED" });
  }
  const tags = { [curvesTag]: name };
  const { runId } = await client.createRun(experimentId, {
    name: `${name}, as it trains`,
    key,
    startTime: first.time,
    tags,
  });
  return runId;
}

function noFile(error: Error): string {
  if (error instanceof Deno.errors.NotFound) return "";
  throw error;
}
