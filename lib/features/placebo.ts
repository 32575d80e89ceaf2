import { rollingMean } from "@lib/core";
import { missingRule } from "./_missing_rule.ts";
import { defineFeature } from "./feature.ts";

/**
 * A number from -1 to 1 that the bits of another decide and nothing else does: as good as random, and the same for ever.
 *
 * The mixer of splitmix64 over the 64 bits, of which the upper 53 are taken.
 *
 * Source: Steele, Lea and Flood (2014), Fast Splittable Pseudorandom Number Generators, OOPSLA.
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
  const bits = new BigUint64Array(Float64Array.of(value).buffer)[0];
  let mixed = BigInt.asUintN(64, bits + 0x9e3779b97f4a7c15n);
  mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n);
  mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
  mixed ^= mixed >> 31n;
  return Number(mixed >> 11n) / 2 ** 52 - 1;
}

const shared = {
  family: "placebo",
  needs: ["return"],
  expectedSign: 0,
  source: "noise made of the bits of the return (splitmix64); knows nothing, and what calls it useful is wrong",
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
