import { basename, join, resolve } from "node:path";
import { FileLock, sha256, stableJson, writeAtomically } from "@lib/core";
import type { MlflowClient } from "./mlflow_client.ts";
import { MlflowError } from "./mlflow_error.ts";
import { parentsFirst, recordSlot } from "./_parents_first.ts";
import { recordRun } from "./record_run.ts";
import { normaliseRunRecord, type RunRecord } from "./run_record.ts";

/** What became of a spooled run. */
export interface ReplayedRun {
  /** The run's key, or the folder's name where its record cannot be read. */
  key: string;
  folder: string;
  /** `recorded`: on the server and off the disk. `waiting`: no server. `refused`: it stays for a person to look at. */
  outcome: "recorded" | "waiting" | "refused";
  /** Why it was not recorded. */
  reason?: string;
}

/** A folder of the spool. */
export interface SpooledRun {
  folder: string;
  /** With the artifacts' absolute paths; absent where `record.json` cannot be read. */
  record?: RunRecord;
  /** Why it cannot. */
  reason?: string;
}

const recordFile = "record.json";
const lockWaitMs = 600_000;

/**
 * Writes a record to disk for a later {@linkcode replaySpool}: one folder per run with `record.json` and copies of its
 * artifacts. The same run spooled again replaces itself. Whenever it is cut off, the folder holds the old record whole,
 * the new one whole, or none.
 *
 * @returns The run's folder.
 * @throws {RangeError | TypeError} If the record is malformed.
 * @throws {Deno.errors.NotFound} If the file of an artifact is missing.
 */
export async function spoolRun(record: RunRecord, spoolFolder: string): Promise<string> {
  const normal = normaliseRunRecord(record);
  const folder = join(resolve(spoolFolder), folderName(normal));
  const copies = `artifacts-${crypto.randomUUID()}`;
  await Deno.mkdir(spoolFolder, { recursive: true });
  const lock = await takeLock(spoolFolder, "shared");
  try {
    await Deno.mkdir(join(folder, copies), { recursive: true });
    const artifacts: RunRecord["artifacts"] = [];
    for (const [index, { path, artifactPath }] of normal.artifacts.entries()) {
      const copy = join(copies, `${index}-${basename(path)}`);
      await Deno.copyFile(path, join(folder, copy));
      artifacts.push({ path: copy, artifactPath });
    }
    await writeAtomically(join(folder, recordFile), stableJson({ ...normal, artifacts }));
    for await (const { name } of Deno.readDir(folder)) {
      if (name !== recordFile && name !== copies) await Deno.remove(join(folder, name), { recursive: true });
    }
  } finally {
    lock.release();
  }
  return folder;
}

/** The runs that wait in a spool folder, by the names of their folders; none where there is no such folder. */
export async function spooledRuns(spoolFolder: string): Promise<SpooledRun[]> {
  const spooled: SpooledRun[] = [];
  for (const name of await foldersIn(spoolFolder)) {
    const folder = join(resolve(spoolFolder), name);
    try {
      const record: RunRecord = JSON.parse(await Deno.readTextFile(join(folder, recordFile)));
      const artifacts = record.artifacts.map(({ path, artifactPath }) => ({ path: join(folder, path), artifactPath }));
      spooled.push({ folder, record: normaliseRunRecord({ ...record, artifacts }) });
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) continue; // written just now, or cut off
      spooled.push({ folder, reason: `${recordFile} cannot be read: ${(error as Error).message}` });
    }
  }
  return spooled;
}

/**
 * Sends what waits in the spool folder, parents before children, and takes each run off the disk once the server has all
 * of it. It may be cut off at any point and started again: runs are found by their keys, so none is lost and none comes
 * twice. Two replays of one folder wait for each other.
 *
 * @returns What became of each run.
 */
export async function replaySpool(
  client: MlflowClient,
  { spoolFolder }: { spoolFolder: string },
): Promise<ReplayedRun[]> {
  if ((await foldersIn(spoolFolder)).length === 0) return [];
  const lock = await takeLock(spoolFolder, "exclusive");
  try {
    const spooled = await spooledRuns(spoolFolder);
    await removeRemains(spoolFolder, spooled);
    const replayed: ReplayedRun[] = [];
    const folders = new Map<string, string>();
    const records: RunRecord[] = [];
    for (const { folder, record, reason } of spooled) {
      if (record === undefined) {
        replayed.push({ key: basename(folder), folder, outcome: "refused", reason });
      } else {
        records.push(record);
        folders.set(recordSlot(record), folder);
      }
    }
    let silence: string | undefined; // once the server is out of reach, the rest waits without asking
    for (const record of parentsFirst(records)) {
      const folder = folders.get(recordSlot(record))!;
      const run: ReplayedRun = silence === undefined
        ? await replay(client, record, folder)
        : { key: record.key, folder, outcome: "waiting", reason: silence };
      if (run.outcome === "waiting") silence = run.reason;
      replayed.push(run);
    }
    return replayed;
  } finally {
    lock.release();
  }
}

async function replay(client: MlflowClient, record: RunRecord, folder: string): Promise<ReplayedRun> {
  const { key } = record;
  try {
    await recordRun(client, record);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const waits = error instanceof MlflowError && error.mayPass;
    return { key, folder, outcome: waits ? "waiting" : "refused", reason: error.message };
  }
  await Deno.remove(join(folder, recordFile)); // from here on the folder is remains
  await Deno.remove(folder, { recursive: true });
  return { key, folder, outcome: "recorded" };
}

/** Folders without a record: cut off while written or removed. Nobody writes while the lock is held. */
async function removeRemains(spoolFolder: string, spooled: readonly SpooledRun[]): Promise<void> {
  const kept = new Set(spooled.map(({ folder }) => folder));
  for (const name of await foldersIn(spoolFolder)) {
    const folder = join(resolve(spoolFolder), name);
    if (!kept.has(folder)) await Deno.remove(folder, { recursive: true });
  }
}

async function foldersIn(spoolFolder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(spoolFolder)) if (isDirectory) names.push(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names.sort();
}

async function takeLock(spoolFolder: string, kind: "shared" | "exclusive"): Promise<FileLock> {
  const lock = await FileLock.take(join(spoolFolder, "spool.lock"), kind, Date.now() + lockWaitMs);
  if (lock) return lock;
  throw new Error(`Cannot use spool folder ${spoolFolder}: it must be free, currently another process replays it`);
}

/** Readable, and one for each key of an experiment. */
function folderName(record: RunRecord): string {
  const words = `${record.experiment}-${record.name}`.replaceAll(/[^A-Za-z0-9]+/g, "-").slice(0, 60);
  return `${words}-${sha256(recordSlot(record)).slice(0, 16)}`;
}
