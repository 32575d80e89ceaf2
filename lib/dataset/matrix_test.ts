import assert from "node:assert/strict";
import { Panel, weekdays } from "@lib/core";
import { checkMatrix, gatherMatrix } from "./matrix.ts";

const days = 1500; // more than a block of rows
const panel = Panel.fromRows({
  symbol: Array(days).fill("A"),
  date: weekdays("2010-01-01", days),
  columns: {
    one: Float64Array.from({ length: days }, (_, row) => row / 3),
    two: Float64Array.from({ length: days }, (_, row) => row % 5 === 0 ? NaN : -row),
  },
});

Deno.test("gatherMatrix() lays rows out in the order asked for, across blocks", () => {
  const rows = Array.from({ length: 1400 }, (_, i) => days - 1 - i);
  const matrix = gatherMatrix(panel, rows, { columns: ["two", "one"], precision: "double" });
  assert.deepEqual([matrix.rows, matrix.columns], [1400, ["two", "one"]]);
  rows.forEach((row, position) => {
    assert.equal(matrix.values[2 * position], panel.column("two")[row]);
    assert.equal(matrix.values[2 * position + 1], panel.column("one")[row]);
  });
});

Deno.test("gatherMatrix() rounds to single precision unless told otherwise", () => {
  assert.deepEqual(gatherMatrix(panel, [1]).values, Float32Array.of(1 / 3, -1));
});

Deno.test("gatherMatrix() refuses infinite values, rows that are not there and unknown columns", () => {
  const huge = panel.with({ one: panel.column("one").map(() => 1e39) });
  assert.throws(() => gatherMatrix(huge, [0]), /one must be finite or missing in single precision/);
  assert.equal(gatherMatrix(huge, [0], { precision: "double" }).values[0], 1e39);
  assert.throws(() => gatherMatrix(panel, [days]), /each row must be from 0 to 1499, current value is 1500/);
  assert.throws(() => gatherMatrix(panel, [0], { columns: ["three"] }), /must be one of one, two/);
  assert.equal(gatherMatrix(panel, []).rows, 0);
});

Deno.test("checkMatrix() refuses other features, another order and a wrong shape", () => {
  const matrix = gatherMatrix(panel, [1, 2]);
  checkMatrix("predict", matrix, ["one", "two"]);
  const refused = (wanted: string[], message: string) =>
    assert.throws(() => checkMatrix("predict", matrix, wanted), { name: "TypeError", message });
  refused(["two", "one"], "Cannot predict: feature 1 of 2 must be two, current one of 2 is one");
  refused(["one"], "Cannot predict: feature 2 of 1 must be no feature, current one of 2 is two");
  refused(["one", "two", "three"], "Cannot predict: feature 3 of 3 must be three, current one of 2 is missing");
  assert.throws(() => checkMatrix("predict", { ...matrix, rows: 3 }), { name: "TypeError" });
});
