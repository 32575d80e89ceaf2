import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import { FACTOR_MODELS, loadFactors } from "./load_factors.ts";
import { loadPanel } from "./load_panel.ts";
import golden from "./testdata/factors.json" with { type: "json" };

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

for (const model of FACTOR_MODELS) {
  Deno.test(`loadFactors() reads what pandas reads: ${model} factors`, async () => {
    const wanted = golden[model];
    const { dates, names, values, riskFree } = await loadFactors({ model });
    const ends = [dates[0], dates.at(-1)!].map((day) => Number(day.replaceAll("-", "")));
    assert.deepEqual([dates.length, ...ends], [wanted.days, wanted.first, wanted.last]);
    assert.deepEqual([...names, "RF"].sort(), Object.keys(wanted.sums).sort());
    const decade = (column: Float64Array) =>
      column.filter((_, row) => dates[row] >= "2007-01-04" && dates[row] <= "2016-12-30");
    assert.equal(decade(riskFree).length, wanted.days_of_2007_to_2016);
    [...names, "RF"].forEach((name, at) => {
      const column = [...values, riskFree][at];
      assertAlmostEqual([sum(column)], [wanted.sums[name as "MKT"]]);
      assertAlmostEqual([sum(decade(column))], [wanted.sums_of_2007_to_2016[name as "MKT"]]);
    });
  });
}

Deno.test("loadFactors() knows every day of the panel", async () => {
  const known = new Set((await loadFactors()).dates);
  const { panel } = await loadPanel({ tier: "final" });
  assert.deepEqual(panel.dates.filter((day) => !known.has(day)), []);
});

Deno.test("loadFactors() names its models", async () => {
  await assert.rejects(loadFactors({ model: "seven" as "six" }), {
    name: "RangeError",
    message: /model must be one of three, four, five, six/,
  });
});
