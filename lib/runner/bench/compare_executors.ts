/**
 * Executes the same notebooks with this runner, `jupyter nbconvert --execute` and papermill, each as a command of its
 * own on the same Deno kernel, and prints one table: wrong cells, start, overhead, time and memory.
 *
 * The random cells hold no errors, so that all run to the end. They hold kinds that the kernel itself loses for every
 * client (null, NaN, raw writes, child processes), which only this runner brings back; "wrong otherwise" leaves those
 * cells out. nbconvert is taken from .tools/python; papermill is installed into .tools/papermill from papermill.lock,
 * which needs the network the first time. Takes a minute or two.
 *
 * Run: deno run -A lib/runner/bench/compare_executors.ts [random cells] [repeats]
 */
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { repositoryPath } from "@lib/core";
import { type CellOutput, type CodeCell, readNotebook, writeNotebook } from "../notebook_file.ts";
import { comparable, type HostileCell } from "./hostile_cells.ts";
import { randomCells } from "./random_cells.ts";

const count = Number(Deno.args[0] ?? 400);
const repeats = Number(Deno.args[1] ?? 3);
/** Cells that do next to nothing: their time is the executor's. */
const TRIVIAL_CELLS = 1000; // fewer drown in the spread of the start
const LOST_BY_THE_KERNEL = /forgets|raw write|child process/;
const POLL_MS = 100;

interface Execution {
  seconds: number;
  /** Most memory that the command and its kernel held, what they share counted once. */
  megabytes: number;
}

const python = repositoryPath(".tools", "python", "bin", "python");
const papermillFolder = repositoryPath(".tools", "papermill");
const folder = await Deno.makeTempDir({ prefix: "runner-bench-" });
const kernelSpec = join(folder, "jupyter", "kernels", "deno");
await Deno.mkdir(kernelSpec, { recursive: true });
const argv = [Deno.execPath(), "jupyter", "--kernel", "--conn", "{connection_file}"];
await Deno.writeTextFile(
  join(kernelSpec, "kernel.json"),
  JSON.stringify({ argv, display_name: "Deno", language: "typescript" }),
);
await installPapermill();

const jupyter = { JUPYTER_PATH: join(folder, "jupyter"), JUPYTER_PREFER_ENV_PATH: "0", IPYTHONDIR: folder };
const executors: [name: string, command: (from: string, to: string) => [string, string[], Record<string, string>]][] = [
  [
    "this runner",
    (from, to) => [Deno.execPath(), ["run", "-A", import.meta.resolve("./execute_one.ts"), from, to], {}],
  ],
  [
    "nbconvert",
    (from, to) => [python, ["-m", "nbconvert", "--to=notebook", "--execute", `--output=${to}`, from], jupyter],
  ],
  ["papermill", (from, to) => [
    python,
    ["-m", "papermill", "--no-progress-bar", from, to],
    { ...jupyter, PYTHONPATH: papermillFolder },
  ]],
];

const random = randomCells(count, { seed: 1, errorShare: 0 });
const notebooks = {
  one: await writeCells("one", ["1"]),
  trivial: await writeCells("trivial", Array.from({ length: TRIVIAL_CELLS + 1 }, (_, i) => String(i))),
  random: await writeCells("random", random.map(({ code }) => code)),
};
console.log(`${count} random cells, ${repeats} times each; medians`);
console.log("executor     wrong cells  wrong otherwise  start s  ms per cell  whole s  memory MB");
for (const [name, command] of executors) {
  const wrong = new Set<HostileCell>();
  const times: Record<keyof typeof notebooks, number[]> = { one: [], trivial: [], random: [] };
  const memory: number[] = [];
  await measure(...command(notebooks.one, join(folder, "warm_up.ipynb"))); // files are read from disk the first time
  for (let i = 0; i < repeats; i++) {
    for (const [kind, path] of Object.entries(notebooks) as [keyof typeof notebooks, string][]) {
      const executed = join(folder, `${kind}_executed.ipynb`);
      const { seconds, megabytes } = await measure(...command(path, executed));
      times[kind].push(seconds);
      memory.push(megabytes);
      if (kind === "random") { for (const cell of await wrongCells(executed)) wrong.add(cell); }
    }
  }
  const start = median(times.one);
  const columns: [string, number][] = [
    [String(wrong.size), 13],
    [String([...wrong].filter(({ title }) => !LOST_BY_THE_KERNEL.test(title)).length), 16],
    [start.toFixed(2), 8],
    [((median(times.trivial) - start) / TRIVIAL_CELLS * 1000).toFixed(1), 12],
    [median(times.random).toFixed(1), 8],
    [Math.max(...memory).toFixed(0), 10],
  ];
  console.log(name.padEnd(11) + columns.map(([text, width]) => text.padStart(width)).join(" "));
}
await Deno.remove(folder, { recursive: true });

async function installPapermill(): Promise<void> {
  const { success, stderr } = await new Deno.Command(repositoryPath(".tools", "python", "bin", "uv"), {
    args: [
      ...["pip", "install", "--quiet", "--require-hashes", "--no-deps"],
      ...["--python", python, "--target", papermillFolder],
      ...["-r", repositoryPath("lib", "runner", "bench", "papermill.lock")],
    ],
  }).output();
  if (!success) throw new Error(`Cannot install papermill: ${new TextDecoder().decode(stderr)}`);
}

async function writeCells(name: string, sources: string[]): Promise<string> {
  const path = join(folder, `${name}.ipynb`);
  await writeNotebook(path, {
    cells: sources.map((source, i): CodeCell => ({
      cell_type: "code",
      id: `cell-${i}`,
      metadata: {},
      source,
      outputs: [],
      execution_count: null,
    })),
    metadata: { kernelspec: { name: "deno", display_name: "Deno", language: "typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  });
  return path;
}

async function measure(program: string, args: string[], env: Record<string, string>): Promise<Execution> {
  const start = performance.now();
  const process = new Deno.Command(program, { args, env, stdout: "null", stderr: "piped" }).spawn();
  const said = new Response(process.stderr).text();
  let kilobytes = 0;
  const poll = setInterval(() => {
    const held = withDescendants(process.pid).reduce((sum, id) => sum + proportionalKilobytes(id), 0);
    kilobytes = Math.max(kilobytes, held);
  }, POLL_MS);
  const { success } = await process.status;
  clearInterval(poll);
  if (!success) throw new Error(`Cannot execute with ${program} ${args.join(" ")}: ${(await said).slice(-1000)}`);
  return { seconds: (performance.now() - start) / 1000, megabytes: kilobytes / 1024 };
}

function withDescendants(processId: number): number[] {
  const children = new Map<number, number[]>();
  for (const { name } of Deno.readDirSync("/proc")) {
    const parent = /^\d+$/.test(name) ? Number(/\) \S (\d+)/.exec(readOrNothing(`/proc/${name}/stat`))?.[1]) : NaN;
    children.set(parent, [...children.get(parent) ?? [], Number(name)]);
  }
  const below = (id: number): number[] => [id, ...(children.get(id) ?? []).flatMap(below)];
  return below(processId);
}

/** Memory of a process, in which what n processes share counts as an n-th. */
function proportionalKilobytes(processId: number): number {
  return Number(/^Pss:\s*(\d+)/m.exec(readOrNothing(`/proc/${processId}/smaps_rollup`))?.[1] ?? 0);
}

/** A process may have ended by now. */
function readOrNothing(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}

async function wrongCells(executed: string): Promise<HostileCell[]> {
  const shown = (await readNotebook(executed)).cells as CodeCell[];
  return random.filter(({ expected }, i) =>
    !isDeepStrictEqual(comparable(joinStreams(shown[i].outputs)), comparable(expected))
  );
}

/** Some executors keep each piece of a stream as an output of its own, which is no fault. */
function joinStreams(outputs: readonly CellOutput[]): CellOutput[] {
  const joined: CellOutput[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    const isMore = last?.output_type === "stream" && output.output_type === "stream" && last.name === output.name;
    if (isMore) joined[joined.length - 1] = { ...last, text: last.text + output.text };
    else joined.push(output);
  }
  return joined;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
