import assert from "node:assert/strict";
import { Panel, weekdays } from "@lib/core";
import { fitScaler, gatherMatrix, gatherSequences } from "@lib/dataset";

const date = weekdays("2020-01-01", 6);
const panel = Panel.fromRows({
  symbol: [...date.map(() => "A"), ...date.map(() => "B")],
  date: [...date, ...date],
  columns: {
    one: Float64Array.from({ length: 12 }, (_, row) => row === 8 ? NaN : row),
    still: new Float64Array(12).fill(3),
  },
});
const scaler = { columns: ["one", "still"], mean: Float64Array.of(2, 3), standardDeviation: Float64Array.of(2, 0) };

Deno.test("`gatherSequences()` looks back over rows of the same symbol and no others", () => {
  const matrix = gatherMatrix(panel, [7, 2, 11], { history: true });
  const windows = gatherSequences(matrix, { steps: 3, scaler, mostWidths: 100 });
  assert.deepEqual([...windows].filter((_, at) => at % 2 === 0), [0, 2, 2.5, -1, -0.5, 0, 3.5, 4, 4.5]);
  assert.ok(windows.every((value, at) => at % 2 === 0 || value === 0), "what did not vary says nothing");
});

Deno.test("`gatherSequences()` puts the mean in place of what is missing", () => {
  const matrix = gatherMatrix(panel, [9], { columns: ["one"], history: true });
  const own = {
    columns: ["one"],
    mean: scaler.mean.slice(0, 1),
    standardDeviation: scaler.standardDeviation.slice(0, 1),
  };
  assert.deepEqual(gatherSequences(matrix, { steps: 2, scaler: own }), Float32Array.of(0, 3.5));
});

Deno.test("`gatherSequences()` holds values to so many widths", () => {
  const matrix = gatherMatrix(panel, [0, 11]);
  const windows = gatherSequences(matrix, { steps: 1, scaler, mostWidths: 1 });
  assert.deepEqual([windows[0], windows[2]], [-1, 1]);
});

Deno.test("`gatherSequences()` without a scaler leaves values as they are, and what is missing NaN", () => {
  const matrix = gatherMatrix(panel, [9, 0], { columns: ["one"], history: true });
  assert.deepEqual(gatherSequences(matrix, { steps: 2 }), Float32Array.of(NaN, 9, NaN, 0));
});

Deno.test("`gatherSequences()` gives chosen rows in the order asked for", () => {
  const matrix = gatherMatrix(panel, [3, 4, 5], { history: true });
  const all = gatherSequences(matrix, { steps: 2, scaler });
  assert.deepEqual(
    gatherSequences(matrix, { steps: 2, scaler, rows: [2, 0] }),
    Float32Array.of(...all.slice(8), ...all.slice(0, 4)),
  );
});

Deno.test("`gatherSequences()` does not see what comes after a row", () => {
  const later = panel.with({ one: panel.column("one").map((value, row) => row % 6 > 3 ? 1000 : value) });
  const [before, after] = [panel, later].map((each) =>
    gatherSequences(gatherMatrix(each, [3, 9], { history: true }), { steps: 4, scaler })
  );
  assert.deepEqual(before, after);
});

Deno.test("`gatherMatrix()` shares one copy of a panel among all matrices with a history", () => {
  const [a, b] = [[1], [2, 3]].map((rows) => gatherMatrix(panel, rows, { history: true }));
  assert.equal(a.history?.all, b.history?.all);
  assert.deepEqual(b.history?.at, Int32Array.of(2, 3));
  assert.equal(gatherMatrix(panel, [1]).history, undefined);
  const scaled = gatherSequences(a, { steps: 1, scaler: fitScaler(b) });
  assert.equal(scaled[0], -3);
});

Deno.test("`gatherSequences()` refuses what has no history or other columns", () => {
  const bare = gatherMatrix(panel, [3]);
  assert.throws(() => gatherSequences(bare, { steps: 2, scaler }), { name: "TypeError", message: /history: true/ });
  assert.throws(() => gatherSequences(bare, { steps: 0, scaler }), RangeError);
  const other = { ...scaler, columns: ["still", "one"] };
  assert.throws(() => gatherSequences(bare, { steps: 1, scaler: other }), /must be still, current one of 2 is one/);
});
