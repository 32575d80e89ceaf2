import assert from "node:assert/strict";
import { join } from "node:path";
import { executeCell } from "./execute_cell.ts";
import { Kernel } from "./kernel.ts";

const folder = Deno.makeTempDirSync();
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** Whether a process runs; one that has ended and waits to be buried does not. */
async function runs(processId: number): Promise<boolean> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "stat=", "-p", String(processId)] }).output();
  const state = new TextDecoder().decode(stdout).trim();
  return state !== "" && !state.startsWith("Z");
}

async function eventually(condition: () => Promise<boolean>): Promise<boolean> {
  for (let i = 0; i < 150; i++) {
    if (await condition()) return true;
    await new Promise((go) => setTimeout(go, 20));
  }
  return false;
}

Deno.test("Kernel.start() gives a kernel that answers, and stop() leaves no process and no file", async () => {
  const kernel = await Kernel.start({ folder });
  const info = await kernel.request("control", "kernel_info_request").reply;
  assert.equal((info?.content.language_info as { name: string }).name, "typescript");
  assert.ok(await runs(kernel.processId));
  await Promise.all([kernel.stop(), kernel.stop()]);
  assert.ok(!await runs(kernel.processId));
  assert.ok(kernel.hasEnded);
  assert.equal(await kernel.execute("1").reply, undefined);
});

Deno.test("Kernel.stop() also ends the programs that cells started", async () => {
  const kernel = await Kernel.start({ folder });
  const { outputs } = await executeCell(kernel, `console.log(new Deno.Command("sleep", { args: ["60"] }).spawn().pid)`);
  const sleeping = Number(outputs[0].output_type === "stream" ? outputs[0].text : NaN);
  assert.ok(await runs(sleeping));
  await kernel.stop();
  assert.ok(await eventually(async () => !await runs(sleeping)));
});

Deno.test("Kernel ends with the process that started it, even if that is killed while a cell computes", async () => {
  const pidFile = join(folder, "pid");
  const program = `
    import { executeCell } from ${JSON.stringify(import.meta.resolve("./execute_cell.ts"))};
    import { Kernel } from ${JSON.stringify(import.meta.resolve("./kernel.ts"))};
    const kernel = await Kernel.start({ folder: ${JSON.stringify(folder)} });
    await Deno.writeTextFile(${JSON.stringify(pidFile)}, String(kernel.processId));
    await executeCell(kernel, "while (true);");`;
  const starter = new Deno.Command(Deno.execPath(), { args: ["eval", program], stdout: "null", stderr: "null" })
    .spawn();
  assert.ok(await eventually(() => Deno.stat(pidFile).then(({ size }) => size > 0, () => false)));
  const processId = Number(await Deno.readTextFile(pidFile));
  assert.ok(await runs(processId));
  starter.kill("SIGKILL");
  await starter.status;
  assert.ok(await eventually(async () => !await runs(processId)));
});

Deno.test("Kernel.stop() lets its program end, though one that has left the group still holds the pipes", async () => {
  const program = `
    import { executeCell } from ${JSON.stringify(import.meta.resolve("./execute_cell.ts"))};
    import { Kernel } from ${JSON.stringify(import.meta.resolve("./kernel.ts"))};
    const kernel = await Kernel.start({ folder: ${JSON.stringify(folder)} });
    const start = 'new Deno.Command("sleep", { args: ["60"], detached: true }).spawn()';
    const { outputs } = await executeCell(kernel, "console.log(" + start + ".pid)");
    await kernel.stop();
    console.log(outputs[0].text);`;
  const signal = AbortSignal.timeout(20_000);
  const { stdout, code } = await new Deno.Command(Deno.execPath(), { args: ["eval", program], signal }).output();
  Deno.kill(Number(new TextDecoder().decode(stdout)), "SIGKILL");
  assert.equal(code, 0);
});

Deno.test("Kernel.start() says why a kernel could not start", async () => {
  const broken = join(folder, "broken");
  await Deno.mkdir(broken);
  await Deno.writeTextFile(join(broken, "deno.json"), "{ this is no JSON");
  await assert.rejects(Kernel.start({ folder: broken }), /Cannot start the Deno kernel: .*deno\.json/s);
});
