import assert from "node:assert/strict";
import { repositoryPath } from "@lib/core";
import { hasXgboost, xgboostEngine } from "./xgboost_library.ts";

Deno.test("xgboostEngine() names engine and version, or what to do where there is none", () => {
  if (hasXgboost()) assert.match(xgboostEngine(), /^xgboost \d+\.\d+\.\d+ native$/);
  else assert.throws(xgboostEngine, { message: /Cannot load XGBoost: its library must be in .*, run make xgboost/ });
});

Deno.test("xgboostEngine() has the version of the lock", async () => {
  const lock = await Deno.readTextFile(repositoryPath("pipelines", "setup", "xgboost.lock"));
  const [, version] = /^xgboost-cpu==(\S+)/m.exec(lock)!;
  if (hasXgboost()) assert.equal(xgboostEngine(), `xgboost ${version} native`);
});
