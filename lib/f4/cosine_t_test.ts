import assert from "node:assert/strict";
import { normalRandom, seededRandom } from "@lib/core";
import { cosineT, neweyWestLags, neweyWestStandardError, studentProbability, studentQuantile } from "./mod.ts";
import golden from "./testdata/cosine_t.json" with { type: "json" };

const close = (actual: number, wanted: number, tolerance = 1e-10) =>
  assert.ok(Math.abs(actual - wanted) <= tolerance * Math.max(1, Math.abs(wanted)), `${actual} is not ${wanted}`);

Deno.test("`cosineT()` agrees with the cosine transform and Student's t of scipy", () => {
  for (const { values, horizonDays, degrees, standardError, t, z } of golden.cases) {
    const own = cosineT(Float64Array.from(values), { horizonDays });
    assert.equal(own.degrees, degrees);
    close(own.standardError, standardError);
    close(own.t, t);
    close(own.z, z, 1e-8);
  }
});

Deno.test("`studentQuantile()` agrees with scipy", () => {
  for (const { probability, degrees, quantile } of golden.quantiles) {
    close(studentQuantile(probability, { degrees }), quantile);
    close(studentProbability(quantile, { degrees }), probability);
  }
  assert.throws(() => studentQuantile(1, { degrees: 3 }), /probability must be between 0 and 1, current value is 1/);
});

Deno.test("`cosineT()` keeps its size over 30 horizons that overlap, where Newey and West pass too often", () => {
  const [horizonDays, days, records] = [20, 600, 600];
  let [ours, theirs] = [0, 0];
  const critical = studentQuantile(0.975, { degrees: 10 });
  for (let record = 0; record < records; record++) {
    const normal = normalRandom(seededRandom(record));
    // a forecast that never changes: the daily values overlap as the outcomes do
    const shocks = Float64Array.from({ length: days + horizonDays }, normal);
    const values = new Float64Array(days);
    let sum = shocks.subarray(0, horizonDays).reduce((total, value) => total + value, 0);
    for (let day = 0; day < days; day++) {
      values[day] = sum;
      sum += shocks[day + horizonDays] - shocks[day];
    }
    const { t, degrees, mean } = cosineT(values, { horizonDays });
    assert.equal(degrees, 10);
    if (t > critical) ours++;
    if (mean / neweyWestStandardError(values, neweyWestLags(days, horizonDays)) > 1.96) theirs++;
  }
  // 2.5 in 100 are promised: 15, with a standard error of 4
  assert.ok(ours >= 5 && ours <= 25, `${ours} of ${records}`);
  assert.ok(theirs > ours, `${theirs} of ${records}`);
});

Deno.test("`cosineT()` knows nothing of a constant, a day or none", () => {
  for (const values of [[], [1], [2, 2, 2]]) {
    const { t, z, standardError } = cosineT(Float64Array.from(values));
    assert.deepEqual([t, z, standardError], [NaN, NaN, NaN]);
  }
  assert.throws(() => cosineT(Float64Array.of(1, 2), { horizonDays: 0 }), RangeError);
});
