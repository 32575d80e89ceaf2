import assert from "node:assert/strict";

/**
 * Asserts that numbers agree with golden ones to a relative difference of `tolerance` (absolute below size 1).
 *
 * The one place where tests say how close is close enough: 1e-9 is what two careful programs agree to when they sum in
 * another order; a test that needs more says why.
 *
 * @throws {AssertionError} Naming the first place that differs. NaN equals NaN.
 */
export function assertAlmostEqual(actual: ArrayLike<number>, golden: ArrayLike<number>, tolerance = 1e-9): void {
  assert.equal(actual.length, golden.length, "as many numbers as golden ones");
  for (let index = 0; index < golden.length; index++) {
    const [value, wanted] = [actual[index], golden[index]];
    if (Object.is(value, wanted) || (Number.isNaN(value) && Number.isNaN(wanted))) continue;
    const difference = Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
    assert.ok(difference <= tolerance, `[${index}] is ${value}, wanted ${wanted}, differs by ${difference}`);
  }
}
