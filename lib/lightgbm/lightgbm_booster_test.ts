import assert from "node:assert/strict";
import { nativeLightgbm } from "./native_lightgbm.ts";
import golden from "./testdata/random_cases.json" with { type: "json" };
import { fingerprint, randomCase } from "./testdata/random_cases.ts";

Deno.test("LightgbmBooster grows, scores and explains as LightGBM's Python package does", () => {
  const native = nativeLightgbm();
  golden.cases.forEach((expected, index) => {
    const drawn = randomCase(index);
    assert.deepEqual(fingerprint(native, drawn), expected, drawn.name);
  });
});
