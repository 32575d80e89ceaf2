import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import { indexFromPrices, indexFromReturns, simpleReturns } from "./derive_columns.ts";

const price = Float64Array.from({ length: 50 }, (_, day) => 20 + 5 * Math.sin(day / 4));

Deno.test("indexFromPrices() and indexFromReturns() tell the same story", () => {
  assertAlmostEqual(indexFromReturns(simpleReturns(price)), indexFromPrices(price), 1e-14);
});

Deno.test("indexFromPrices() and simpleReturns() are unchanged when the future is cut off", () => {
  for (const days of [0, 1, 2, 30]) {
    assert.deepEqual(indexFromPrices(price.slice(0, days)), indexFromPrices(price).slice(0, days));
    assert.deepEqual(simpleReturns(price.slice(0, days)), simpleReturns(price).slice(0, days));
  }
});

Deno.test("indexFromPrices() does not change its past when a later dividend rewrites adjusted prices", () => {
  const rewritten = price.map((value) => value * 0.5); // what a vendor does to the past: one common factor
  assert.deepEqual(indexFromPrices(rewritten), indexFromPrices(price));
});

Deno.test("indexFromPrices() begins at the first known price and bridges a hole", () => {
  assert.deepEqual(indexFromPrices(Float64Array.of(NaN, 2, NaN, 3)), Float64Array.of(NaN, 1, NaN, 1.5));
  assert.deepEqual(indexFromPrices(Float64Array.of(NaN)), Float64Array.of(NaN));
});

Deno.test("indexFromReturns() never starts again after a missing return", () => {
  assert.deepEqual(indexFromReturns(Float64Array.of(NaN, 0.5, NaN, 0.1)), Float64Array.of(1, 1.5, NaN, NaN));
  assert.deepEqual(indexFromReturns(new Float64Array(0)), new Float64Array(0));
});
