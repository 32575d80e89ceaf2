import assert from "node:assert/strict";
import { assertAlmostEqual, midRanks, normalRandom, pearsonCorrelation, seededRandom } from "@lib/core";
import { daysNeeded } from "./days_needed.ts";

Deno.test("`daysNeeded()` is the textbook sample size of a correlation", () => {
  // (1.959964 + 0.841621)^2 / 0.05^2, normal quantiles from Abramowitz and Stegun, table 26.5
  assert.equal(daysNeeded(0.05).toFixed(1), "3139.6");
  assertAlmostEqual([daysNeeded(0.025)], [4 * daysNeeded(0.05)]);
  assertAlmostEqual([daysNeeded(0.05, { names: 101 })], [daysNeeded(0.05) / 100]);
});

Deno.test("`daysNeeded()` gives the power that it promises", () => {
  const [names, ic, markets] = [20, 0.1, 400];
  const days = Math.round(daysNeeded(ic, { names }));
  const normal = normalRandom(seededRandom(3));
  let told = 0;
  for (let market = 0; market < markets; market++) {
    let sum = 0;
    for (let day = 0; day < days; day++) {
      const signal = Float64Array.from({ length: names }, normal);
      const actual = signal.map((value) => ic * value + Math.sqrt(1 - ic ** 2) * normal());
      sum += pearsonCorrelation(midRanks(signal), midRanks(actual));
    }
    if (sum / days > 1.96 / Math.sqrt(days * (names - 1))) told++;
  }
  // rank ICs are some 5 % smaller than the correlation, so that the power is a little below 0.8
  assert.ok(told / markets > 0.68 && told / markets < 0.84, `${told / markets}`);
});

Deno.test("`daysNeeded()` refuses a skill that no number of days could show", () => {
  assert.throws(() => daysNeeded(0), { name: "RangeError", message: /ic must be a finite number from/ });
  assert.throws(() => daysNeeded(0.1, { power: 1 }), /power must be a finite number from 0.5 to 0.999/);
});
