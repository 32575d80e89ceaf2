/**
 * How quickly metrics reach a server, through this client and through Python's own, and how quickly a server starts, in
 * one process as here and as `mlflow server`. Writes to a temporary folder only; about a minute.
 *
 *     deno run -A lib/tracking/bench/logging_speed.ts
 */
import { join } from "node:path";
import { freePorts, repositoryPath } from "@lib/core";
import { MlflowClient } from "../mlflow_client.ts";
import { startMlflowServer } from "../mlflow_server.ts";

const points = 10_000;
const rounds = 3;
const python = repositoryPath(".tools/python/bin/python");
const folder = await Deno.makeTempDir({ prefix: "logging_speed" });
const environment = {
  HOME: folder,
  NO_PROXY: "127.0.0.1",
  MLFLOW_DISABLE_TELEMETRY: "true",
  MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false",
};

const pythonLogging = `
import sys, time
from mlflow import MlflowClient
from mlflow.entities import Metric
client = MlflowClient(sys.argv[1])
metrics = [Metric("ic", step / 7, 1700000000000, step) for step in range(int(sys.argv[3]))]
start = time.perf_counter()
for first in range(0, len(metrics), 1000):
    client.log_batch(sys.argv[2], metrics=metrics[first:first + 1000])
print(time.perf_counter() - start)`;

async function secondsOf(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return (performance.now() - start) / 1_000;
}

/** Seconds until `mlflow server`, started as its manual says with one worker, answers. */
async function secondsOfOriginalStart(storeFolder: string): Promise<number> {
  const [port] = freePorts(1);
  const { PYTHONDONTWRITEBYTECODE: _, ...inherited } = Deno.env.toObject();
  const server = new Deno.Command(python, {
    // deno-fmt-ignore
    args: ["-m", "mlflow", "server", "--backend-store-uri", `sqlite:///${storeFolder}/mlflow.db`, "--artifacts-destination",
      `${storeFolder}/artifacts`, "--host", "127.0.0.1", "--port", String(port), "--workers", "1"],
    env: { ...inherited, ...environment },
    clearEnv: true,
    stdout: "null",
    stderr: "null",
  }).spawn();
  const seconds = await secondsOf(async () => {
    while (!await fetch(`http://127.0.0.1:${port}/health`).then((answer) => answer.text(), () => undefined)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
  server.kill("SIGTERM");
  await server.status;
  return seconds;
}

const starts = { here: [] as number[], original: [] as number[] };
const logging = { here: [] as number[], python: [] as number[] };
const storeFolder = join(folder, "store");
const firstStart = await secondsOf(async () => await (await startMlflowServer({ storeFolder })).stop());
for (let round = 0; round < rounds; round++) {
  starts.original.push(await secondsOfOriginalStart(storeFolder));
  const before = performance.now();
  await using server = await startMlflowServer({ storeFolder });
  starts.here.push((performance.now() - before) / 1_000);
  const client = new MlflowClient(server.trackingUri);
  const experimentId = await client.getOrCreateExperiment("speed");
  const [mine, theirs] = await Promise.all([1, 2].map(() => client.createRun(experimentId, { name: "speed" })));
  const metrics = Array.from({ length: points }, (_, step) => ({ name: "ic", value: step / 7, step }));
  logging.here.push(await secondsOf(() => client.logMetrics(mine.runId, metrics)));
  const { stdout } = await new Deno.Command(python, {
    args: ["-c", pythonLogging, server.trackingUri, theirs.runId, String(points)],
    env: environment,
  }).output();
  logging.python.push(Number(new TextDecoder().decode(stdout)));
}
await Deno.remove(folder, { recursive: true });

const best = (seconds: number[]) => Math.min(...seconds);
const row = (what: string, seconds: number, rate = "") =>
  `${what.padEnd(44)} ${seconds.toFixed(2).padStart(6)} s ${rate}`;
const perSecond = (seconds: number) => `${Math.round(points / seconds)} points/s`.padStart(16);
console.log(`best of ${rounds} rounds`);
console.log(row("first start on a new store, this library", firstStart));
console.log(row("start, this library", best(starts.here)));
console.log(row("start, mlflow server", best(starts.original)));
console.log(row(`${points} metrics, this client`, best(logging.here), perSecond(best(logging.here))));
console.log(row(`${points} metrics, Python's log_batch`, best(logging.python), perSecond(best(logging.python))));
