import { rollingMean } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { defineFeature } from "./feature.ts";

/**
 * A number from -1 to 1 that the bits of another decide and nothing else does: as good as random, and the same for ever.
 *
 * Both halves of the 64 bits go through the mixer of MurmurHash3 one after the other; 53 bits of the two results count.
 *
 * Source: Appleby (2011), MurmurHash3, finalizer of 32 bits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(noiseOf(0.01), noiseOf(0.01));
 * assert.ok(Math.abs(noiseOf(0.01)) < 1 && noiseOf(0.01) !== noiseOf(0.02));
 * ```
 *
 * @returns NaN for NaN.
 */
export function noiseOf(value: number): number {
  if (Number.isNaN(value)) return NaN;
  cell[0] = value;
  const first = mixed(words[0] ^ 0x9e3779b9);
  const second = mixed(words[1] ^ first);
  return ((mixed(first ^ second) >>> 6) * 2 ** 27 + (second >>> 5)) / 2 ** 52 - 1;
}

const cell = new Float64Array(1);
const words = new Uint32Array(cell.buffer);

function mixed(bits: number): number {
  let hash = bits;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const shared = {
  family: "placebo",
  needs: ["return"],
  expectedSign: 0,
  source: "noise made of the bits of the return; knows nothing, and what calls it useful is wrong",
} as const;

/** `placebo_noise`, new every day, and `placebo_drift_20`, which hardly changes: what must never pass the judge. */
export const placeboFeatures = [
  defineFeature({
    ...shared,
    name: "placebo_noise",
    lookbackDays: 1,
    formula: "a number from -1 to 1 that the bits of the day's return decide",
    missing: missingRule.sameDay,
    compute: (bars) => bars.return.map(noiseOf),
  }),
  defineFeature({
    ...shared,
    name: "placebo_drift_20",
    lookbackDays: 20,
    formula: "mean of placebo_noise over 20 days",
    missing: missingRule.window,
    compute: (bars) => rollingMean(bars.return.map(noiseOf), { windowDays: 20 }),
  }),
];
