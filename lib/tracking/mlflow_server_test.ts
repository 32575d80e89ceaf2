import assert from "node:assert/strict";
import { join } from "node:path";
import { FileLock, portIsFree, repositoryPath } from "@lib/core";
import { startMlflowServer } from "./mlflow_server.ts";

const storeIn = async () => join(await Deno.makeTempDir({ prefix: "mlflow_server" }), "store");
const isHealthy = async (trackingUri: string) => {
  try {
    return await (await fetch(`${trackingUri}/health`)).text() === "OK";
  } catch {
    return false;
  }
};
const until = async (condition: () => boolean | Promise<boolean>, seconds: number) => {
  const deadline = performance.now() + 1_000 * seconds;
  while (!await condition()) {
    assert.ok(performance.now() < deadline, `not so within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const shared = await storeIn(); // one store for the tests that need a real start: a fresh one takes seconds to lay out
Deno.test.afterAll(() => Deno.remove(join(shared, ".."), { recursive: true }));

Deno.test("startMlflowServer() ends with the last of its owners, by whatever signal they die", async () => {
  const script = `
    import { startMlflowServer } from "@lib/tracking";
    const { trackingUri } = await startMlflowServer({ storeFolder: ${JSON.stringify(shared)} });
    console.log(trackingUri);
    await new Promise(() => setInterval(() => {}, 1_000));`;
  const owner = () =>
    new Deno.Command(Deno.execPath(), { args: ["eval", script], cwd: repositoryPath(), stdout: "piped" }).spawn();
  const early = owner(); // dies while the server starts: those that come then join that server or start another
  await until(() => Deno.stat(join(shared, "server.json")).then(() => true, () => false), 20);
  early.kill("SIGKILL");
  const owners = [1, 2, 3].map(owner);
  await Promise.all([early.status, early.stdout.cancel()]);
  const readers = owners.map(({ stdout }) => stdout.getReader());
  const uris = await Promise.all(readers.map(async (reader) => new TextDecoder().decode((await reader.read()).value)));
  assert.equal(new Set(uris).size, 1);
  const trackingUri = uris[0].trim();
  for (const [index, signal] of (["SIGKILL", "SIGINT", "SIGTERM"] as const).entries()) {
    assert.ok(await isHealthy(trackingUri));
    owners[index].kill(signal);
    await owners[index].status;
    await readers[index].cancel();
  }
  await until(() => FileLock.isFree(join(shared, "locks", "serving")), 10);
  assert.equal(await isHealthy(trackingUri), false);
});

Deno.test("startMlflowServer() serves a store for all its owners, and the last one to stop ends it", async () => {
  const [first, second] = await Promise.all([1, 2].map(() => startMlflowServer({ storeFolder: shared })));
  assert.deepEqual([first.trackingUri, first.pid], [second.trackingUri, second.pid]);
  assert.deepEqual([first.reused, second.reused].sort(), [false, true]);
  assert.ok(Number(new URL(first.trackingUri).port) < 32_768);
  const [starter, joiner] = first.reused ? [second, first] : [first, second];
  await starter.stop();
  assert.ok(await isHealthy(first.trackingUri));
  assert.ok(await joiner.isAlive());
  await joiner.stop();
  await joiner.stop();
  assert.equal(await joiner.isAlive(), false);
  assert.equal(await isHealthy(first.trackingUri), false);
});

Deno.test("startMlflowServer() says that a port is taken", async () => {
  const storeFolder = await storeIn();
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  assert.equal(portIsFree(port), false);
  await assert.rejects(startMlflowServer({ storeFolder, port }), {
    message: `Cannot start MLflow: port ${port} must be free, current state is taken`,
  });
  await Deno.remove(join(storeFolder, ".."), { recursive: true });
});

Deno.test("startMlflowServer() says that Python is missing, or that it has no MLflow", async () => {
  const storeFolder = await storeIn();
  await assert.rejects(startMlflowServer({ storeFolder, python: "/nowhere/python" }), {
    message: /a Python with MLflow must be at \/nowhere\/python, current state is that it is missing$/,
  });
  const bare = join(storeFolder, "bare_python");
  await Deno.writeTextFile(bare, `#!/bin/sh\nexec ${repositoryPath(".tools/python/bin/python")} -I -S "$@"\n`, {
    mode: 0o755,
  });
  await assert.rejects(startMlflowServer({ storeFolder, python: bare }), {
    message:
      /it must go on running, it ended with code 1; last lines of .*server\.log:\nthe package mlflow is not installed/,
  });
  await Deno.remove(join(storeFolder, ".."), { recursive: true });
});

Deno.test("startMlflowServer() shows the log of a store that it cannot open", async () => {
  const storeFolder = await storeIn();
  await Deno.mkdir(storeFolder);
  await Deno.writeTextFile(
    join(storeFolder, "mlflow.db"),
    "this is no database, and long enough to be told from an empty one\n",
  );
  await assert.rejects(startMlflowServer({ storeFolder }), { message: /file is not a database/ });
  assert.equal(await FileLock.isFree(join(storeFolder, "locks", "serving")), true);
  await Deno.remove(join(storeFolder, ".."), { recursive: true });
});

Deno.test("startMlflowServer() gives up in time, and takes the silent server with it", async () => {
  const storeFolder = await storeIn();
  await assert.rejects(startMlflowServer({ storeFolder, readyTimeoutSeconds: 0.3 }), {
    message: /must answer in time, current state is silence/,
  });
  assert.equal(await FileLock.isFree(join(storeFolder, "locks", "serving")), true);
  await Deno.remove(join(storeFolder, ".."), { recursive: true });
});

Deno.test("startMlflowServer() refuses a folder that a database's address would misread", async () => {
  await assert.rejects(startMlflowServer({ storeFolder: "/tmp/50%" }), { name: "RangeError" });
});
