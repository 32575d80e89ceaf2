import assert from "node:assert/strict";
import { comparable } from "./bench/hostile_cells.ts";
import { randomCells } from "./bench/random_cells.ts";
import { type CellExecution, executeCell } from "./execute_cell.ts";
import { Kernel } from "./kernel.ts";

const folder = Deno.makeTempDirSync();
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** Executes random cells on a kernel of their own, and holds what they show against what they must show. */
async function executeRandomCells(count: number, seed: number): Promise<void> {
  const cells = randomCells(count, { seed });
  const kernel = await Kernel.start({ folder });
  try {
    const displays = new Map();
    const earlier: CellExecution[] = [];
    for (const { code } of cells) earlier.push(await executeCell(kernel, code, { displays, earlier }));
    for (const [i, { code, expected, title }] of cells.entries()) {
      const message = `seed ${seed}, cell ${i} (${title}):\n${code}`;
      assert.deepEqual(comparable(earlier[i].outputs), comparable(expected), message);
      assert.equal(earlier[i].status, title.split(", ").includes("error") ? "error" : "ok", message);
    }
  } finally {
    await kernel.stop();
  }
}

Deno.test("executeCell() shows what random cells must show, also on two kernels at once", async () => {
  await Promise.all([executeRandomCells(150, 1), executeRandomCells(150, 2)]);
});

Deno.test("randomCells() gives the same cells for the same seed, and others for another", () => {
  assert.deepEqual(randomCells(50, { seed: 3 }), randomCells(50, { seed: 3 }));
  assert.notDeepEqual(randomCells(50, { seed: 3 }), randomCells(50, { seed: 4 }));
  const kinds = new Set(randomCells(2000).flatMap(({ title }) => title.split(", ")));
  assert.equal(kinds.size, 17, [...kinds].join());
});
