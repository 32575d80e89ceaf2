import assert from "node:assert/strict";
import { join } from "node:path";
import { refuseFaultyCells } from "./refuse_faulty_cells.ts";

Deno.test("refuseFaultyCells() names every fault of all notebooks", async () => {
  const folder = await Deno.makeTempDir();
  const write = async (name: string, source: string) => {
    const path = join(folder, name);
    const cell = { cell_type: "code", id: "c1", metadata: {}, source, outputs: [], execution_count: null };
    await Deno.writeTextFile(path, JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    return path;
  };
  try {
    const sound = await write("sound.ipynb", "let unused = 1;");
    await refuseFaultyCells([sound, sound]);
    const faulty = [
      await write("a.ipynb", `const a: number = "b"; a`),
      await write("b.ipynb", `const b: string = 1; b`),
    ];
    await assert.rejects(
      refuseFaultyCells([sound, ...faulty]),
      (error) =>
        error instanceof SyntaxError && /a\.ipynb[^\n]*\n[^]*b\.ipynb/.test(error.message) &&
        !/sound\.ipynb/.test(error.message),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
