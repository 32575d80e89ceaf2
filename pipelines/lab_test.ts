import assert from "node:assert/strict";
import { repositoryPath } from "@lib/core";
import { type Answer, KernelSocket } from "./lab/_kernel_socket.ts";
import { OpenLab } from "./lab/_open_lab.ts";

const textOf = ({ messages }: Answer) =>
  messages.find(({ type }) => type === "execute_result")?.content.data["text/plain"];
const errorOf = ({ messages }: Answer) => messages.find(({ type }) => type === "error")?.content;

Deno.test("lab.ts serves our kernel alone, whose cells can be stopped, and keep their values, errors and help", async (test) => {
  await using lab = await OpenLab.start(repositoryPath());
  assert.deepEqual(Object.keys((await lab.ask("GET", "kernelspecs")).kernelspecs), ["deno"]);
  await using kernel = await KernelSocket.open(lab);
  const stop = () => lab.ask("POST", `kernels/${kernel.kernelId}/interrupt`);
  const isStopped = async (code: string, name: string) => {
    const running = kernel.execute(`console.log("begun");\n${code}`);
    await kernel.heard("begun\n");
    await stop();
    assert.equal(errorOf(await running)?.ename, name);
  };

  await test.step("each value stands under its own cell, though all are sent at once", async () => {
    const cells = Array.from({ length: 6 }, (_, cell) => `value of ${cell}`);
    const shown = cells.map((text) => `({ [Symbol.for("Jupyter.display")]: () => ({ "text/plain": "${text}" }) })`);
    assert.deepEqual((await Promise.all(shown.map((code) => kernel.execute(code)))).map(textOf), cells);
  });

  await test.step("what is awaited keeps its value, errors their words", async () => {
    assert.match(textOf(await kernel.execute("let kept = await Promise.resolve(41); kept")), /41/);
    const sum = "let sum = 0;\nfor await (const value of [1, Promise.resolve(2)]) sum += value;\nsum";
    assert.match(textOf(await kernel.execute(sum)), /3/);
    assert.equal(errorOf(await kernel.execute('await Promise.reject(new RangeError("too far"))')).evalue, "too far");
  });

  await test.step("stop ends a loop, a wait, and a loop behind a wait; variables are still there", async () => {
    await isStopped("while (true);", "Stopped");
    await isStopped("await new Promise(() => {});", "Stopped");
    await isStopped("for await (const _ of (async function* () { await new Promise(() => {}); })());", "Stopped");
    await isStopped("await (async () => { await 0; while (true); })();", "Stopped");
    assert.match(textOf(await kernel.execute("kept += 1")), /42/);
    await stop(); // of nothing
    assert.match(textOf(await kernel.execute("await new Promise((resolve) => setTimeout(resolve, 10)); kept")), /42/);
  });

  await test.step("what waits behind a cell that failed is not run", async () => {
    const [failed, ...others] = await Promise.all(
      ['throw new Error("no")', "kept = 0", "kept = 1"].map((code) => kernel.execute(code)),
    );
    assert.equal(errorOf(failed).evalue, "no");
    assert.deepEqual(others.map(({ reply }) => reply.content.status), ["aborted", "aborted"]);
    assert.match(textOf(await kernel.execute("kept")), /42/);
  });

  await test.step("a cell that cannot be parsed says why; a throw in a timer hangs nothing", async () => {
    const { ename, evalue } = errorOf(await kernel.execute("let = = 5"));
    assert.equal(ename, "SyntaxError");
    assert.notEqual(evalue, "Execution failed");
    const late =
      'setTimeout(() => { throw new Error("late"); });\nawait new Promise((done) => setTimeout(done, 50)); 7';
    const answer = await kernel.execute(late);
    assert.match(textOf(answer), /7/);
    assert.match(answer.messages.find(({ type }) => type === "stream")?.content.text, /Uncaught[^]*late/);
  });

  await test.step("names of lib are completed and explained", async () => {
    await kernel.execute(
      'import { foldTable } from "@lib/dataset";\nconst counts = await Promise.resolve({ rows: 1 });',
    );
    const complete = async (code: string) => {
      const { reply } = await kernel.request("complete_request", { code, cursor_pos: code.length });
      return reply.content.matches;
    };
    assert.deepEqual(await complete("const folds = foldTa"), ["foldTable"]);
    assert.deepEqual(await complete("counts.ro"), ["rows"]);
    const { reply } = await kernel.request("inspect_request", {
      code: "foldTable(folds)",
      cursor_pos: 4,
      detail_level: 0,
    });
    assert.match(reply.content.data["text/plain"], /function foldTable\(/);
    const unknown = await kernel.request("inspect_request", { code: "nobody", cursor_pos: 2, detail_level: 0 });
    assert.equal(unknown.reply.content.found, false);
  });
});
