import assert from "node:assert/strict";
import { join } from "node:path";
import { repositoryPath } from "@lib/core";
import { readNotebook } from "@lib/runner";

const folder = Deno.makeTempDirSync();
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

async function write(name: string, ...sources: string[]): Promise<string> {
  const cells = sources.map((source, i) => ({
    cell_type: "code",
    id: `cell-${i + 1}`,
    metadata: i === 0 ? { tags: ["parameters"] } : {},
    source,
    outputs: [],
    execution_count: null,
  }));
  const path = join(folder, `${name}.ipynb`);
  await Deno.writeTextFile(path, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return path;
}

function start(...args: string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", repositoryPath("pipelines", "notebook.ts"), ...args],
    cwd: folder,
    env: { NO_COLOR: "1", FORCE_COLOR: "0" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await start(...args).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

Deno.test("notebook.ts leaves the executed notebook and its page, and a line for each cell", async () => {
  const path = await write("good", `let days = 5; let outputFolder = "";`, `days + 1`, `console.log(outputFolder)`);
  const { code, stdout, stderr } = await run("--notebook", path, "--out", "left", "--parameters", "days=20");
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    /^1\/4 +ok [^]*\n4\/4 +ok [^\n]*console\.log[^]*all cells ran in[^]*left\/good\.ipynb\nleft\/good\.html\n$/,
  );
  const { cells } = await readNotebook(join(folder, "left", "good.ipynb"));
  const [, , sum, printed] = cells.map((cell) => cell.cell_type === "code" ? cell.outputs[0] : undefined);
  assert.ok(sum && "data" in sum);
  assert.match(String(sum.data["text/plain"]), /21/);
  assert.ok(printed && "text" in printed);
  assert.equal(printed.text, `${await Deno.realPath(join(folder, "left"))}\n`);
  assert.match(await Deno.readTextFile(join(folder, "left", "good.html")), /<td><code>days<\/code><\/td><td>20<\/td>/);
});

Deno.test("notebook.ts says which cell failed with what, and exits with 1", async () => {
  const path = await write("bad", "let days = 5;", `console.log("a"); throw new RangeError("days " + days)`, "1");
  const { code, stderr } = await run(path, "days=7", "--out", "left");
  assert.equal(code, 1);
  assert.match(stderr, /bad\.ipynb: error in cell 3 \(id cell-2\): RangeError: days 7\n/);
  assert.match(await Deno.readTextFile(join(folder, "left", "bad.html")), /class="status failed">error</);
});

Deno.test("notebook.ts refuses what it does not know, and explains itself", async () => {
  const path = await write("strict", "let days = 5;");
  const wrong = await run(path, "day=7", "--out", "never");
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /^Cannot set parameter day: .* the known ones are days \(number\)\n$/);
  await assert.rejects(Deno.stat(join(folder, "never")), Deno.errors.NotFound);
  const nothing = await run("--notebook=", "--out=never");
  assert.equal(nothing.code, 1);
  assert.match(nothing.stderr, /^Cannot run a notebook: NB must be the path of one, current value is none\n/);
  const absent = await run("absent.ipynb");
  assert.match(
    absent.stderr,
    /^Cannot read notebook absent\.ipynb: there must be a file.*, there is none\n$/,
  );
  const help = await run("--help");
  assert.equal(help.code, 0);
  assert.match(help.stdout, /--parameters/);
});

Deno.test("notebook.ts leaves a notebook when it is interrupted, and exits with 130", async () => {
  const marker = join(folder, "running");
  const path = await write(
    "long",
    "let days = 5;",
    `Deno.writeTextFileSync(${JSON.stringify(marker)}, "");\nconsole.log("a"); while (true);`,
  );
  const running = start(path, "--out", "left");
  const output = running.output();
  while (!await Deno.stat(marker).catch(() => undefined)) await new Promise((go) => setTimeout(go, 20));
  running.kill("SIGINT");
  const { code, stderr } = await output;
  assert.equal(code, 130);
  assert.match(new TextDecoder().decode(stderr), /interrupted in cell 2/);
  const { cells, metadata } = await readNotebook(join(folder, "left", "long.ipynb"));
  assert.equal((metadata.runner as { status: string }).status, "interrupted");
  assert.ok(cells[1].cell_type === "code");
  assert.deepEqual(cells[1].outputs[0], { output_type: "stream", name: "stdout", text: "a\n" });
});

Deno.test("notebook.ts runs every notebook with every value at once, from any folder, and ends with a table", async () => {
  const project = join(folder, "project");
  await Deno.mkdir(project, { recursive: true });
  await Deno.writeTextFile(join(project, "deno.json"), JSON.stringify({ imports: { own: "./value.ts" } }));
  await Deno.writeTextFile(join(project, "value.ts"), "export const value: number = 42;");
  const imports = await write("project/with imports", "let days = 5;", `import { value } from "own";\nvalue * days`);
  await write("plain", `let days = 5; let name = "";`, `if (days === 2) throw new Error("two");\nname`);
  const run1 = await run("--notebook", `'${imports}' plain.ipynb`, "--parameters", "days=1|2", "--out", "swept");
  assert.equal(run1.code, 1);
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(run1.stdout, /[\x00-\x09\x0b-\x1f]/, "plain lines hold no control characters");
  assert.match(run1.stdout, /plain\/days=1: done in 0:\d\d; /);
  assert.match(run1.stderr, /plain\.ipynb: error in cell 3 \(id cell-2\): Error: two\n/);
  const [, table] = run1.stdout.split("\n\n");
  const rows = table.trim().split("\n").map((line) => line.split(/ {2,}/).filter((_, i) => i !== 3 && i !== 4));
  assert.deepEqual(rows, [
    ["notebook", "days", "ended", "page"],
    [imports, "1", "ok", "swept/with imports/days=1/with imports.html"],
    [imports, "2", "ok", "swept/with imports/days=2/with imports.html"],
    ["plain.ipynb", "1", "ok", "swept/plain/days=1/plain.html"],
    ["plain.ipynb", "2", "error", "swept/plain/days=2/plain.html"],
  ]);
  const { cells } = await readNotebook(join(folder, "swept", "with imports", "days=2", "with imports.ipynb"));
  assert.match(JSON.stringify(cells), /84/);
});
