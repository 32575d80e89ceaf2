import assert from "node:assert/strict";
import { lineChanges } from "./_line_changes.ts";

Deno.test("`lineChanges()` tells changed, added and removed lines with their numbers on both sides", () => {
  const before = "one\ntwo\nthree\nfour\nfive\nsix";
  const after = "one\nTWO\nthree\nfour\nfour and a half\nfive";
  assert.deepEqual(lineChanges(before, after), [
    { lineBefore: 2, lineAfter: 2, before: ["two"], after: ["TWO"] },
    { lineBefore: 5, lineAfter: 5, before: [], after: ["four and a half"] },
    { lineBefore: 6, lineAfter: 7, before: ["six"], after: [] },
  ]);
});

Deno.test("`lineChanges()` overlooks indentation and empty lines", () => {
  assert.deepEqual(lineChanges("a\n  b\n", "a\n\n    b"), []);
  assert.deepEqual(lineChanges("", ""), []);
});

Deno.test("`lineChanges()` gives texts without a line in common as one change", () => {
  assert.deepEqual(lineChanges("a\nb", "c"), [{ lineBefore: 1, lineAfter: 1, before: ["a", "b"], after: ["c"] }]);
});
