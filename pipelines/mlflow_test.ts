import assert from "node:assert/strict";
import { join } from "node:path";
import { repositoryPath } from "@lib/core";
import { MlflowClient, spooledRuns, spoolRun } from "@lib/tracking";

const pipeline = (args: string[]) =>
  new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", repositoryPath("pipelines", "mlflow.ts"), ...args],
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  });

Deno.test("mlflow.ts shows its help, and refuses a port that is none", async () => {
  const help = await pipeline(["--help"]).output();
  assert.equal(help.code, 0);
  assert.match(new TextDecoder().decode(help.stdout), /--port=5000/);
  const refused = await pipeline(["--port=http"]).output();
  assert.equal(refused.code, 1);
  assert.match(
    new TextDecoder().decode(refused.stderr),
    /--port must be an integer from 1 to 65535, current value is NaN/,
  );
});

Deno.test("mlflow.ts sends the runs that wait, serves the UI until Ctrl-C and ends with 0", async () => {
  const folder = await Deno.makeTempDir({ prefix: "mlflow_pipeline" });
  await spoolRun({
    key: "1",
    experiment: "panel",
    name: "waiting",
    parameters: {},
    metrics: { rank_ic: 0.02 },
    series: {},
    tags: {},
    datasets: [],
    artifacts: [],
    startTime: 0,
    endTime: 1,
    status: "FINISHED",
  }, join(folder, "spool"));
  const process = pipeline([`--store=${folder}`]).spawn();
  let said = "";
  const reader = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  while (!said.includes("Ctrl-C")) {
    const { value, done } = await reader.read();
    assert.ok(!done, said);
    said += value;
  }
  assert.match(
    said,
    /^1 waiting runs recorded\nMLflow: http:\/\/127\.0\.0\.1:\d+\n {2}panel {2}http:\S+\/experiments\/1\/runs/,
  );
  const trackingUri = /http:\S+/.exec(said)![0];
  const client = new MlflowClient(trackingUri);
  const [run] = await client.searchRuns([await client.getOrCreateExperiment("panel")]);
  assert.deepEqual([run.name, run.metrics], ["waiting", { rank_ic: 0.02 }]);
  assert.deepEqual(await spooledRuns(join(folder, "spool")), []);
  assert.match(await (await fetch(trackingUri)).text(), /<title>MLflow<\/title>/i);
  process.kill("SIGINT");
  assert.equal((await process.status).code, 0);
  await reader.cancel();
  await process.stderr.cancel();
  await assert.rejects(fetch(trackingUri));
  await Deno.remove(folder, { recursive: true });
});
