import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import { featuresNamed } from "./catalogue.ts";
import type { SymbolBars } from "./feature.ts";
import golden from "./testdata/catalogue.json" with { type: "json" };

Deno.test("candle parts add up to the range of the day", () => {
  const bars = Object.fromEntries(
    (["open", "high", "low", "close"] as const).map((name) => [name, Float64Array.from(golden.bars[name])]),
  ) as SymbolBars;
  const [body, upper, lower, range] = featuresNamed(["candle_body", "upper_shadow", "lower_shadow", "high_low_range"])
    .map(({ compute }) => compute(bars));
  assertAlmostEqual(body.map((value, day) => Math.abs(value) + upper[day] + lower[day]), range, 1e-12);
  for (const part of [upper, lower]) assert.ok(part.every((value) => value >= 0));
  assert.ok(body.some((value) => value < 0) && body.some((value) => value > 0));
});
