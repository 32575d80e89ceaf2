import assert from "node:assert/strict";
import { assertAlmostEqual } from "./almost_equal.ts";
import { residual } from "./least_squares.ts";

const line = Float64Array.from({ length: 30 }, (_, index) => index);
const wave = line.map((value) => Math.sin(value * value));

Deno.test("residual() is orthogonal to every regressor", () => {
  const regressors = [line.map(() => 1), line, line.map((value) => Math.cos(value))];
  const rest = residual(wave, regressors);
  for (const regressor of regressors) {
    assertAlmostEqual([rest.reduce((sum, value, index) => sum + value * regressor[index], 0)], [0], 1e-12);
  }
  assertAlmostEqual(residual(rest, regressors), rest, 1e-13);
});

Deno.test("residual() does not stumble over a regressor that says nothing new", () => {
  const regressors = [line, line.map((value) => 2 * value), line.map(() => 0)];
  assertAlmostEqual(residual(wave, regressors), residual(wave, [line]), 1e-13);
  assert.throws(() => residual(wave, [line.slice(1)]), { name: "TypeError" });
});
