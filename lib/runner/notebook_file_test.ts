import assert from "node:assert/strict";
import { formatNotebook, parseNotebook, stripNotebook } from "./notebook_file.ts";

const code = (rest: Record<string, unknown> = {}) => ({
  cell_type: "code",
  id: "one",
  metadata: {},
  source: "1",
  outputs: [],
  execution_count: null,
  ...rest,
});
const text = (cells: unknown[], rest: Record<string, unknown> = {}) =>
  JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5, ...rest });

Deno.test("parseNotebook() joins lists of lines, and formatNotebook() splits them again", () => {
  const written = text([
    code({
      source: ["a\n", "b"],
      outputs: [
        { output_type: "stream", name: "stdout", text: ["x\n", "y\n"] },
        { output_type: "display_data", data: { "text/html": ["<b>\n", "c"], "image/png": "QUJD" }, metadata: {} },
        { output_type: "execute_result", data: { "application/json": ["a"] }, metadata: {}, execution_count: 1 },
        { output_type: "error", ename: "Error", evalue: "e", traceback: ["t"] },
      ],
      execution_count: 1,
    }),
    {
      cell_type: "markdown",
      id: "two",
      metadata: {},
      source: ["# T"],
      attachments: { "a.png": { "image/png": "QUJD" } },
    },
  ]);
  const notebook = parseNotebook(written);
  assert.equal(notebook.cells[0].source, "a\nb");
  assert.deepEqual(JSON.parse(formatNotebook(notebook)), JSON.parse(written));
});

Deno.test("parseNotebook() gives ids where they are missing, invalid or taken, the same each time", () => {
  const written = text([code({ id: undefined }), code({ id: "a b" }), code(), code()], { nbformat_minor: 2 });
  const ids = parseNotebook(written).cells.map(({ id }) => id);
  assert.equal(new Set(ids).size, 4);
  assert.equal(ids[2], "one");
  assert.ok(ids.every((id) => /^[\w-]{1,64}$/.test(id)));
  assert.deepEqual(parseNotebook(written).cells.map(({ id }) => id), ids);
});

Deno.test("parseNotebook() says what keeps a file from being a notebook for Deno", () => {
  for (
    const [written, message] of [
      ["{", /Cannot read notebook a.ipynb: the file must be JSON/],
      ["[]", /the file must hold one object, current value is \[\]/],
      [text([], { nbformat: 3 }), /nbformat must be 4, current value is 3/],
      [
        text([], { metadata: { kernelspec: { name: "python3" } } }),
        /its kernel must be deno, current value is "python3"/,
      ],
      [text([], { cells: 1 }), /cells must be a list/],
      [text([code(), 7]), /cell 2 must be an object, current value is 7/],
      [text([code({ cell_type: "heading" })]), /the type of cell 1 must be code, markdown or raw/],
      [text([code({ source: 5 })]), /the source of cell 1 must be text, current value is 5/],
      [text([code({ metadata: { tags: "parameters" } })]), /the tags of cell 1 must be a list of texts/],
      [text([code({ outputs: [{ output_type: "odd" }] })]), /an output of cell 1 must be valid/],
    ] as const
  ) {
    assert.throws(() => parseNotebook(written, "a.ipynb"), { name: "SyntaxError", message });
  }
});

Deno.test("stripNotebook() removes what runs left, and nothing else", () => {
  const output = { output_type: "stream", name: "stdout", text: "x" };
  const ran = text(
    [code({ outputs: [output], execution_count: 3, metadata: { tags: ["a"], runner: { seconds: 1 } } })],
    {
      metadata: { runner: { status: "ok" }, authors: [] },
    },
  );
  const clean = text([code({ metadata: { tags: ["a"] } })], { metadata: { authors: [] } });
  assert.deepEqual(stripNotebook(parseNotebook(ran)), parseNotebook(clean));
});
