import assert from "node:assert/strict";
import { assertAlmostEqual } from "./almost_equal.ts";
import { midRanks } from "./rank.ts";
import { mean, pearsonCorrelation, quantile, spearmanCorrelation, standardDeviation } from "./statistics.ts";
import golden from "./testdata/statistics.json" with { type: "json" };

const x = Float64Array.from({ length: 40 }, (_, day) => Math.sin(day * day / 7) + day % 5);
const y = x.map((value, day) => Math.cos(day / 3) + 0.3 * value);
const ties = Float64Array.from({ length: 25 }, (_, day) => day * 7 % 10);

Deno.test("statistics agree with scipy and numpy", () => {
  assertAlmostEqual([pearsonCorrelation(x, y)], [golden.pearson]);
  assertAlmostEqual([spearmanCorrelation(ties, x.slice(0, 25))], [golden.spearman]);
  assertAlmostEqual([standardDeviation(x)], [golden.standardDeviation]);
  for (const [probability, wanted] of Object.entries(golden.quantiles)) {
    assertAlmostEqual([quantile(x, Number(probability))], [wanted]);
  }
});

Deno.test("correlations use the rows where both are known, and are NaN where nothing varies", () => {
  const gapped = x.slice();
  gapped[3] = NaN;
  const without = (values: Float64Array) => values.filter((_, day) => day !== 3);
  assert.equal(pearsonCorrelation(gapped, y), pearsonCorrelation(without(x), without(y)));
  assert.equal(spearmanCorrelation(y, gapped), spearmanCorrelation(without(y), without(x)));
  for (const constant of [2, 0.1, 1e-9]) {
    assert.ok(Number.isNaN(pearsonCorrelation(x, new Float64Array(40).fill(constant))));
  }
  assert.ok(Number.isNaN(pearsonCorrelation(Float64Array.of(1), Float64Array.of(1))));
});

Deno.test("spearmanCorrelation() sees only the order", () => {
  assert.equal(spearmanCorrelation(x, y), spearmanCorrelation(x.map((value) => Math.exp(value)), y));
});

Deno.test("statistics of too little are NaN", () => {
  assert.ok(Number.isNaN(mean([])));
  assert.ok(Number.isNaN(standardDeviation([1])));
  assert.ok(Number.isNaN(quantile([NaN], 0.5)));
});

Deno.test("statistics refuse what cannot be answered", () => {
  assert.throws(() => pearsonCorrelation(x, y.slice(1)), {
    name: "TypeError",
    message: "Cannot compute a correlation: all lengths must be equal, current ones are x 40, y 39",
  });
  assert.throws(() => quantile(x, 1.1), { name: "RangeError" });
});

Deno.test("midRanks() agrees with scipy's rankdata, ties included", () => {
  assert.deepEqual(Array.from(midRanks(ties)), golden.midRanks);
});
