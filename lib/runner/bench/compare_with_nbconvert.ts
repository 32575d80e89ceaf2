/**
 * Executes the hostile cells, over and over in one notebook, with this runner and with `jupyter nbconvert --execute`,
 * and prints how many cells each got wrong and how long it took.
 *
 * Cells that stop a notebook by an error are left out, so that both run to the end. nbconvert is taken from
 * .tools/python. Takes about half a minute. Run: deno run -A lib/runner/bench/compare_with_nbconvert.ts [repeats]
 */
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { repositoryPath } from "@lib/core";
import { type CodeCell, readNotebook, writeNotebook } from "../notebook_file.ts";
import { runNotebook } from "../run_notebook.ts";
import { comparable, HOSTILE_CELLS, type HostileCell } from "./hostile_cells.ts";

const repeats = Number(Deno.args[0] ?? 10);
const harmless = HOSTILE_CELLS.filter(({ expected }) => expected.every(({ output_type }) => output_type !== "error"));
const cells: HostileCell[] = Array.from({ length: repeats }, () => harmless).flat();

const folder = await Deno.makeTempDir({ prefix: "runner-bench-" });
const path = join(folder, "hostile.ipynb");
await writeNotebook(path, {
  cells: cells.map(({ code }, i): CodeCell => ({
    cell_type: "code",
    id: `cell-${i}`,
    metadata: {},
    source: code,
    outputs: [],
    execution_count: null,
  })),
  metadata: { kernelspec: { name: "deno", display_name: "Deno", language: "typescript" } },
  nbformat: 4,
  nbformat_minor: 5,
});

async function withRunner(executedPath: string): Promise<void> {
  const { status, failedCell } = await runNotebook(path, { executedPath });
  if (status !== "ok") console.error(`The runner ended with ${status}: ${failedCell?.errorMessage}`);
}

async function withNbconvert(executedPath: string): Promise<void> {
  const kernel = join(folder, "jupyter", "kernels", "deno", "kernel.json");
  await Deno.mkdir(join(kernel, ".."), { recursive: true });
  const argv = [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"];
  await Deno.writeTextFile(kernel, JSON.stringify({ argv, display_name: "Deno", language: "typescript" }));
  const { success, stderr } = await new Deno.Command(repositoryPath(".tools", "python", "bin", "jupyter"), {
    args: ["nbconvert", "--to=notebook", "--execute", `--output=${executedPath}`, path],
    env: { JUPYTER_PATH: join(folder, "jupyter"), JUPYTER_PREFER_ENV_PATH: "0", IPYTHONDIR: folder },
  }).output();
  if (!success) console.error(`nbconvert failed: ${new TextDecoder().decode(stderr).slice(-1000)}`);
}

console.log(`${cells.length} cells`);
console.log("executor     wrong cells  seconds  ms per cell  wrong kinds");
for (const [name, execute] of [["runner", withRunner], ["nbconvert", withNbconvert]] as const) {
  const executedPath = join(folder, `${name}.ipynb`);
  const start = performance.now();
  await execute(executedPath);
  const milliseconds = performance.now() - start;
  const shown = (await readNotebook(executedPath)).cells as CodeCell[];
  const wrong = cells.filter(({ expected }, i) =>
    !isDeepStrictEqual(comparable(shown[i].outputs), comparable(expected))
  );
  console.log(
    name.padEnd(11),
    String(wrong.length).padStart(12),
    (milliseconds / 1000).toFixed(1).padStart(8),
    (milliseconds / cells.length).toFixed(1).padStart(12),
    ` ${new Set(wrong.map(({ title }) => title)).size}`,
  );
}
await Deno.remove(folder, { recursive: true });
