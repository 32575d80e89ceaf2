import type { Transport } from "./_transport.ts";
import { runFromWire, type WireRun } from "./_run_from_wire.ts";
import { checkLength, checkName, mlflowLimits } from "./mlflow_limits.ts";
import type { Run, RunStatus } from "./mlflow_types.ts";
import { equals, searchRuns, type SearchRunsOptions } from "./_search.ts";

/** The tag that carries a caller's own key of a run, by which it is found again. */
export const runKeyTag = "run.key";

/** Options of `MlflowClient.createRun`. */
export interface CreateRunOptions {
  /** Shown in the UI. */
  name: string;
  /** The caller's own key: a run of this experiment that carries it is returned instead of a second one made. */
  key?: string;
  /** The run under which this one is shown. */
  parentRunId?: string;
  /** Milliseconds since 1970. Default: now. */
  startTime?: number;
  /** Tags of the new run. */
  tags?: Readonly<Record<string, string>>;
}

const creating = new Map<string, Promise<Run>>();

/**
 * The server makes a second run of a second request, and answers neither when the connection drops: so every try looks
 * for the key first, and within this process one key is created by one call at a time.
 */
export async function createRun(
  transport: Transport,
  experimentId: string,
  { name, key, parentRunId, startTime = Date.now(), tags = {} }: CreateRunOptions,
): Promise<Run> {
  const action = `create run ${name}`;
  checkLength(action, "name", name, mlflowLimits.keyLength);
  for (const [tag, value] of Object.entries(tags)) {
    checkName(action, "tag", tag);
    if (value !== "") checkLength(action, `the value of tag ${tag}`, value, mlflowLimits.tagLength);
  }
  const body = {
    experiment_id: experimentId,
    run_name: name,
    start_time: startTime,
    tags: Object.entries({
      ...tags,
      ...(parentRunId === undefined ? {} : { "mlflow.parentRunId": parentRunId }),
      ...(key === undefined ? {} : { [runKeyTag]: key }),
    }).map(([key, value]) => ({ key, value })),
  };
  const create = () => transport.postOnce<{ run: WireRun }>(action, "runs/create", body);
  if (key === undefined) return runFromWire((await create()).run);

  const slot = JSON.stringify([transport.trackingUri, experimentId, key]);
  const before = creating.get(slot) ?? Promise.resolve();
  const mine = before.catch(() => {}).then(() =>
    transport.retrying(async () =>
      await findRunByKey(transport, experimentId, key) ?? runFromWire((await create()).run)
    )
  );
  creating.set(slot, mine);
  try {
    return await mine;
  } finally {
    if (creating.get(slot) === mine) creating.delete(slot);
  }
}

/** Of several (two processes may have raced) the one with the smallest run id, so that all agree. */
export async function findRunByKey(
  transport: Transport,
  experimentId: string,
  key: string,
): Promise<Run | undefined> {
  checkLength("find a run", "key", key, mlflowLimits.keyLength);
  const filter = equals("tags", runKeyTag, key);
  const options: SearchRunsOptions = { filter, maxResults: 10 };
  const found = await searchRuns(transport, [experimentId], options);
  return found.sort((a, b) => a.runId < b.runId ? -1 : 1)[0];
}

export async function getRun(transport: Transport, runId: string): Promise<Run> {
  const { run } = await transport.get<{ run: WireRun }>(`get run ${runId}`, "runs/get", { run_id: runId });
  return runFromWire(run);
}

export async function updateRun(
  transport: Transport,
  runId: string,
  status: RunStatus,
  endTime: number | undefined,
): Promise<void> {
  await transport.post(`finish run ${runId}`, "runs/update", { run_id: runId, status, end_time: endTime });
}
