import assert from "node:assert/strict";
import type { LightgbmParameters } from "@lib/lightgbm";
import { goldenRows } from "./_golden_rows.ts";
import type { Contributions } from "./forecaster.ts";
import { fitLightgbm } from "./lightgbm/fit_lightgbm.ts";
import { fitRidge } from "./ridge/fit_ridge.ts";
import golden from "./testdata/models.json" with { type: "json" };

const { weight, ...rows } = goldenRows(0, 800);
const test = goldenRows(2000, 60).features;

function sums({ values: { values, rows, columns: { length: width } }, base }: Contributions): Float64Array {
  const total = (row: number) =>
    Float64Array.from(values.subarray(row * width, (row + 1) * width)).reduce((a, b) => a + b);
  return Float64Array.from({ length: rows }, (_, row) => base[row] + total(row));
}

function assertClose(actual: Float64Array, expected: Float64Array): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-9, `${i}: ${value} and ${expected[i]}`));
}

Deno.test("contributions() of LightGBM sum to the forecast, or to its logarithm where that is the score", async () => {
  for (const name of ["plain", "drawn", "weighted", "quantile", "gamma"] as const) {
    const parameters = golden.lightgbm[name].parameters as LightgbmParameters;
    const training = {
      ...rows,
      ...(name === "weighted" ? { weight } : {}),
      ...(name === "gamma" ? { target: rows.target.map(Math.abs) } : {}),
    };
    using model = await fitLightgbm(training, { rounds: 40, seed: 7, parameters });
    const forecast = model.predict(test);
    const told = model.contributions(test);
    assertClose(sums(told), name === "gamma" ? forecast.map(Math.log) : forecast);
    golden.lightgbm[name].contributions.forEach((expected, row) => {
      assert.deepEqual(Array.from(told.values.values.subarray(row * 6, (row + 1) * 6)), expected.slice(0, 6));
      assert.equal(told.base[row], expected[6]);
    });
  }
});

Deno.test("contributions() of LightGBM are 0 for a feature without a split", async () => {
  const { values, columns, rows: count } = rows.features;
  const flat = { values: values.map((value, at) => at % 6 === 2 ? 1 : value), rows: count, columns };
  using model = await fitLightgbm({ ...rows, features: flat }, { rounds: 10, seed: 1 });
  const told = model.contributions(test);
  assert.ok(told.values.values.every((value, at) => at % 6 !== 2 || value === 0));
  assert.ok(told.values.values.some((value) => value !== 0));
});

Deno.test("contributions() of ridge sum to the forecast, and are 0 where a feature is missing", async () => {
  using model = await fitRidge(rows, { seed: 1 });
  const told = model.contributions(test);
  assertClose(sums(told), model.predict(test));
  test.values.forEach((value, at) => assert.ok(!Number.isNaN(value) || told.values.values[at] === 0));
});

Deno.test("contributions() refuse other features, and tell nothing of no rows", async () => {
  const reversed = { ...test, columns: [...test.columns].reverse() };
  const nothing = { ...test, values: new Float32Array(0), rows: 0 };
  for (const fit of [fitRidge, fitLightgbm]) {
    using model = await fit(rows, { seed: 1 });
    assert.throws(() => model.contributions(reversed), {
      name: "TypeError",
      message: /feature 1 of 6 must be feature_0/,
    });
    assert.equal(model.contributions(nothing).base.length, 0);
  }
});
