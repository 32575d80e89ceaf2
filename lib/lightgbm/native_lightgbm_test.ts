import assert from "node:assert/strict";
import { lightgbmParameterNames } from "./lightgbm_parameters.ts";
import { explainLoadFailure, nativeLightgbm, packageFolder } from "./native_lightgbm.ts";
import { parameterNames } from "./parameter_text.ts";

Deno.test("nativeLightgbm() names the version that is installed", () => {
  assert.match(nativeLightgbm().engine, /^lightgbm 4\.\d+\.\d+ native$/);
});

Deno.test("nativeLightgbm() shares the memory of arrays that it is lent", () => {
  const native = nativeLightgbm();
  const values = Float64Array.of(1, 2, 3);
  const address = native.lend!(values.subarray(1));
  native.view(address, 8).fill(0);
  assert.deepEqual(values, Float64Array.of(1, 0, 3));
  assert.deepEqual(native.view(address + 8, 8), new Uint8Array(Float64Array.of(3).buffer));
  native.release(address);
});

Deno.test("lightgbmParameterNames are names of LightGBM, no aliases", () => {
  const names = parameterNames(nativeLightgbm());
  assert.deepEqual(lightgbmParameterNames.filter((name) => names.get(name) !== name), []);
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
