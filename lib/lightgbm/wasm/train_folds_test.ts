import assert from "node:assert/strict";
import { trainFolds } from "./train_folds.ts";

const empty = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

Deno.test("trainFolds() of no folds is nothing", async () => {
  assert.deepEqual(await trainFolds(empty, []), []);
});

Deno.test("trainFolds() refuses less than a whole worker", async () => {
  await assert.rejects(trainFolds(empty, [], { workers: 0 }), {
    name: "RangeError",
    message: "Cannot train folds: workers must be an integer of at least 1, current value is 0",
  });
});

Deno.test("trainFolds() names the fold whose module does not load", async () => {
  const rows = { features: { values: Float32Array.of(1), rows: 1, columns: ["one"] }, target: [1] };
  await assert.rejects(trainFolds(empty, [{ train: rows, parameters: {} }]), { message: /^Cannot train fold 0: / });
});
