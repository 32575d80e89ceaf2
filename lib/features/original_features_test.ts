import assert from "node:assert/strict";
import { catalogue } from "./catalogue.ts";
import { originalFeatures } from "./original_features.ts";

Deno.test("originalFeatures has all 157 names, each once, 123 technical ones and 34 of sentiment", () => {
  assert.equal(new Set(originalFeatures.map(({ name }) => name)).size, 157);
  assert.equal(originalFeatures.length, 157);
  assert.equal(originalFeatures.filter(({ group }) => group === "sentiment").length, 34);
});

Deno.test("originalFeatures names features that there are, for all but the dropped, and says why where anything changed", () => {
  const known = new Set(catalogue.map(({ name }) => name));
  for (const { name, fate, now, words } of originalFeatures) {
    assert.equal(now.length > 0, fate !== "dropped", name);
    for (const other of now) assert.ok(known.has(other), `${name}: ${other}`);
    assert.ok(fate === "kept" || words.length > 10, name);
  }
});
