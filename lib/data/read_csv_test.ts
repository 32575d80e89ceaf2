import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { readCsv } from "./read_csv.ts";

async function read(data: string | Uint8Array<ArrayBuffer>, name = "a.csv") {
  const records: [line: number, ...cells: string[]][] = [];
  await readCsv(new Blob([data]).stream(), (cells, line) => records.push([line, ...cells]), { name });
  return records;
}

Deno.test("readCsv() reads quotes, marks, spaces, either line ending and blank lines alike", async () => {
  const plain = [[1, "a", "b"], [2, "1", "x, y"], [4, 'say "no"', ""]];
  assert.deepEqual(await read('a,b\n1,"x, y"\n\n"say ""no""",\n'), plain);
  assert.deepEqual(await read('\ufeffa , b\r\n"1", "x, y" \r\n  \r\n"say ""no""",'), plain);
});

Deno.test("readCsv() gives a line with an open quote as one cell, and the next lines whole", async () => {
  assert.deepEqual(await read('a,b\n"1,2\n3,4\n'), [[1, "a", "b"], [2, '"1,2'], [3, "3", "4"]]);
});

Deno.test("readCsv() gives the same whatever the pieces in which the bytes arrive", async () => {
  const bytes = new TextEncoder().encode('\ufeffname,note\nÅ,"é, ü"\nB,€\n');
  const whole = await read(bytes);
  for (const size of [1, 2, 3, 7]) {
    const pieces = Array.from(
      { length: Math.ceil(bytes.length / size) },
      (_, at) => bytes.slice(at * size, at * size + size),
    );
    const records: [number, ...string[]][] = [];
    await readCsv(ReadableStream.from(pieces), (cells, line) => records.push([line, ...cells]), { name: "a.csv" });
    assert.deepEqual(records, whole);
  }
});

Deno.test("readCsv() unpacks gzip by the name of the file", async () => {
  assert.deepEqual(await read(new Uint8Array(gzipSync("a\n1\n")), "a.csv.gz"), [[1, "a"], [2, "1"]]);
});

Deno.test("readCsv() gives nothing for nothing", async () => {
  assert.deepEqual(await read(""), []);
  assert.deepEqual(await read("\n \r\n"), []);
});

Deno.test("readCsv() refuses bytes that are no text, text cut within a character, and gzip that is none", async () => {
  const message = "Cannot read a.csv: it must be UTF-8 text, current bytes after line 0 are not";
  await assert.rejects(read(Uint8Array.of(0x41, 0xff, 0x0a)), { name: "SyntaxError", message });
  await assert.rejects(read(Uint8Array.of(0x41, 0xc3)), { name: "SyntaxError", message });
  await assert.rejects(read("a,b\n", "a.csv.gz"), { name: "SyntaxError", message: /gzip of UTF-8 text/ });
  await assert.rejects(read(new Uint8Array(gzipSync("a,b\n1,2\n")).slice(0, -9), "a.csv.gz"), { name: "SyntaxError" });
});
