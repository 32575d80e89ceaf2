import assert from "node:assert/strict";
import { parameterSweep } from "./parameter_sweep.ts";

Deno.test("parameterSweep() gives every combination, the last name running fastest", () => {
  assert.deepEqual(parameterSweep("a=1|2 b=x c=|y"), [
    ["a=1", "b=x", "c="],
    ["a=1", "b=x", "c=y"],
    ["a=2", "b=x", "c="],
    ["a=2", "b=x", "c=y"],
  ]);
});

Deno.test("parameterSweep() keeps bars in quotes and after backslashes, and spaces in quotes", () => {
  assert.deepEqual(parameterSweep(`a='x|y'|"z w" b=1\\|2`), [["a=x|y", "b=1|2"], ["a=z w", "b=1|2"]]);
  assert.deepEqual(parameterSweep(["a=x y|z", `b="q"`, "c=1\\|2"]), [
    ["a=x y", `b="q"`, "c=1|2"],
    ["a=z", `b="q"`, "c=1|2"],
  ]);
  assert.deepEqual(parameterSweep([]), [[]]);
});

Deno.test("parameterSweep() refuses what is no assignment, and a value given twice", () => {
  assert.throws(() => parameterSweep("a"), /each must be name=value, current one is "a"/);
  assert.throws(() => parameterSweep("a=1|2|1"), /each value of a must be given once, 1 is given twice/);
});
