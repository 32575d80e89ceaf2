import type { Network } from "./network.ts";

/**
 * How many numbers a network learns, for windows of a shape.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const initialise = () => ({ kernel: { shape: [3, 1], values: new Float32Array(3) } });
 * assert.equal(parameterCount({ initialise }, { steps: 1, features: 3 }), 3);
 * ```
 */
export function parameterCount(
  network: Pick<Network, "initialise">,
  shape: { steps: number; features: number },
): number {
  return Object.values(network.initialise(shape, 0)).reduce((sum, { values }) => sum + values.length, 0);
}
