import assert from "node:assert/strict";
import { goldenRows } from "../_golden_rows.ts";
import golden from "../testdata/models.json" with { type: "json" };
import { fitRidge } from "./fit_ridge.ts";

const { weight, ...rows } = goldenRows(0, 800);
const { weight: _, ...stop } = goldenRows(1000, 300);
const test = goldenRows(2000, 60).features;
const tolerance = 1e-12;

const close = (actual: Float64Array, expected: number[]) =>
  expected.forEach((value, i) => assert.ok(Math.abs(actual[i] - value) < tolerance, `${actual[i]} and ${value}`));

Deno.test("fitRidge() agrees with scikit-learn, missing values and weights included", async () => {
  for (const expected of golden.ridge) {
    const training = expected.weighted ? { ...rows, weight } : rows;
    using model = await fitRidge(training, { penalty: expected.penalty, seed: 1 });
    close(model.state.coefficients, expected.coefficients);
    close(Float64Array.of(model.state.intercept), [expected.intercept]);
    close(model.predict(test), expected.forecast);
  }
});

Deno.test("fitRidge() chooses the penalty with the least error on the rows to stop by", async () => {
  const penalties = [0.001, 0.3, 100];
  const error = async (penalty: number) => {
    using model = await fitRidge(rows, { penalty, seed: 1 });
    return model.predict(stop.features).reduce((sum, value, row) => sum + (stop.target[row] - value) ** 2, 0);
  };
  const errors = await Promise.all(penalties.map(error));
  using model = await fitRidge({ ...rows, stop }, { penalty: penalties, seed: 1 });
  assert.equal(model.state.penalty, penalties[errors.indexOf(Math.min(...errors))]);
  assert.equal(model.description.stopRows, 300);
});

Deno.test("fitRidge() gives a feature that never varies no weight, in either precision the same shape", async () => {
  const values = rows.features.values.map((value, at) => at % 6 === 3 ? 7 : at % 6 === 4 ? NaN : value);
  using model = await fitRidge({ ...rows, features: { ...rows.features, values } }, { penalty: 0, seed: 1 });
  assert.deepEqual(model.state.coefficients.slice(3, 5), Float64Array.of(0, 0));
  const shares = Object.values(model.featureImportance());
  assert.ok(Math.abs(shares.reduce((sum, share) => sum + share) - 1) < tolerance);
});

Deno.test("fitRidge() with a very large penalty forecasts the mean", async () => {
  using model = await fitRidge(rows, { penalty: 1e15, seed: 1 });
  const mean = rows.target.reduce((sum, value) => sum + value) / 800;
  close(model.predict(test), Array(60).fill(mean));
});

Deno.test("fitRidge() forecasts do not change when a feature changes its unit", async () => {
  using model = await fitRidge(rows, { seed: 1 });
  const scaled = (matrix: typeof test) => ({ ...matrix, values: matrix.values.map((value) => value * 8) });
  using other = await fitRidge({ ...rows, features: scaled(rows.features) }, { seed: 1 });
  assert.deepEqual(other.predict(scaled(test)), model.predict(test));
});

Deno.test("fitRidge() refuses what it cannot solve", async () => {
  const twice = new Float32Array(1600).map((_, at) => Math.floor(at / 2) % 7);
  const collinear = { ...rows, features: { values: twice, rows: 800, columns: ["one", "same"] } };
  await assert.rejects(fitRidge(collinear, { penalty: 0, seed: 1 }), { message: /must be positive definite/ });
  await assert.rejects(fitRidge(rows, { penalty: -1, seed: 1 }), {
    message: /penalty must be a finite number of at least 0/,
  });
  await assert.rejects(fitRidge(rows, { penalty: [1, 2], seed: 1 }), { message: /current numbers are 2 and 0/ });
  await assert.rejects(fitRidge({ ...rows, stop }, { penalty: [], seed: 1 }), {
    message: /current numbers are 0 and 300/,
  });
  using model = await fitRidge(rows, { seed: 1 });
  assert.throws(() => model.predict({ ...test, columns: [...test.columns].reverse() }), { name: "TypeError" });
});
