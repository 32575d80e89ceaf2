import assert from "node:assert/strict";
import { join } from "node:path";
import { repositoryPath } from "@lib/core";
import { comparable } from "./bench/hostile_cells.ts";
import { executedCells, parseNotebook, readNotebook } from "./notebook_file.ts";
import type { ParameterOverrides } from "./parameters.ts";
import { type CellProgress, type NotebookRun, runNotebook, type RunNotebookOptions } from "./run_notebook.ts";
import { codeCell } from "./testdata/code_cell.ts";

const folder = Deno.makeTempDirSync();
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
let written = 0;

/** Writes a notebook of these cells; one that begins with `let` is the parameters cell. */
function write(...sources: string[]): string {
  const cells = sources.map((source, i) =>
    codeCell(`cell-${i + 1}`, source, source.startsWith("let ") ? ["parameters"] : [])
  );
  const path = join(folder, `${++written}.ipynb`);
  Deno.writeTextFileSync(path, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return path;
}

/** Runs the cells, unchecked unless asked; the executed notebook must be valid whatever happens. */
async function run(sources: string[], options: RunNotebookOptions = {}) {
  const outputFolder = join(folder, "executed");
  const result = await runNotebook(write(...sources), { outputFolder, check: "none", ...options });
  const { cells, metadata } = await readNotebook(result.executedPath);
  return { result, metadata, shown: cells.map((cell) => cell.cell_type === "code" ? comparable(cell.outputs) : []) };
}

const statuses = ({ cells }: NotebookRun) => cells.map(({ status }) => status);

Deno.test("runNotebook() executes all cells, reports each, and leaves a notebook that Python's nbformat finds valid", async () => {
  const progress: CellProgress[] = [];
  const sources = [
    `let horizonDays = 5;\nlet name = "a";`,
    `console.log(horizonDays, name); console.error("e"); await Deno.jupyter.display({ "text/plain": 5, "a/b": { c: 1 } }, { raw: true });`,
    " ",
    `({ [Symbol.for("Jupyter.display")]: () => ({ "application/vnd.plotly.v1+json": { data: [] }, "image/png": "QUJD" }) })`,
  ];
  const { result, shown, metadata } = await run(sources, {
    parameters: "horizonDays=20",
    onProgress: (cell) => progress.push(cell),
  });
  assert.equal(result.status, "ok");
  assert.equal(result.failedCell, undefined);
  assert.deepEqual(result.parameters, { horizonDays: 20, name: "a" });
  assert.deepEqual(shown[1], []);
  assert.deepEqual(shown[2].slice(0, 2), [["stdout", "20 a\n"], ["stderr", "e\n"]]);
  assert.deepEqual((metadata.runner as NotebookRun).parameters, { horizonDays: 20, name: "a" });
  assert.deepEqual(statuses(result), ["ok", "ok", "ok", "ok"]);
  assert.deepEqual(progress.map(({ number, count, status }) => `${number}/${count} ${status}`), [
    "1/4 running",
    "1/4 ok",
    "2/4 running",
    "2/4 ok",
    "3/4 running",
    "3/4 ok",
    "4/4 running",
    "4/4 ok",
  ]);
  const validate = "import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], nbformat.NO_CONVERT))";
  const python = new Deno.Command(repositoryPath(".tools", "python", "bin", "python"), {
    args: ["-W", "error", "-c", validate, result.executedPath],
  });
  const { success, stderr } = await python.output();
  assert.ok(success, new TextDecoder().decode(stderr));
});

Deno.test("runNotebook() stops at the first cell that fails and keeps everything before", async () => {
  const { result, shown } = await run([
    `console.log("one")`,
    `console.log("two"); throw new RangeError("no")`,
    `"three"`,
  ]);
  assert.equal(result.status, "error");
  assert.deepEqual(statuses(result), ["ok", "error"]);
  const { number, id, errorName, errorMessage } = result.failedCell!;
  assert.deepEqual([number, id, errorName, errorMessage], [2, "cell-2", "RangeError", "no"]);
  assert.deepEqual(shown, [[["stdout", "one\n"]], [["stdout", "two\n"], ["error", "RangeError", "no"]], []]);
});

Deno.test("runNotebook() fails the cell that started what throws later, and stops", async () => {
  const { result, shown } = await run([
    `setTimeout(() => { throw new RangeError("late"); }, 20)\n1`,
    `await new Promise((go) => setTimeout(go, 60)); 2`,
    `3`,
  ]);
  assert.deepEqual([result.status, result.failedCell?.id, result.failedCell?.errorMessage], [
    "error",
    "cell-1",
    "late",
  ]);
  assert.deepEqual(statuses(result), ["error", "ok"]);
  assert.deepEqual(shown.map((outputs) => outputs.length), [2, 1, 0]);
});

Deno.test("runNotebook() leaves a notebook when a cell takes too long, or ends the kernel", async () => {
  const late = await run([`"kept"`, `console.log("a"); await new Promise(() => {})`], { timeoutSeconds: 0.3 });
  assert.equal(late.result.status, "timeout");
  assert.deepEqual(late.shown[0], [["execute_result", { "text/plain": '"kept"' }]]);
  assert.deepEqual(late.shown[1][0], ["stdout", "a\n"]);
  const ended = await run([`"kept"`, `console.log("a"); Deno.exit(0)`, "1"]);
  assert.equal(ended.result.status, "died");
  assert.equal(ended.result.failedCell?.errorName, "KernelDied");
  assert.deepEqual(ended.shown[1][0], ["stdout", "a\n"]);
});

Deno.test("runNotebook() can be interrupted, in a cell and before one", async () => {
  const controller = new AbortController();
  const inside = await run([`console.log("a"); while (true);`, "1"], {
    onProgress: () => setTimeout(() => controller.abort(), 200),
    signal: controller.signal,
  });
  assert.equal(inside.result.status, "interrupted");
  assert.deepEqual(inside.shown[0][0], ["stdout", "a\n"]);
  const before = await run(["1"], { signal: AbortSignal.abort() });
  assert.equal(before.result.status, "interrupted");
  assert.deepEqual(before.result.failedCell?.number, 1);
  assert.deepEqual(before.shown, [[]]);
});

Deno.test("runNotebook() refuses wrong parameters before anything is executed or written", async () => {
  const executedPath = join(folder, "never.ipynb");
  const path = write("let days = 1;", `Deno.writeTextFileSync("side_effect", "")`);
  for (const parameters of [{ day: 1 } as ParameterOverrides, { days: "1" }, "days=x"]) {
    await assert.rejects(runNotebook(path, { parameters, executedPath }), /Cannot set parameter/);
  }
  await assert.rejects(runNotebook(path, { executedPath: path }), /the executed notebook must go elsewhere/);
  await assert.rejects(runNotebook(path, { executedPath, timeoutSeconds: 0 }), /timeoutSeconds must be above 0/);
  await assert.rejects(Deno.stat(executedPath), Deno.errors.NotFound);
});

Deno.test("runNotebook() works in the notebook's folder, or in another one, with the environment given", async () => {
  const show = `console.log(Deno.cwd(), Deno.env.get("SPECIAL"))`;
  const own = await run([show], { environment: { SPECIAL: "yes" } });
  assert.deepEqual(own.shown[0], [["stdout", `${await Deno.realPath(folder)} yes\n`]]);
  const elsewhere = await run([show], { workingFolder: "/" });
  assert.deepEqual(elsewhere.shown[0], [["stdout", "/ undefined\n"]]);
});

Deno.test("runNotebook() tells cells the path of their notebook", async () => {
  const path = write(`console.log(Deno.env.get("JPY_SESSION_NAME"));`);
  const { executedPath } = await runNotebook(path, { outputFolder: join(folder, "named"), check: "none" });
  const [cell] = executedCells(await readNotebook(executedPath));
  assert.deepEqual(comparable(cell.outputs), [["stdout", `${path}\n`]]);
});

Deno.test("runNotebook() finds deno.json upwards from the notebook", async () => {
  const project = join(folder, "project");
  await Deno.mkdir(join(project, "deep"), { recursive: true });
  await Deno.writeTextFile(join(project, "deno.json"), JSON.stringify({ imports: { "own-name": "./value.ts" } }));
  await Deno.writeTextFile(join(project, "value.ts"), "export const value: number = 42;");
  const path = join(project, "deep", "a.ipynb");
  await Deno.rename(write(`import { value } from "own-name";`, "value"), path);
  const { status, executedPath } = await runNotebook(path, { outputFolder: folder, workingFolder: "/" });
  assert.equal(status, "ok");
  assert.deepEqual(comparable(parsedOutputs(await Deno.readTextFile(executedPath), 1)), [["execute_result", {
    "text/plain": "42",
  }]]);
});

Deno.test("runNotebook() runs two at once without mixing them", async () => {
  const sources = (name: string) =>
    Array.from({ length: 15 }, (_, i) => `console.log("${name}${i}"); console.error(${i}); ${i}`);
  const runs = await Promise.all(["a", "b"].map((name) => run(sources(name))));
  runs.forEach(({ shown }, which) =>
    shown.forEach((outputs, i) =>
      assert.deepEqual(outputs, [
        ["stdout", `${"ab"[which]}${i}\n`],
        ["stderr", `${i}\n`],
        ["execute_result", { "text/plain": String(i) }],
      ])
    )
  );
});

Deno.test("runNotebook() executes nothing where types do not fit, and shows each fault with its cell", async () => {
  const sources = [
    `let days = 1; // 1 to 9 days: how many`,
    `var side = Deno.writeTextFileSync("${folder}/side_effect", ""); const text: number = days; text;`,
    `days.length`,
    `const b = 2;`,
  ];
  const { result, shown, metadata } = await run(sources, { check: "types", parameters: "days=2" });
  assert.equal(result.status, "refused");
  assert.equal((metadata.runner as NotebookRun).status, "refused");
  assert.deepEqual(result.cells, []);
  const { number, id, errorName, errorMessage } = result.failedCell!;
  assert.deepEqual([number, id, errorName], [4, "cell-3", "CellFault"]);
  assert.match(errorMessage, /^\/.*ipynb cell 3 \(id cell-3\) line 1, column 6: Property 'length' .*\(TS2339\)$/);
  assert.deepEqual(shown.map((outputs) => outputs.length), [0, 0, 0, 1, 0]);
  await assert.rejects(Deno.stat(join(folder, "side_effect")), Deno.errors.NotFound);
});

Deno.test("runNotebook() tells what the linter finds, and is kept from running by it only when asked", async () => {
  const told = await run([`var a = 1;`], { check: "types" });
  assert.equal(told.result.status, "ok");
  assert.deepEqual(told.result.faults.map(({ code }) => code).toSorted(), ["no-unused-vars", "no-var"]);
  assert.equal((await run([`var a = 1;`], { check: "all" })).result.status, "refused");
});

Deno.test("runNotebook() ends when the time of the whole run is over", async () => {
  const { result, shown } = await run([`"kept"`, `await new Promise((go) => setTimeout(go, 60_000))`], {
    runTimeoutSeconds: 3,
  });
  assert.equal(result.status, "timeout");
  assert.equal(result.failedCell?.errorMessage, "the run did not end within 3 s");
  assert.deepEqual(shown[0], [["execute_result", { "text/plain": '"kept"' }]]);
  await assert.rejects(run(["1"], { runTimeoutSeconds: 0 }), /runTimeoutSeconds must be above 0/);
});

/** Runs a notebook in a process of its own; `prepare` are words of the shell before it. */
function runElsewhere(prepare: string, path: string, executedPath: string): Deno.ChildProcess {
  const script = join(folder, `${++written}.ts`);
  Deno.writeTextFileSync(
    script,
    `import { runNotebook } from ${JSON.stringify(import.meta.resolve("./run_notebook.ts"))};
    await runNotebook(${JSON.stringify(path)}, { executedPath: ${JSON.stringify(executedPath)}, check: "none" });`,
  );
  const config = `--config=${repositoryPath("deno.json")}`;
  return new Deno.Command("sh", {
    args: ["-c", `${prepare} exec "$@"`, "sh", Deno.execPath(), "run", "-A", "--quiet", config, script],
    env: { TMPDIR: folder, NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
}

Deno.test("runNotebook() leaves a valid notebook with what the running cell showed, and no process, when it is killed", async () => {
  const executedPath = join(folder, "killed.ipynb");
  const path = write(`console.log(Deno.pid); while (true);`);
  const child = runElsewhere("", path, executedPath);
  let kernel = NaN;
  while (Number.isNaN(kernel)) {
    await new Promise((go) => setTimeout(go, 50));
    const [first] = await readNotebook(executedPath).then(({ cells }) => cells, () => []);
    const [output] = first?.cell_type === "code" ? first.outputs : [];
    if (output?.output_type === "stream") kernel = Number(output.text);
  }
  child.kill("SIGKILL");
  await child.output();
  assert.equal(((await readNotebook(executedPath)).metadata.runner as { status: string }).status, "running");
  for (let tries = 0; tries < 100 && await isAlive(kernel); tries++) await new Promise((go) => setTimeout(go, 30));
  assert.equal(await isAlive(kernel), false);
});

async function isAlive(processId: number): Promise<boolean> {
  const { success } = await new Deno.Command("kill", { args: ["-0", String(processId)], stderr: "null" }).output();
  return success;
}

/** Words of a shell of its own that may mount: a disk of that size at `disk`, then what follows. */
const withDisk = (
  size: string,
  then: string,
) => ["-rm", "sh", "-c", `mount -t tmpfs -o size=${size} tmpfs "${folder}/disk" && ${then}`];
Deno.mkdirSync(join(folder, "disk"));
const canMount = await new Deno.Command("unshare", { args: withDisk("1m", "true"), stderr: "null" })
  .output().then(({ success }) => success, () => false);

Deno.test({
  name: "runNotebook() leaves the notebook elsewhere, with a clear message, where the disk is full",
  ignore: !canMount, // a small disk needs user namespaces
  fn: async () => {
    const prepare = `exec unshare ${withDisk("64k", 'exec "$@"').map((word) => `'${word}'`).join(" ")} sh "$@";`;
    const path = write(`"kept"`, `console.log("x".repeat(500_000))`);
    const { code, stderr } = await runElsewhere(prepare, path, join(folder, "disk", "full.ipynb")).output();
    const text = new TextDecoder().decode(stderr);
    assert.equal(code, 1);
    const left = text.match(/Cannot write .*full\.ipynb: .*No space left.*; it was left at (.*\.ipynb)/)?.[1];
    const { cells, metadata } = await readNotebook(left ?? text);
    assert.equal((metadata.runner as { status: string }).status, "ok");
    const sizes = cells.map((cell) => cell.cell_type === "code" ? JSON.stringify(cell.outputs).length : 0);
    assert.ok(sizes[0] < 1000 && sizes[1] > 500_000, String(sizes));
  },
});

function parsedOutputs(text: string, index: number) {
  const cell = parseNotebook(text).cells[index];
  return cell.cell_type === "code" ? cell.outputs : [];
}
