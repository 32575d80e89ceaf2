import assert from "node:assert/strict";
import { join } from "node:path";
import { MlflowClient } from "./mlflow_client.ts";
import { type MlflowServer, startMlflowServer } from "./mlflow_server.ts";
import { recordRun } from "./record_run.ts";
import { recordRuns } from "./record_runs.ts";
import type { RunRecord } from "./run_record.ts";
import { replaySpool, spooledRuns, spoolRun } from "./spool.ts";

let folder: string;
let server: MlflowServer;
let client: MlflowClient;
const nobody = new MlflowClient("http://127.0.0.1:9", { retries: 0 });

Deno.test.beforeAll(async () => {
  folder = await Deno.makeTempDir({ prefix: "record_runs" });
  server = await startMlflowServer({ storeFolder: join(folder, "store") });
  client = new MlflowClient(server.trackingUri, { backoffMs: 1 });
});

Deno.test.afterAll(async () => {
  await server.stop();
  await Deno.remove(folder, { recursive: true });
});

function record(part: Partial<RunRecord> = {}): RunRecord {
  return Object.freeze({
    key: "study/1",
    experiment: "panel",
    name: "ridge, 5 days",
    parameters: { horizonDays: 5 },
    metrics: { rank_ic: 0.023 },
    series: { daily_ic: [{ step: 0, value: 0.1 }, { step: 1, value: -0.2 }] },
    tags: { engine: "ridge" },
    datasets: [{ name: "panel", digest: "ab".repeat(32), source: "data/raw/panel.csv.gz", rows: 10, columns: 3 }],
    artifacts: [],
    startTime: 1_700_000_000_000,
    endTime: 1_700_000_060_000,
    status: "FINISHED" as const,
    ...part,
  });
}

async function artifact(name: string, content: string) {
  const path = join(folder, name);
  await Deno.writeTextFile(path, content);
  return { path, artifactPath: `files/${name}` };
}

const runsOf = async (experiment: string) => await client.searchRuns([await client.getOrCreateExperiment(experiment)]);

Deno.test("recordRun() puts all of a record on the server", async () => {
  const { runId, isNew, url } = await recordRun(
    client,
    record({
      experiment: "all",
      metrics: { rank_ic: 0.023, sharpe: NaN },
      artifacts: [await artifact("a.txt", "one")],
    }),
  );
  assert.ok(isNew);
  assert.match(url, /^http:.*\/#\/experiments\/\d+\/runs\/[0-9a-f]{32}$/);
  const run = await client.getRun(runId);
  assert.deepEqual([run.status, run.startTime, run.endTime], ["FINISHED", 1_700_000_000_000, 1_700_000_060_000]);
  assert.deepEqual(run.parameters, { horizonDays: "5" });
  assert.deepEqual(run.metrics, { rank_ic: 0.023, daily_ic: -0.2 });
  assert.deepEqual([run.tags.engine, run.tags["not_finite/sharpe"], run.tags["run.key"]], ["ridge", "NaN", "study/1"]);
  const [dataset] = run.datasets;
  assert.deepEqual([dataset.digest, dataset.tags], ["ab".repeat(18), { digest: "ab".repeat(32) }]);
  const [file] = await client.listArtifacts(runId, { path: "files" });
  assert.deepEqual(file, { path: "files/a.txt", isFolder: false, bytes: 3 });
});

Deno.test("recordRun() of the same record twice is one run, and of a changed artifact the same run", async () => {
  const artifacts = [await artifact("b.txt", "one")];
  const first = await recordRun(client, record({ experiment: "twice", artifacts }));
  const second = await recordRun(client, record({ experiment: "twice", artifacts }));
  assert.deepEqual(second, { ...first, isNew: false });
  await Deno.writeTextFile(artifacts[0].path, "other");
  const third = await recordRun(client, record({ experiment: "twice", artifacts }));
  assert.deepEqual(third, first);
  assert.equal((await runsOf("twice")).length, 1);
  assert.equal((await client.listArtifacts(first.runId, { path: "files" }))[0].bytes, 5);
  assert.equal((await client.getMetricHistory(first.runId, "daily_ic")).length, 2);
});

Deno.test("recordRun() refuses other parameters under a key that is taken, and a parent that is not there", async () => {
  await recordRun(client, record({ experiment: "taken" }));
  await assert.rejects(recordRun(client, record({ experiment: "taken", parameters: { horizonDays: 6 } })), {
    name: "MlflowError",
    status: 400,
  });
  await assert.rejects(recordRun(client, record({ experiment: "taken", key: "child", parentKey: "none" })), {
    code: "PARENT_NOT_RECORDED",
    mayPass: false,
  });
});

Deno.test("recordRuns() records parents first, whatever the order given", async () => {
  const spoolFolder = join(folder, "unused");
  const outcomes = await recordRuns([
    record({ experiment: "tree", key: "leaf", parentKey: "branch" }),
    record({ experiment: "tree", key: "branch", parentKey: "root" }),
    record({ experiment: "tree", key: "root" }),
  ], { client, spoolFolder });
  assert.deepEqual(outcomes.map(({ key, outcome }) => `${key} ${outcome}`), [
    "leaf recorded",
    "branch recorded",
    "root recorded",
  ]);
  const byKey = new Map((await runsOf("tree")).map((run) => [run.tags["run.key"], run]));
  assert.equal(byKey.get("leaf")?.tags["mlflow.parentRunId"], byKey.get("branch")?.runId);
  assert.equal(byKey.get("branch")?.tags["mlflow.parentRunId"], byKey.get("root")?.runId);
});

Deno.test("recordRuns() refuses before anything is sent: circles, doubles, absent files", async () => {
  const to = { client, spoolFolder: join(folder, "unused") };
  const circle = [
    record({ experiment: "no", key: "a", parentKey: "b" }),
    record({ experiment: "no", key: "b", parentKey: "a" }),
  ];
  await assert.rejects(recordRuns(circle, to), { name: "RangeError", message: /circle, currently a < b < a$/ });
  await assert.rejects(recordRuns([record({ experiment: "no" }), record({ experiment: "no" })], to), {
    name: "RangeError",
  });
  const absent = { path: join(folder, "absent"), artifactPath: "absent" };
  await assert.rejects(
    recordRuns([record({ experiment: "no", key: "fine" }), record({ experiment: "no", artifacts: [absent] })], to),
    Deno.errors.NotFound,
  );
  assert.equal(await client.getExperimentByName("no"), undefined);
});

Deno.test("recordRuns() spools without a server; the next call sends what waits, once", async () => {
  const spoolFolder = join(folder, "spool");
  const file = await artifact("c.txt", "spooled");
  const waiting = [
    record({ experiment: "spool", key: "root", artifacts: [file] }),
    record({ experiment: "spool", key: "leaf", parentKey: "root" }),
  ];
  const outcomes = await recordRuns(waiting, { client: nobody, spoolFolder });
  assert.deepEqual(outcomes.map(({ outcome }) => outcome), ["spooled", "spooled"]);
  await recordRuns([waiting[0]], { client: nobody, spoolFolder }); // spooled again: still one
  assert.equal((await spooledRuns(spoolFolder)).length, 2);
  await Deno.remove(file.path); // the copy is what counts

  const [late] = await recordRuns([record({ experiment: "spool", key: "late", parentKey: "leaf" })], {
    trackingUri: server.trackingUri,
    spoolFolder,
  });
  assert.equal(late.outcome, "recorded");
  assert.deepEqual(await spooledRuns(spoolFolder), []);
  const runs = await runsOf("spool");
  assert.deepEqual(runs.map((run) => run.tags["run.key"]).sort(), ["late", "leaf", "root"]);
  const root = runs.find((run) => run.tags["run.key"] === "root")!;
  await client.downloadArtifact(root.runId, "files/c.txt", join(folder, "c.back"));
  assert.equal(await Deno.readTextFile(join(folder, "c.back")), "spooled");
});

Deno.test("recordRuns() keeps a record that the server refuses, and goes on with the others", async () => {
  const spoolFolder = join(folder, "refused");
  await recordRun(client, record({ experiment: "refused" }));
  const [bad, good] = await recordRuns([
    record({ experiment: "refused", parameters: { horizonDays: 6 } }),
    record({ experiment: "refused", key: "study/2" }),
  ], { client, spoolFolder });
  assert.deepEqual([bad.outcome, good.outcome], ["refused", "recorded"]);
  const [replayed] = await replaySpool(client, { spoolFolder });
  assert.equal(replayed.outcome, "refused");
  assert.match(replayed.reason!, /INVALID_PARAMETER_VALUE/);
  assert.equal((await spooledRuns(spoolFolder)).length, 1);
});

for (const moment of ["before", "after"] as const) {
  Deno.test(`replaySpool() cut off ${moment} any request and repeated loses nothing and doubles nothing`, async () => {
    const spoolFolder = join(folder, `cut ${moment}`);
    const experiment = `cut ${moment}`;
    const artifacts = [await artifact("d.txt", "cut")];
    await spoolRun(record({ experiment, key: "root", artifacts }), spoolFolder);
    await spoolRun(record({ experiment, key: "leaf", parentKey: "root", artifacts }), spoolFolder);
    let cuts = 0;
    for (let patience = 1;; patience++) {
      let requests = 0;
      const dying = new MlflowClient(server.trackingUri, {
        retries: 0,
        fetch: async (input, init) => {
          if (++requests < patience) return await fetch(input, init);
          if (moment === "after") await (await fetch(input, init)).body?.cancel();
          throw new TypeError("connection died");
        },
      });
      const replayed = await replaySpool(dying, { spoolFolder });
      if (replayed.every(({ outcome }) => outcome === "recorded")) break;
      assert.ok(replayed.every(({ outcome }) => outcome !== "refused"), JSON.stringify(replayed));
      cuts++;
    }
    assert.ok(cuts >= 7, `cut off ${cuts} times`);
    assert.deepEqual(await spooledRuns(spoolFolder), []);
    const runs = await runsOf(experiment);
    assert.deepEqual(runs.map((run) => run.tags["run.key"]).sort(), ["leaf", "root"]);
    for (const run of runs) {
      assert.equal(run.status, "FINISHED");
      assert.equal(run.datasets.length, 1);
      assert.equal((await client.getMetricHistory(run.runId, "daily_ic")).length, 2);
      assert.deepEqual((await client.listArtifacts(run.runId, { path: "files" })).map(({ bytes }) => bytes), [3]);
    }
  });
}

Deno.test("replaySpool() in a process that is killed again and again ends with every run once", async () => {
  const spoolFolder = join(folder, "killed");
  const keys = Array.from({ length: 6 }, (_, index) => `run ${index}`);
  for (const key of keys) await spoolRun(record({ experiment: "killed", key }), spoolFolder);
  const script = `
    import { MlflowClient, replaySpool } from "@lib/tracking";
    console.log("go");
    await replaySpool(new MlflowClient(${JSON.stringify(server.trackingUri)}), { spoolFolder: ${
    JSON.stringify(spoolFolder)
  } });`;
  for (const milliseconds of [30, 80, 150]) {
    const process = new Deno.Command(Deno.execPath(), {
      args: ["eval", script],
      cwd: new URL("../..", import.meta.url),
      stdout: "piped",
    }).spawn();
    const reader = process.stdout.getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    try {
      process.kill("SIGKILL");
    } catch {
      // it was quick enough to end by itself
    }
    await process.status;
    await reader.cancel();
  }
  await replaySpool(client, { spoolFolder });
  const runs = await runsOf("killed");
  assert.deepEqual(runs.map((run) => run.tags["run.key"]).sort(), keys);
  assert.ok(runs.every(({ status }) => status === "FINISHED"));
  assert.deepEqual([...Deno.readDirSync(spoolFolder)].filter(({ isDirectory }) => isDirectory), []);
});

Deno.test("replaySpool() leaves a record that cannot be read where it is, and clears what was half written", async () => {
  const spoolFolder = join(folder, "broken");
  await Deno.mkdir(join(spoolFolder, "torn"), { recursive: true });
  await Deno.writeTextFile(join(spoolFolder, "torn", "record.json"), "{");
  await Deno.mkdir(join(spoolFolder, "half", "artifacts-1"), { recursive: true });
  await spoolRun(record({ experiment: "broken" }), spoolFolder);
  const replayed = await replaySpool(client, { spoolFolder });
  assert.deepEqual(replayed.map(({ key, outcome }) => [key, outcome]), [["torn", "refused"], ["study/1", "recorded"]]);
  const left = [...Deno.readDirSync(spoolFolder)].filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
  assert.deepEqual(left, ["torn"]);
});

Deno.test("replaySpool() of a folder that is not there does nothing", async () => {
  assert.deepEqual(await replaySpool(nobody, { spoolFolder: join(folder, "never") }), []);
});
