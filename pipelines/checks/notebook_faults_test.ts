import assert from "node:assert/strict";
import { parseNotebook } from "@lib/runner";
import { notebookFaults, strippedText } from "./notebook_faults.ts";

const cell = (source: string, rest: Record<string, unknown> = {}) => ({
  cell_type: "code",
  id: `c${source.length}`,
  metadata: {},
  source,
  outputs: [],
  execution_count: null,
  ...rest,
});
const parameters = (source: string) => cell(source, { metadata: { tags: ["parameters"] } });
const notebook = (...cells: unknown[]) => JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });

Deno.test("notebookFaults() finds nothing in a thin, stripped notebook", () => {
  const text = notebook(
    { cell_type: "markdown", id: "t", metadata: {}, source: "# A function of const f = () => 1" },
    parameters("let days = 5;"),
    cell(`const doubled = rows.map((row) => 2 * row);\nconst text = "function f() {}"; // const g = () => 1`),
    cell("const total = (await load(days)).reduce((sum, row) => sum + row, 0);"),
  );
  assert.deepEqual(notebookFaults(text, "a.ipynb"), []);
});

Deno.test("notebookFaults() finds functions and classes, and says where", () => {
  for (
    const definition of [
      "function f() {}",
      "export async function f() {}",
      "class A {}",
      "const f = (x: number) => x",
      "const f = async ({ a } = {}): Promise<void> => {}",
      "let f: (x: number) => number = x => x",
      "const f = function () {}",
      "const f = <T>(x: T) => x",
      "const f = (a = g()) => a",
    ]
  ) {
    const faults = notebookFaults(
      notebook(cell("1"), cell(`\n/* a\n b */\n  ${definition}`, { id: "two" })),
      "a.ipynb",
    );
    assert.deepEqual(faults, [
      "a.ipynb cell 2 (id two) line 4: functions and classes belong in lib, where they can be tested",
    ], definition);
  }
});

Deno.test("notebookFaults() finds traces of a run, and strippedText() removes them", () => {
  const output = { output_type: "stream", name: "stdout", text: "x" };
  const ran = notebook(
    parameters("let days = 5;"),
    cell("days = 6;", { metadata: { tags: ["injected-parameters"] } }),
    cell("x", { outputs: [output], execution_count: 2 }),
  );
  assert.match(notebookFaults(ran, "a.ipynb").join("\n"), /^a.ipynb: it must hold no outputs[^\n]*--fix removes them$/);
  const stripped = strippedText(ran, "a.ipynb");
  assert.deepEqual(notebookFaults(stripped, "a.ipynb"), []);
  assert.deepEqual(parseNotebook(stripped).cells.map(({ source }) => source), ["let days = 5;", "x"]);
});

Deno.test("notebookFaults() finds old formats, wrong ids and unreadable parameters", () => {
  const old = notebook(cell("1", { id: undefined }), cell("22"), cell("33")).replace('minor":5', 'minor":4');
  const faults = notebookFaults(old, "a.ipynb").join("\n");
  assert.match(faults, /nbformat must be 4.5, current minor version is 4/);
  assert.match(faults, /item 1 must have a valid id of its own, current one is undefined/);
  assert.match(faults, /item 3 must have a valid id of its own, current one is c2/);
  assert.match(notebookFaults(notebook(parameters("const a = 1;")), "a.ipynb").join(), /must be let name = literal;/);
  assert.match(
    notebookFaults(notebook(parameters("let a=1"), parameters("let bb=1")), "a.ipynb").join(),
    /at most one/,
  );
  assert.match(notebookFaults("{", "a.ipynb").join(), /the file must be JSON/);
});
