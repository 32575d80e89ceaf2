/**
 * Opens the MLflow UI on the recorded runs, after sending those that wait on disk because the server could not be reached.
 *
 * Reads and writes experiments/mlflow: database, artifacts, log, and spool/ with the waiting runs. On this machine only,
 * until Ctrl-C. Starts in some three seconds. Run: make mlflow, or deno run -A pipelines/mlflow.ts --help
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkInteger } from "@lib/core";
import { MlflowClient, mlflowStoreFolder, replaySpool, startMlflowServer } from "@lib/tracking";
import { chalk } from "zx";

const HELP = `Opens the MLflow UI on the recorded runs

  --port=5000      port on 127.0.0.1; without it a free one
  --store=folder   another store than experiments/mlflow
  --help           show this text

Exit code: 0 stopped by Ctrl-C; 1 the server could not be started, or ended by itself`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { port: { type: "string" }, store: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(HELP), 0;
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined) checkInteger("open the MLflow UI", "--port", port, { least: 1, most: 65_535 });
  const storeFolder = values.store === undefined ? mlflowStoreFolder : resolve(values.store);

  const interrupted = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) Deno.addSignalListener(signal, interrupted.resolve);
  await using server = await startMlflowServer({ storeFolder, port });
  const client = new MlflowClient(server.trackingUri);
  await sendWaiting(client, join(storeFolder, "spool"));
  const other = server.reused && port !== undefined ? ` (it was running already, not on port ${port})` : "";
  console.log(`MLflow: ${chalk.bold(server.trackingUri)}${other}`);
  const studies = (await client.searchExperiments()).filter(({ name }) => name !== "Default");
  const width = Math.max(0, ...studies.map(({ name }) => name.length));
  for (const study of studies) console.log(`  ${study.name.padEnd(width)}  ${client.experimentUrl(study)}`);
  console.log("Ctrl-C stops it");

  let stopping = false;
  interrupted.promise.then(() => stopping = true);
  while (!stopping) {
    await Promise.race([interrupted.promise, new Promise((resolve) => setTimeout(resolve, 1_000))]);
    if (!stopping && !await server.isAlive()) throw new Error(`The server has ended; ${server.logFile} says why`);
  }
  return 0;
}

async function sendWaiting(client: MlflowClient, spoolFolder: string): Promise<void> {
  const replayed = await replaySpool(client, { spoolFolder });
  const recorded = replayed.filter(({ outcome }) => outcome === "recorded");
  if (recorded.length > 0) console.log(`${recorded.length} waiting runs recorded`);
  for (const { folder, outcome, reason } of replayed) {
    if (outcome !== "recorded") console.error(chalk.yellow(`${folder} is kept on disk (${outcome}): ${reason}`));
  }
}

if (import.meta.main) {
  const code = await main().catch((error: Error) => {
    console.error(chalk.red(error.message));
    return 1;
  });
  Deno.exit(code);
}
