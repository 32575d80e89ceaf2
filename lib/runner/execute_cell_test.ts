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

for (
  const [what, wait] of [["waits", "await new Promise((go) => setTimeout(go, 1e6))"], ["computes", "while (true);"]]
) {
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

Deno.test("executeCell() ends a cell that waits for what nothing can bring", async () => {
  const fillMemory = "setTimeout(() => { for (let i = 0; i < 300; i++) globalThis.all = new Array(1e5).fill(i) }, 5);";
  const execution = await execute(`${fillMemory} console.log("a"); await new Promise(() => {})`);
  assert.equal(execution.status, "error");
  assert.deepEqual(comparable(execution.outputs), [
    ["stdout", "a\n"],
    ["error", "Error", "the cell awaits a promise that nothing can settle any more"],
  ]);
  assert.ok(execution.kernelLives);
});

Deno.test("executeCell() shows numbers that the kernel forgets, and null, but not undefined", async () => {
  const kernel = await Kernel.start({ folder });
  try {
    const shown: unknown[] = [];
    const codes = [
      "NaN",
      "-1 / 0",
      "-0",
      "10n ** 20n",
      "null",
      "const a = null;\na // the end",
      "{ a: null }",
      "void 0",
    ];
    for (const code of codes) shown.push(comparable((await executeCell(kernel, code)).outputs)[0]);
    const value = (text: string) => ["execute_result", { "text/plain": text }];
    const texts = ["NaN", "-Infinity", "-0", "100000000000000000000n", "null", "null", "{ a: null }"];
    assert.deepEqual(shown, [...texts.map(value), undefined]);
  } finally {
    await kernel.stop();
  }
});

Deno.test("executeCell() keeps what programs, workers and raw writes print, in order with the console", async () => {
  const code = `
    const say = (text) => Deno.stdout.writeSync(new TextEncoder().encode(text));
    console.log(1);
    say("2\\n");
    new Deno.Command("sh", { args: ["-c", "echo 3; sleep 0.02; echo 4 >&2"], stdout: "inherit", stderr: "inherit" }).outputSync();
    console.error(5);
    const worker = new Worker("data:application/javascript,console.log(6); postMessage(0)", { type: "module" });
    await new Promise((go) => worker.onmessage = go);
    worker.terminate();
    console.log(7);
    const { symbols } = Deno.dlopen("libc.so.6", { write: { parameters: ["i32", "buffer", "usize"], result: "isize" } });
    symbols.write(2, new TextEncoder().encode("8\\n"), 2n);
    console.log(9);
    globalThis.process.stdout.write("no line end");
    undefined`;
  const { status, outputs } = await execute(code);
  assert.equal(status, "ok");
  assert.deepEqual(comparable(outputs), [
    ["stdout", "1\n2\n3\n"],
    ["stderr", "4\n5\n"],
    ["stdout", "6\n7\n"],
    ["stderr", "8\n"],
    ["stdout", "9\nno line end"],
  ]);
});

Deno.test("executeCell() fails the cell that started what throws while a later one runs", async () => {
  const kernel = await Kernel.start({ folder });
  try {
    const earlier: CellExecution[] = [];
    const codes = [
      `setTimeout(() => { throw new RangeError("late"); }, 30); "a"`,
      `setTimeout(() => {}, 1);\n(async () => { await new Promise((go) => setTimeout(go, 40)); throw "text"; })(); "b"`,
      `await new Promise((go) => setTimeout(go, 120)); "c"`,
    ];
    for (const code of codes) earlier.push(await executeCell(kernel, code, { earlier }));
    assert.deepEqual(earlier.map(({ status }) => status), ["error", "error", "ok"]);
    assert.deepEqual(earlier.map(({ outputs }) => comparable(outputs).slice(1)), [
      [["error", "RangeError", "late"]],
      [["error", "Error", "text"]],
      [],
    ]);
    const [, error] = earlier[0].outputs;
    assert.ok(error.output_type === "error" && error.traceback[1].endsWith("(<anonymous>:2:9)"));
  } finally {
    await kernel.stop();
  }
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

Deno.test("executeCell() keeps an error that overtakes the clearing before it", async () => {
  const kernel = await Kernel.start({ folder });
  try {
    const code = (wait: boolean) =>
      `await Deno.jupyter.broadcast("display_data", { data: { "text/plain": "gone" }, metadata: {}, transient: {} });
       await Deno.jupyter.broadcast("clear_output", { wait: ${wait} });
       throw new RangeError("kept");`;
    for (let time = 0; time < 40; time++) {
      const { outputs } = await executeCell(kernel, code(time % 2 === 0));
      assert.deepEqual(outputs.map((output) => output.output_type), ["error"]);
    }
  } finally {
    await kernel.stop();
  }
});
