import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import golden from "./testdata/wilson.json" with { type: "json" };
import { wilsonInterval } from "./wilson_interval.ts";

Deno.test("`wilsonInterval()` agrees with statsmodels", () => {
  for (const [found, cases, confidence, low, high] of golden.intervals) {
    const interval = wilsonInterval(found, cases, { confidence });
    assertAlmostEqual([interval.low, interval.high], [low, high]);
  }
});

Deno.test("`wilsonInterval()` refuses what cannot be counted", () => {
  assert.throws(() => wilsonInterval(0, 0), /the number of cases must be an integer of at least 1/);
  assert.throws(() => wilsonInterval(3, 2), /the number found must be an integer from 0 to 2/);
});
