import assert from "node:assert/strict";
import { comparable, HOSTILE_CELLS } from "./bench/hostile_cells.ts";
import { type CellExecution, executeCell, type ExecuteCellOptions } from "./execute_cell.ts";
import { Kernel } from "./kernel.ts";

const folder = Deno.makeTempDirSync();
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** Executes one cell on a kernel of its own. */
async function execute(code: string, options?: ExecuteCellOptions): Promise<CellExecution & { kernelLives: boolean }> {
  const kernel = await Kernel.start({ folder, environment: { DENO_V8_FLAGS: "--max-old-space-size=200" } });
  try {
    return { ...await executeCell(kernel, code, options), kernelLives: !kernel.hasEnded };
  } finally {
    await kernel.stop();
  }
}

const last = ({ outputs }: CellExecution) => comparable(outputs).at(-1);

Deno.test("executeCell() shows of hostile cells exactly what they show", async () => {
  const kernel = await Kernel.start({ folder });
  try {
    const displays = new Map();
    const shown: CellExecution[] = [];
    for (const { code } of HOSTILE_CELLS) shown.push(await executeCell(kernel, code, { displays }));
    HOSTILE_CELLS.forEach(({ title, expected }, i) => {
      assert.deepEqual(comparable(shown[i].outputs), comparable(expected), title);
      assert.equal(
        shown[i].status,
        expected.some(({ output_type }) => output_type === "error") ? "error" : "ok",
        title,
      );
    });
  } finally {
    await kernel.stop();
  }
});

Deno.test("executeCell() fails a cell with what a timer throws, though the cell ends well", async () => {
  const code =
    `setTimeout(() => { throw new RangeError("late"); }, 5); await new Promise((go) => setTimeout(go, 20)); 4`;
  const execution = await execute(code);
  assert.equal(execution.status, "error");
  assert.deepEqual(comparable(execution.outputs), [
    ["execute_result", { "text/plain": "4" }],
    ["error", "RangeError", "late"],
  ]);
  assert.ok(execution.kernelLives);
});

Deno.test("executeCell() ends a cell that waits for ever for a timer that threw", async () => {
  const execution = await execute(`setTimeout(() => { throw new Error("late"); }, 5); await new Promise(() => {});`);
  assert.deepEqual([execution.status, last(execution)], ["error", ["error", "Error", "late"]]);
});

Deno.test("executeCell() fails a cell that leaves a rejected promise alone", async () => {
  const execution = await execute(`Promise.reject(new TypeError("nobody listens")); console.log("x")`);
  assert.equal(execution.status, "error");
  assert.deepEqual(comparable(execution.outputs), [["stdout", "x\n"], ["error", "TypeError", "nobody listens"]]);
});

Deno.test("executeCell() says where code cannot be parsed", async () => {
  const { status, outputs } = await execute("const a = 1;\nconst b = = 2;");
  assert.equal(status, "error");
  assert.deepEqual(comparable(outputs), [["error", "SyntaxError", "Expression expected"]]);
  assert.ok("traceback" in outputs[0] && outputs[0].traceback.at(-1)?.includes("<cell>:2:11"));
});

for (const [what, wait] of [["waits", "await new Promise(() => {})"], ["computes", "while (true);"]]) {
  Deno.test(`executeCell() stops a cell that ${what} too long, and keeps what it showed`, async () => {
    const execution = await execute(`for (let i = 0; i < 100; i++) console.log(i); ${wait}`, { timeoutSeconds: 0.3 });
    assert.equal(execution.status, "timeout");
    assert.deepEqual(comparable(execution.outputs), [
      ["stdout", Array.from({ length: 100 }, (_, i) => `${i}\n`).join("")],
      ["error", "CellTimeout", "the cell did not end within 0.3 s"],
    ]);
    assert.ok(!execution.kernelLives);
  });
}

Deno.test("executeCell() stops when its signal is aborted", async () => {
  const execution = await execute(`console.log("a"); await new Promise(() => {})`, {
    signal: AbortSignal.timeout(200),
  });
  assert.deepEqual([execution.status, last(execution)], [
    "interrupted",
    ["error", "CellInterrupted", "the run was interrupted"],
  ]);
});

for (const exit of ["Deno.exit(3)", "globalThis.process.exit(3)"]) {
  Deno.test(`executeCell() keeps what a cell showed that calls ${exit}`, async () => {
    const execution = await execute(`for (let i = 0; i < 50; i++) console.error(i); ${exit}`);
    assert.equal(execution.status, "died");
    assert.deepEqual(comparable(execution.outputs), [
      ["stderr", Array.from({ length: 50 }, (_, i) => `${i}\n`).join("")],
      ["error", "KernelDied", "the cell ended the kernel with exit code 3"],
    ]);
  });
}

Deno.test("executeCell() says that the memory is used up", async () => {
  const { status, outputs } = await execute(`const all = []; while (true) all.push(new Array(1e6).fill(0.5));`);
  const error = outputs.at(-1);
  assert.equal(status, "died");
  assert.ok(error?.output_type === "error");
  assert.match(error.evalue, /out of memory/);
});

Deno.test("executeCell() finds a kernel dead that was killed from outside", async () => {
  const { status, outputs } = await execute(
    `console.log("a"); Deno.kill(Deno.pid, "SIGKILL"); await new Promise(() => {})`,
  );
  assert.equal(status, "died");
  assert.deepEqual(comparable(outputs).at(-1), ["error", "KernelDied", "the kernel ended with signal SIGKILL"]);
});
