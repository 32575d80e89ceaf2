import assert from "node:assert/strict";
import { objectiveLink } from "./objective_link.ts";

const linked = (objective: string, scores: number[], outputs = 1) =>
  Array.from(objectiveLink(`tree\nobjective=${objective}\n`)(Float64Array.from(scores), outputs));

Deno.test("objectiveLink() is what the objective asks for", () => {
  assert.deepEqual(linked("regression", [-2, 3]), [-2, 3]);
  assert.deepEqual(linked("regression sqrt", [-2, 3]), [-4, 9]);
  assert.deepEqual(linked("quantile alpha:0.25", [-2]), [-2]);
  assert.deepEqual(linked("lambdarank", [-2]), [-2]);
  assert.deepEqual(linked("gamma", [0, 1]), [1, Math.E]);
  assert.deepEqual(linked("binary sigmoid:1", [0, 800, -800]), [0.5, 1, 0]);
  assert.equal(linked("binary sigmoid:2", [0.5])[0], linked("binary sigmoid:1", [1])[0]);
  assert.deepEqual(linked("multiclass num_class:2", [1000, 1000, 0, -2000], 2), [0.5, 0.5, 1, 0]);
  assert.deepEqual(linked("multiclassova num_class:2 sigmoid:1", [0, 0], 2), [0.5, 0.5]);
});

Deno.test("objectiveLink() leaves the scores of a model that names no objective", () => {
  assert.deepEqual(objectiveLink("tree\n")(Float64Array.of(4), 1), Float64Array.of(4));
});

Deno.test("objectiveLink() refuses an objective whose link it does not know", () => {
  assert.throws(() => linked("cross_entropy_lambda", [1]), { name: "RangeError", message: /is cross_entropy_lambda/ });
});
