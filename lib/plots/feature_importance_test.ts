import assert from "node:assert/strict";
import { featureImportance } from "./feature_importance.ts";

const rows = Object.freeze([
  { feature: "rsi_14", importance: 2 },
  { feature: "return_5", importance: 2 },
  { feature: "volume", importance: -1 },
  { feature: "range", importance: 7 },
]);

Deno.test("featureImportance() orders by importance, then by name", () => {
  assert.deepEqual(featureImportance(rows).data[0].y, ["range", "return_5", "rsi_14", "volume"]);
});

Deno.test("featureImportance() says how many features it leaves out", () => {
  const figure = featureImportance(rows, { top: 2 });
  assert.deepEqual(figure.data[0].x, [7, 2]);
  assert.match(JSON.stringify(figure.layout.title), /The 2 most important of 4 features/);
});

Deno.test("featureImportance() refuses a missing importance and an empty top", () => {
  assert.throws(() => featureImportance([{ feature: "rsi_14", importance: NaN }]), {
    name: "RangeError",
    message: "Cannot draw feature importance: every value must be finite, current value of rsi_14 is NaN",
  });
  assert.throws(() => featureImportance(rows, { top: 0 }), { name: "RangeError" });
});
