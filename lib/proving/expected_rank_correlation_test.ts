import assert from "node:assert/strict";
import { expectedRankCorrelation } from "./expected_rank_correlation.ts";
import golden from "./testdata/rank_correlation.json" with { type: "json" };

Deno.test("`expectedRankCorrelation()` is the mean of samples that scipy ranks, within four of its errors", () => {
  for (const [correlation, names, mean, error] of golden.means) {
    const expected = expectedRankCorrelation(correlation, { names });
    assert.ok(Math.abs(expected - mean) < 4 * error, `${expected} is not ${mean} of ${names} names`);
  }
});

Deno.test("`expectedRankCorrelation()` of two names is that of a sign, of many that of a population", () => {
  const sign = 2 / Math.PI * Math.asin(0.4);
  assert.ok(Math.abs(expectedRankCorrelation(0.4, { names: 2 }) - sign) < 1e-15);
  const population = 6 / Math.PI * Math.asin(0.2);
  assert.ok(Math.abs(expectedRankCorrelation(0.4, { names: 1e6 }) - population) < 1e-6);
  assert.throws(() => expectedRankCorrelation(0.4, { names: 1 }), RangeError);
});
