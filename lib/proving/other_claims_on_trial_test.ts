import assert from "node:assert/strict";
import { claimsOfBooks, claimsOfKinds } from "./other_claims_on_trial.ts";

Deno.test("`claimsOfBooks()`: chance hardly ever passes, a book that earns does", async () => {
  const outcomes = await Promise.all([1, 2, 3].map((seed) => claimsOfBooks(seed)));
  assert.ok(outcomes.filter(({ cheat, blend }) => cheat === 1 || blend === 1).length <= 1);
  assert.ok(outcomes.some(({ found }) => found === 1));
});

Deno.test("`claimsOfKinds()`: what knows no more than a rule fails, what knows the truth passes", async () => {
  const outcomes = await Promise.all([1, 2].map((seed) => claimsOfKinds(seed)));
  for (const { classifier, quantiles, volatility } of outcomes) {
    assert.deepEqual([classifier, quantiles, volatility], [0, 0, 0]);
  }
  for (const kind of ["classifierFound", "quantilesFound", "volatilityFound"]) {
    assert.ok(outcomes.some((outcome) => outcome[kind] === 1), kind);
  }
});
