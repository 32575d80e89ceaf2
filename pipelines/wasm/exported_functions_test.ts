import assert from "node:assert/strict";
import { lightgbmFunctions } from "@lib/lightgbm";
import { exportedFunctions } from "./exported_functions.ts";

Deno.test("exportedFunctions() are those that lib/lightgbm calls, and what says what failed", async () => {
  assert.deepEqual(await exportedFunctions(), [...Object.keys(lightgbmFunctions), "LGBM_GetLastError"].sort());
});
