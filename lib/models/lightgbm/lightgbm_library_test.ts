import assert from "node:assert/strict";
import { callLightgbm, explainLoadFailure, lightgbmEngine, packageFolder, readText } from "./lightgbm_library.ts";
import { lightgbmParameterNames } from "./lightgbm_parameters.ts";

Deno.test("lightgbmEngine() names the version that is installed", () => {
  assert.match(lightgbmEngine(), /^lightgbm 4\.\d+\.\d+ native$/);
});

Deno.test("lightgbmParameterNames are names of LightGBM, no aliases", () => {
  const text = readText((capacity, length, buffer) =>
    callLightgbm("list parameters", "LGBM_DumpParamAliases", capacity, length, buffer)
  );
  const real = new Set(Object.keys(JSON.parse(text)));
  assert.deepEqual(lightgbmParameterNames.filter((name) => !real.has(name)), []);
});

Deno.test("explainLoadFailure() says how to get OpenMP where it is missing", () => {
  const cause = new Error("libgomp.so.1: cannot open shared object file: No such file or directory");
  assert.match(explainLoadFailure("lib_lightgbm.so", cause), /apt-get install libgomp1/);
  assert.equal(
    explainLoadFailure("lib_lightgbm.so", new Error("invalid ELF header")),
    "Cannot load LightGBM: lib_lightgbm.so must open, invalid ELF header",
  );
});

Deno.test("packageFolder() says what to do where nothing is installed", () => {
  assert.throws(() => packageFolder("/nowhere"), { message: /must be installed in \/nowhere, run make setup/ });
});
