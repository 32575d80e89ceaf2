import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createServer } from "node:http";
import { join } from "node:path";
import { repositoryPath, sha256File } from "@lib/core";
import { MlflowClient } from "./mlflow_client.ts";
import { MlflowError } from "./mlflow_error.ts";
import { type MlflowServer, startMlflowServer } from "./mlflow_server.ts";
import type { Metric } from "./mlflow_types.ts";

let folder: string;
let server: MlflowServer;
let client: MlflowClient;
let experimentId: string;

Deno.test.beforeAll(async () => {
  folder = await Deno.makeTempDir({ prefix: "tracking " }); // a blank in the path, as people have them
  server = await startMlflowServer({ storeFolder: join(folder, "store") });
  client = new MlflowClient(server.trackingUri);
  experimentId = await client.getOrCreateExperiment("panel/forecast", { tags: { owner: "test" } });
});

Deno.test.afterAll(async () => {
  await server.stop();
  await Deno.remove(folder, { recursive: true });
});

/** A way to the server on which `fail` cuts connections: before the server sees a request, or before its answer leaves. */
async function unreliable(fail: (nth: number) => "request" | "answer" | undefined) {
  const seen = new Map<string, number>();
  const proxy = createServer(async (request, reply) => {
    const path = request.url!.split("?")[0];
    seen.set(path, (seen.get(path) ?? 0) + 1);
    const fault = fail(seen.get(path)!);
    if (fault === "request") return request.socket.destroy();
    const content = Buffer.concat(await Array.fromAsync(request));
    const answer = await fetch(server.trackingUri + request.url, {
      method: request.method,
      headers: { "content-type": request.headers["content-type"] ?? "application/octet-stream" },
      body: request.method === "GET" ? undefined : content,
    });
    const said = Buffer.from(await answer.arrayBuffer());
    if (fault === "answer") return request.socket.destroy();
    reply.writeHead(answer.status).end(said);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as { port: number };
  return {
    client: new MlflowClient(`http://127.0.0.1:${port}`, { backoffMs: 1 }),
    requests: (path: string) => seen.get(path) ?? 0,
    [Symbol.asyncDispose]: async () => {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

Deno.test("MlflowClient round trip of an experiment and a nested run with everything in it", async () => {
  const experiment = await client.getExperimentByName("panel/forecast");
  assert.deepEqual(experiment?.tags, { "mlflow.experimentKind": "custom_model_development", owner: "test" });
  assert.deepEqual((await client.searchExperiments()).map(({ name }) => name).slice(0, 2), [
    "Default",
    "panel/forecast",
  ]);
  const parent = await client.createRun(experimentId, { name: "study" });
  const { runId } = await client.createRun(experimentId, {
    name: 'fold\'s "first"',
    parentRunId: parent.runId,
    startTime: 1_700_000_000_000,
    tags: { engine: "ridge", empty: "" },
  });
  await client.logParameters(runId, { horizonDays: 5, rate: 0.1, ranked: true, name: "größe" });
  await client.logMetrics(runId, [
    { name: "rank_ic", value: 0.1 + 0.2, step: 1, timestamp: 1_700_000_000_001 },
    { name: "rank_ic", value: -5e-324, step: 0, timestamp: 1_700_000_000_001 },
  ]);
  await client.setTags(runId, { note: "two\nlines" });
  const dataset = { name: "panel", digest: "0f3a", source: "data/raw/panel.csv.gz", rows: 126_000, columns: 7 };
  await client.logInputs(runId, [{ ...dataset, context: "training", tags: { digest: "full" } }]);
  await client.logInputs(runId, [{ ...dataset, context: "training", tags: { digest: "full" } }]);
  await client.finishRun(runId, { endTime: 1_700_000_060_000 });

  const run = await client.getRun(runId);
  assert.equal(run.name, 'fold\'s "first"');
  assert.equal(run.status, "FINISHED");
  assert.deepEqual([run.startTime, run.endTime], [1_700_000_000_000, 1_700_000_060_000]);
  assert.deepEqual(run.parameters, { horizonDays: "5", rate: "0.1", ranked: "true", name: "größe" });
  assert.deepEqual(run.metrics, { rank_ic: 0.1 + 0.2 });
  assert.deepEqual([run.tags.engine, run.tags.empty, run.tags.note], ["ridge", "", "two\nlines"]);
  assert.equal(run.tags["mlflow.parentRunId"], parent.runId);
  assert.deepEqual(run.datasets, [{ ...dataset, context: "training", tags: { digest: "full" } }]);
  assert.deepEqual(
    (await client.getMetricHistory(runId, "rank_ic")).map(({ step, value }) => [step, value]),
    [[0, -5e-324], [1, 0.1 + 0.2]],
  );
});

Deno.test("MlflowClient.logMetrics() sends 2,500 metrics in three batches, and none is lost", async () => {
  const { runId } = await client.createRun(experimentId, { name: "long" });
  const metrics: Metric[] = Array.from({ length: 2_500 }, (_, step) => ({ name: "daily_ic", value: step / 3, step }));
  await using wire = await unreliable(() => undefined);
  await wire.client.logMetrics(runId, metrics);
  assert.equal(wire.requests("/api/2.0/mlflow/runs/log-batch"), 3);
  const history = await client.getMetricHistory(runId, "daily_ic");
  assert.deepEqual(history.map(({ value }) => value).sort((a, b) => a - b), metrics.map(({ value }) => value));
});

Deno.test("MlflowClient repeats what was dropped, before or after it arrived, without a duplicate", async () => {
  for (const fault of ["request", "answer"] as const) {
    await using wire = await unreliable((nth) => nth === 1 ? fault : undefined);
    const id = await wire.client.getOrCreateExperiment(`dropped ${fault}`);
    const { runId } = await wire.client.createRun(id, { name: "again", key: fault });
    await wire.client.logMetrics(runId, [{ name: "ic", value: 0.5, step: 1 }, { name: "ic", value: 0.6, step: 2 }]);
    await wire.client.logInputs(runId, [{ name: "panel", digest: "1", source: "a" }]);
    await Deno.writeTextFile(join(folder, "note.txt"), fault);
    await wire.client.uploadArtifact(runId, join(folder, "note.txt"), "note.txt");
    await wire.client.finishRun(runId);
    assert.equal(wire.requests("/api/2.0/mlflow/runs/log-batch"), 2);
    assert.deepEqual((await client.searchRuns([id])).map((run) => run.runId), [runId]);
    assert.equal((await client.getMetricHistory(runId, "ic")).length, 2);
    assert.equal((await client.getRun(runId)).datasets.length, 1);
    assert.deepEqual(await client.listArtifacts(runId), [{ path: "note.txt", isFolder: false, bytes: fault.length }]);
  }
});

Deno.test("MlflowClient.createRun() makes one run of one key, also when called at once", async () => {
  const calls = Array.from({ length: 5 }, () => client.createRun(experimentId, { name: "once", key: "it's one" }));
  assert.equal(new Set((await Promise.all(calls)).map(({ runId }) => runId)).size, 1);
  assert.equal((await client.findRunByKey(experimentId, "it's one"))?.name, "once");
  assert.equal(await client.findRunByKey(experimentId, "none"), undefined);
});

Deno.test("MlflowClient.getOrCreateExperiment() gives all callers the same one", async () => {
  const ids = await Promise.all(Array.from({ length: 4 }, () => client.getOrCreateExperiment("shared")));
  assert.equal(new Set(ids).size, 1);
  assert.equal(await client.getExperimentByName("no such"), undefined);
  await assert.rejects(client.createExperiment("shared"), { name: "MlflowError", code: "RESOURCE_ALREADY_EXISTS" });
});

Deno.test("MlflowClient moves several megabytes up and down with the same SHA-256", async () => {
  const { runId } = await client.createRun(experimentId, { name: "files" });
  const file = join(folder, "large.bin");
  const bytes = new Uint8Array(9_000_001);
  for (let at = 0; at < bytes.length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  await Deno.writeFile(file, bytes);
  const place = "figures/höhe & +1 ?.bin";
  await client.uploadArtifact(runId, file, place);
  await client.downloadArtifact(runId, place, join(folder, "deep", "back.bin"));
  assert.equal(await sha256File(join(folder, "deep", "back.bin")), await sha256File(file));
  assert.deepEqual(await client.listArtifacts(runId), [{ path: "figures", isFolder: true }]);
  const inside = [{ path: place, isFolder: false, bytes: bytes.length }];
  assert.deepEqual(await client.listArtifacts(runId, { path: "figures" }), inside);
  assert.deepEqual((await client.listArtifacts(runId, { recursive: true })).slice(1), inside);
});

Deno.test("MlflowClient.uploadArtifacts() sends all files below a folder", async () => {
  const { runId } = await client.createRun(experimentId, { name: "folder" });
  await Deno.mkdir(join(folder, "out", "figures"), { recursive: true });
  await Deno.writeTextFile(join(folder, "out", "scorecard.json"), "{}");
  await Deno.writeTextFile(join(folder, "out", "figures", "equity.svg"), "<svg/>");
  await client.uploadArtifacts(runId, join(folder, "out"), "study");
  const files = (await client.listArtifacts(runId, { recursive: true })).filter(({ isFolder }) => !isFolder);
  assert.deepEqual(files.map(({ path }) => path).sort(), ["study/figures/equity.svg", "study/scorecard.json"]);
});

Deno.test("MlflowClient.downloadArtifact() leaves no file behind when there is none to fetch", async () => {
  const { runId } = await client.createRun(experimentId, { name: "nothing" });
  const target = join(folder, "absent", "x.bin");
  await assert.rejects(client.downloadArtifact(runId, "x.bin", target), { name: "MlflowError", status: 404 });
  assert.deepEqual([...Deno.readDirSync(join(folder, "absent"))], []);
});

Deno.test("MlflowClient.searchRuns() filters, orders and pages", async () => {
  const id = await client.getOrCreateExperiment("search");
  for (const value of [1, 3, 2]) {
    const { runId } = await client.createRun(id, { name: `ic ${value}` });
    await client.logMetrics(runId, [{ name: "ic", value }]);
  }
  const found = await client.searchRuns([id], { filter: "metrics.ic > 1", orderBy: ["metrics.ic DESC"] });
  assert.deepEqual(found.map(({ name }) => name), ["ic 3", "ic 2"]);
  assert.equal((await client.searchRuns([id], { maxResults: 2 })).length, 2);
  await assert.rejects(client.searchRuns([id], { filter: "metrics.ic >> 3" }), {
    name: "MlflowError",
    status: 400,
    code: "INVALID_PARAMETER_VALUE",
  });
});

Deno.test("MlflowClient refuses what the server would refuse or cut, and sends none of it", async () => {
  const { runId } = await client.createRun(experimentId, { name: "refused" });
  const range = { name: "RangeError" };
  await assert.rejects(client.logMetrics(runId, [{ name: "a", value: 1 }, { name: "b", value: Infinity }]), range);
  await assert.rejects(client.logParameters(runId, { a: "x".repeat(6_001) }), range);
  await assert.rejects(client.setTags(runId, { a: "x".repeat(8_001) }), range);
  await assert.rejects(client.logInputs(runId, [{ name: "panel", digest: "a".repeat(37), source: "b" }]), range);
  for (const place of ["../../note.txt", "/note.txt", "a//b", "50%41", "a#b", "c:note", "a\\b"]) {
    await assert.rejects(client.uploadArtifact(runId, join(folder, "note.txt"), place), range);
  }
  await assert.rejects(client.createRun(experimentId, { name: "x".repeat(251) }), range);
  const run = await client.getRun(runId);
  assert.deepEqual([run.metrics, run.parameters, run.datasets], [{}, {}, []]);
});

Deno.test("MlflowClient's limits are the server's: their last allowed value arrives whole", async () => {
  const { runId } = await client.createRun(experimentId, { name: "limits" });
  const parameter = "\u{1F4C8}".repeat(6_000);
  const tag = "é".repeat(8_000);
  const digest = "d".repeat(36);
  await client.logBatch(runId, { parameters: { ["p".repeat(250)]: parameter }, tags: { ["t".repeat(250)]: tag } });
  await client.logInputs(runId, [{ name: "panel", digest, source: "a" }]);
  const run = await client.getRun(runId);
  assert.equal(run.parameters["p".repeat(250)], parameter);
  assert.equal(run.tags["t".repeat(250)], tag);
  assert.equal(run.datasets[0].digest, digest);
});

Deno.test("MlflowClient says who did not answer, and that it may pass", async () => {
  const nobody = new MlflowClient("http://127.0.0.1:9/", { retries: 1, backoffMs: 1 });
  const error = await nobody.getRun("x").catch((error) => error);
  assert.ok(error instanceof MlflowError);
  assert.deepEqual([error.status, error.code, error.mayPass], [0, "UNREACHABLE", true]);
  assert.match(
    error.message,
    /^Cannot get run x: an MLflow server must answer at http:\/\/127.0.0.1:9, current state is/,
  );
});

Deno.test("MlflowClient gives up on a server that is silent for too long", async () => {
  const silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = silent.addr as Deno.NetAddr;
  const hasty = new MlflowClient(`http://127.0.0.1:${port}`, { retries: 0, timeoutSeconds: 0.1 });
  await assert.rejects(hasty.getRun("x"), { code: "UNREACHABLE", message: /no answer within 0.1 s/ });
  silent.close();
});

Deno.test("MlflowClient waits as long as a busy server asks", async () => {
  const answers = [
    new Response("slow down", { status: 429, headers: { "retry-after": "0.05" } }),
    Response.json({ run: { info: { run_id: "r" }, data: {} } }),
  ];
  const patient = new MlflowClient("http://mlflow.test", {
    fetch: () => Promise.resolve(answers.shift()!),
    backoffMs: 1,
  });
  const start = performance.now();
  assert.equal((await patient.getRun("r")).runId, "r");
  assert.ok(performance.now() - start >= 50);
});

Deno.test("MlflowClient repeats no refusal, and says what the server said", async () => {
  let calls = 0;
  const refusing = new MlflowClient("http://mlflow.test", {
    fetch: () => {
      calls++;
      return Promise.resolve(Response.json({ error_code: "PERMISSION_DENIED", message: "not yours" }, { status: 403 }));
    },
  });
  await assert.rejects(refusing.getRun("r"), {
    name: "MlflowError",
    status: 403,
    code: "PERMISSION_DENIED",
    message: "Cannot get run r: MLflow answered 403 PERMISSION_DENIED: not yours",
  });
  assert.equal(calls, 1);
});

Deno.test("MlflowClient refuses an address that is none", () => {
  assert.throws(() => new MlflowClient("mlruns"), { name: "SyntaxError", message: /current value is mlruns$/ });
});

Deno.test("MlflowClient's runs read the same through Python's client", async () => {
  const { runId } = await client.createRun(experimentId, { name: "for python", startTime: 1_700_000_000_000 });
  await client.logBatch(runId, {
    parameters: { horizonDays: 5, note: "größe \u{1F4C8}" },
    tags: { engine: "ridge" },
    metrics: [0.1 + 0.2, 1 / 3, 1e-300].map((value, step) => ({ name: "rank_ic", value, step })),
  });
  await client.logInputs(runId, [{ name: "panel", digest: "7b1c", source: "data/raw/panel.csv.gz", rows: 3 }]);
  await Deno.writeTextFile(join(folder, "table.csv"), "a,b\n1,2\n");
  await client.uploadArtifact(runId, join(folder, "table.csv"), "tables/table.csv");
  await client.finishRun(runId, { status: "FAILED" });
  const script = `
import json, sys
from mlflow import MlflowClient
client = MlflowClient(sys.argv[1])
run = client.get_run(sys.argv[2])
print(json.dumps({
    "name": run.info.run_name, "status": run.info.status, "start": run.info.start_time,
    "parameters": run.data.params, "engine": run.data.tags["engine"],
    "history": [[point.step, point.value] for point in client.get_metric_history(run.info.run_id, "rank_ic")],
    "datasets": [[i.dataset.name, i.dataset.digest, json.loads(i.dataset.profile)] for i in run.inputs.dataset_inputs],
    "table": open(client.download_artifacts(run.info.run_id, "tables/table.csv", sys.argv[3])).read(),
}))`;
  const { stdout, stderr, success } = await new Deno.Command(repositoryPath(".tools/python/bin/python"), {
    args: ["-W", "ignore", "-c", script, server.trackingUri, runId, folder],
    env: { HOME: repositoryPath(".tools/home"), MLFLOW_DISABLE_TELEMETRY: "true", NO_PROXY: "127.0.0.1" },
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  assert.deepEqual(JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!), {
    name: "for python",
    status: "FAILED",
    start: 1_700_000_000_000,
    parameters: { horizonDays: "5", note: "größe \u{1F4C8}" },
    engine: "ridge",
    history: [[0, 0.1 + 0.2], [1, 1 / 3], [2, 1e-300]],
    datasets: [["panel", "7b1c", { num_rows: 3 }]],
    table: "a,b\n1,2\n",
  });
});
