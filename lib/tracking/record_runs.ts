import { MlflowClient } from "./mlflow_client.ts";
import { MlflowError } from "./mlflow_error.ts";
import { parentsFirst, recordSlot } from "./_parents_first.ts";
import { recordRun } from "./record_run.ts";
import { normaliseRunRecord, type RunRecord } from "./run_record.ts";
import { replaySpool, spooledRuns, spoolRun } from "./spool.ts";

/** Options of {@linkcode recordRuns}: a spool folder, and a client or the address for one. */
export type RecordRunsOptions =
  & {
    /** Folder that keeps records while the server cannot be reached. */
    spoolFolder: string;
  }
  & ({
    /** Whom to send the records to. */
    client: MlflowClient;
  } | {
    /** Address of the server, asked with the client's default options. */
    trackingUri: string;
  });

/** What became of one record. */
export type RecordOutcome =
  | { outcome: "recorded"; key: string; runId: string; experimentId: string; url: string }
  /** `spooled`: the server cannot be reached. `refused`: it said no, a person has to look. Both are in `folder`. */
  | { outcome: "spooled" | "refused"; key: string; folder: string; reason: string };

/**
 * Records runs, parents before children. Nothing is lost: while the server cannot be reached, records are written to the
 * spool folder, artifacts copied, and {@linkcode replaySpool} sends them later; so is a record that the server refuses.
 * What already waits in the folder is sent first. After the first failure to reach the server the rest is spooled without
 * asking again.
 *
 * @example Without a server nothing is lost
 * ```ts
 * import assert from "node:assert/strict";
 * import { MlflowClient } from "@lib/tracking";
 * const spoolFolder = await Deno.makeTempDir();
 * const [outcome] = await recordRuns([{
 *   key: "panel/1", experiment: "panel", name: "ridge", parameters: {}, metrics: { rank_ic: 0.02 }, series: {}, tags: {},
 *   datasets: [], artifacts: [], startTime: 0, endTime: 1_000, status: "FINISHED",
 * }], { client: new MlflowClient("http://127.0.0.1:9", { retries: 0 }), spoolFolder });
 * assert.equal(outcome.outcome, "spooled");
 * await Deno.remove(spoolFolder, { recursive: true });
 * ```
 *
 * @returns One outcome per record, in the order given.
 * @throws {RangeError | TypeError} Before anything is sent, if a record is malformed, a key comes twice in an experiment,
 * or parents go round in a circle.
 * @throws {Deno.errors.NotFound} Before anything is sent, if the file of an artifact is missing.
 */
export async function recordRuns(
  records: readonly RunRecord[],
  { spoolFolder, ...server }: RecordRunsOptions,
): Promise<RecordOutcome[]> {
  const ordered = parentsFirst(records.map(normaliseRunRecord));
  for (const { artifacts } of ordered) for (const { path } of artifacts) await Deno.stat(path);
  const client = "client" in server ? server.client : new MlflowClient(server.trackingUri);
  let unreachable = await sendWaiting(client, spoolFolder);
  const outcomes = new Map<string, RecordOutcome>();
  for (const record of ordered) {
    const attempt = unreachable ?? await recordRun(client, record).catch(mlflowErrorOnly);
    if (attempt instanceof MlflowError) {
      if (attempt.mayPass) unreachable = attempt;
      outcomes.set(recordSlot(record), {
        outcome: attempt.mayPass ? "spooled" : "refused",
        key: record.key,
        folder: await spoolRun(record, spoolFolder),
        reason: attempt.message,
      });
    } else {
      const { runId, experimentId, url } = attempt;
      outcomes.set(recordSlot(record), { outcome: "recorded", key: record.key, runId, experimentId, url });
    }
  }
  return records.map((record) => outcomes.get(recordSlot(record))!);
}

/** @returns Why the server cannot be reached; undefined where it can, or nothing waits. */
async function sendWaiting(client: MlflowClient, spoolFolder: string): Promise<MlflowError | undefined> {
  if ((await spooledRuns(spoolFolder)).length === 0) return undefined;
  const replayed = await replaySpool(client, { spoolFolder });
  const waiting = replayed.find(({ outcome }) => outcome === "waiting");
  return waiting && new MlflowError(waiting.reason ?? "", { status: 0, code: "UNREACHABLE" });
}

function mlflowErrorOnly(error: unknown): MlflowError {
  if (error instanceof MlflowError) return error;
  throw error;
}
