/**
 * Executes random cells and counts those that show anything else than they must: alone, with two kernels at once, and
 * beside programs that use up all processors. Ends with exit code 1 if a cell was wrong.
 *
 * 10,000 cells each way take some minutes. Run: deno run -A lib/runner/bench/prove_lossless.ts [cells] [seed]
 */
import { availableParallelism } from "node:os";
import { isDeepStrictEqual } from "node:util";
import { type CellExecution, executeCell } from "../execute_cell.ts";
import { Kernel } from "../kernel.ts";
import { comparable } from "./hostile_cells.ts";
import { randomCells } from "./random_cells.ts";

/** A fresh kernel after so many cells: a notebook is not longer. */
const CELLS_OF_A_NOTEBOOK = 500;
const count = Number(Deno.args[0] ?? 10_000);
const firstSeed = Number(Deno.args[1] ?? 1);

interface Outcome {
  cells: number;
  wrong: string[];
  milliseconds: number[];
}

async function executeNotebook(cells: number, seed: number): Promise<Outcome> {
  const made = randomCells(cells, { seed });
  const kernel = await Kernel.start({ folder: "." });
  try {
    const displays = new Map();
    const earlier: CellExecution[] = [];
    const milliseconds: number[] = [];
    for (const { code } of made) {
      const start = performance.now();
      earlier.push(await executeCell(kernel, code, { displays, earlier }));
      milliseconds.push(performance.now() - start);
    }
    const wrong = made.filter(({ expected }, i) =>
      !isDeepStrictEqual(comparable(earlier[i].outputs), comparable(expected))
    );
    return { cells, wrong: wrong.map(({ code }) => `seed ${seed}:\n${code}`), milliseconds };
  } finally {
    await kernel.stop();
  }
}

/** Notebooks one after the other in each of the lanes. */
async function execute(lanes: number, seed: number): Promise<Outcome> {
  const sizes: number[] = [];
  for (let left = count; left > 0; left -= CELLS_OF_A_NOTEBOOK) sizes.push(Math.min(left, CELLS_OF_A_NOTEBOOK));
  const queue = sizes.map((size, i) => ({ size, seed: seed + i }));
  const outcomes: Outcome[] = [];
  const lane = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      outcomes.push(await executeNotebook(next.size, next.seed));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return {
    cells: outcomes.reduce((sum, { cells }) => sum + cells, 0),
    wrong: outcomes.flatMap(({ wrong }) => wrong),
    milliseconds: outcomes.flatMap(({ milliseconds }) => milliseconds),
  };
}

async function underLoad<T>(work: () => Promise<T>): Promise<T> {
  const busy = Array.from(
    { length: availableParallelism() },
    () => new Deno.Command("sh", { args: ["-c", "while :; do :; done"] }).spawn(),
  );
  try {
    return await work();
  } finally {
    for (const process of busy) process.kill("SIGKILL");
    await Promise.all(busy.map(({ status }) => status));
  }
}

const ways: [name: string, execute: () => Promise<Outcome>][] = [
  ["one kernel", () => execute(1, firstSeed)],
  ["two kernels at once", () => execute(2, firstSeed + 100_000)],
  ["two kernels, CPU load", () => underLoad(() => execute(2, firstSeed + 200_000))],
];
console.log("way                     cells  wrong  seconds  median ms per cell");
for (const [name, execute] of ways) {
  const start = performance.now();
  const { cells, wrong, milliseconds } = await execute();
  const seconds = (performance.now() - start) / 1000;
  const median = milliseconds.sort((a, b) => a - b)[milliseconds.length >> 1];
  console.log(
    name.padEnd(22),
    String(cells).padStart(6),
    String(wrong.length).padStart(6),
    seconds.toFixed(1).padStart(8),
    median.toFixed(1).padStart(19),
  );
  if (wrong.length > 0) {
    console.error(wrong[0]);
    Deno.exitCode = 1;
  }
}
