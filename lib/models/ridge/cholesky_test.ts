import assert from "node:assert/strict";
import { solvePositiveDefinite } from "./cholesky.ts";

Deno.test("solvePositiveDefinite() solves what it is given", () => {
  const size = 5;
  // Hilbert's matrix, and the right side whose solution is all ones.
  const hilbert = Float64Array.from({ length: 25 }, (_, at) => 1 / (Math.floor(at / size) + at % size + 1));
  const right = Float64Array.from(
    { length: size },
    (_, row) => hilbert.subarray(row * size, (row + 1) * size).reduce((sum, value) => sum + value),
  );
  solvePositiveDefinite(hilbert, right).forEach((value) => assert.ok(Math.abs(value - 1) < 1e-9));
});

Deno.test("solvePositiveDefinite() refuses a singular matrix and leaves its arguments alone", () => {
  const matrix = Float64Array.of(1, 1, 1, 1);
  const right = Float64Array.of(1, 2);
  assert.throws(() => solvePositiveDefinite(matrix, right), { name: "RangeError", message: /pivot 2 of 2 is 0/ });
  assert.deepEqual([matrix, right], [Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 2)]);
  assert.equal(solvePositiveDefinite(new Float64Array(0), new Float64Array(0)).length, 0);
});
