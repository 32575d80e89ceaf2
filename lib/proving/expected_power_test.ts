import assert from "node:assert/strict";
import { expectedPower } from "./expected_power.ts";
import golden from "./testdata/power.json" with { type: "json" };

Deno.test("`expectedPower()` agrees with brute force within its sampling error", () => {
  for (const [rankIc, names, days, trials, wanted] of golden.power) {
    const power = expectedPower(rankIc, { names, days, trials });
    const error = Math.sqrt(wanted * (1 - wanted) / 2e6);
    assert.ok(Math.abs(power - wanted) < 4 * error + 2e-4, `${power} is not ${wanted}`);
  }
});

Deno.test("`expectedPower()` rises with skill and days, and falls with trials", () => {
  const of = (rankIc: number, days: number, trials: number) => expectedPower(rankIc, { names: 20, days, trials });
  assert.ok(of(0.03, 400, 1) < of(0.04, 400, 1));
  assert.ok(of(0.03, 400, 1) < of(0.03, 800, 1));
  assert.ok(of(0.03, 400, 1) > of(0.03, 400, 20));
});
