import assert from "node:assert/strict";
import { join } from "node:path";
import { tellCurvePoints } from "@lib/core";
import { CurveRelay, curvesTag } from "./curve_relay.ts";
import { MlflowClient } from "./mlflow_client.ts";
import { type MlflowServer, startMlflowServer } from "./mlflow_server.ts";

let folder: string;
let server: MlflowServer;
let client: MlflowClient;

Deno.test.beforeAll(async () => {
  folder = await Deno.makeTempDir({ prefix: "curve_relay" });
  server = await startMlflowServer({ storeFolder: join(folder, "store") });
  client = new MlflowClient(server.trackingUri, { backoffMs: 1 });
});

Deno.test.afterAll(async () => {
  await server.stop();
  await Deno.remove(folder, { recursive: true });
});

const runsOf = async (experiment: string) => await client.searchRuns([await client.getOrCreateExperiment(experiment)]);
const within = async (seconds: number, isSo: () => Promise<boolean>) => {
  const deadline = performance.now() + 1_000 * seconds;
  while (!await isSo()) {
    assert.ok(performance.now() < deadline, `not so within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
};

Deno.test("CurveRelay shows points while their training runs, each once, and ends the run with it", async () => {
  const path = join(folder, "live.jsonl");
  const source = { name: "live/one", experiment: "live", path };
  const relay = new CurveRelay(client, [source], { everyMs: 30 });
  tellCurvePoints(1, { loss: 0.5, "rank ic": 0.01 }, { path });
  await within(10, async () => (await runsOf("live")).at(0)?.metrics.loss === 0.5);
  const [{ runId, status, name, tags }] = await runsOf("live");
  assert.deepEqual([status, name, tags[curvesTag]], ["RUNNING", "live/one, as it trains", "live/one"]);
  tellCurvePoints(2, { loss: 0.25 }, { path });
  await within(10, async () => (await runsOf("live"))[0].metrics.loss === 0.25);
  tellCurvePoints(3, { loss: 0.125 }, { path });
  relay.end("live/one", "FINISHED");
  assert.equal(await relay.close(), undefined);

  const again = new CurveRelay(client, [source], { everyMs: 1_000_000 });
  again.end("live/one", "FINISHED");
  await again.close();
  const points = await client.getMetricHistory(runId, "loss");
  assert.deepEqual(points.map(({ step, value }) => [step, value]), [[1, 0.5], [2, 0.25], [3, 0.125]]);
  assert.equal((await runsOf("live")).length, 1);
  assert.equal((await client.getRun(runId)).status, "FINISHED");
});

Deno.test("CurveRelay closes the run of a killed process, and its own if it is cut off", async () => {
  const path = join(folder, "killed.jsonl");
  const sources = [{ name: "killed/one", experiment: "killed", path }];
  tellCurvePoints(1, { loss: 1 }, { path });
  const first = new CurveRelay(client, sources, { everyMs: 20 }); // never closed, as if the process had died
  await within(10, async () => (await runsOf("killed")).length === 1);
  await Deno.remove(path);
  await new Promise((resolve) => setTimeout(resolve, 5)); // a later attempt has a later first point
  tellCurvePoints(1, { loss: 2 }, { path });
  const second = new CurveRelay(client, sources, { everyMs: 20 });
  await within(10, async () => (await runsOf("killed")).length === 2);
  await second.close();
  assert.deepEqual((await runsOf("killed")).map(({ status, metrics }) => [status, metrics.loss]), [
    ["KILLED", 2],
    ["KILLED", 1],
  ]);
  await first.close();
});

Deno.test("CurveRelay keeps points until the server answers", async () => {
  const path = join(folder, "late.jsonl");
  tellCurvePoints(1, { loss: 1 }, { path });
  const server = Promise.withResolvers<MlflowClient>();
  const relay = new CurveRelay(server.promise, [{ name: "late/one", experiment: "late", path }], { everyMs: 10 });
  await new Promise((resolve) => setTimeout(resolve, 50));
  server.resolve(client);
  await within(10, async () => (await runsOf("late")).at(0)?.metrics.loss === 1);
  assert.equal(await relay.close(), undefined);
});

Deno.test("CurveRelay says what is wrong with a file, and stops nobody", async () => {
  const path = join(folder, "broken.jsonl");
  await Deno.writeTextFile(path, "no point\n");
  const relay = new CurveRelay(client, [{ name: "broken/one", experiment: "broken", path }], { everyMs: 1_000_000 });
  assert.match((await relay.close())!, /JSON/);
});
