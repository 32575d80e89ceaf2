import assert from "node:assert/strict";
import { repositoryPath, sha256 } from "@lib/core";
import { goldenRows } from "./_golden_rows.ts";
import { fitLightgbm } from "./lightgbm/fit_lightgbm.ts";
import { loadForecaster } from "./load_forecaster.ts";
import { fitRidge } from "./ridge/fit_ridge.ts";

const rows = goldenRows(0, 800);
const test = goldenRows(2000, 60).features;

async function saved(name: "lightgbm" | "ridge") {
  const folder = await Deno.makeTempDir();
  using model = name === "ridge"
    ? await fitRidge(rows, { seed: 1 })
    : await fitLightgbm(rows, { rounds: 20, seed: 1, parameters: { feature_fraction: 0.5 } });
  await model.save(folder, { commit: "0123abc" });
  return { folder, forecast: model.predict(test), importance: model.featureImportance(), model };
}

Deno.test("loadForecaster() gives the same forecasts to the last bit in another process", async () => {
  for (const name of ["lightgbm", "ridge"] as const) {
    const { folder, forecast } = await saved(name);
    const program = `
      import { loadForecaster } from "@lib/models";
      import { sha256 } from "@lib/core";
      import { goldenRows } from "${import.meta.resolve("./_golden_rows.ts")}";
      using model = await loadForecaster(${JSON.stringify(folder)});
      console.log(sha256(model.predict(goldenRows(2000, 60).features)));`;
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--quiet", "--ext=ts", program],
      cwd: repositoryPath(),
    }).output();
    assert.equal(new TextDecoder().decode(stdout).trim(), sha256(forecast), new TextDecoder().decode(stderr));
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("loadForecaster() knows features, importance, seed and options again", async () => {
  for (const name of ["lightgbm", "ridge"] as const) {
    const { folder, importance, model } = await saved(name);
    using loaded = await loadForecaster(folder);
    assert.deepEqual(loaded.featureImportance(), importance);
    const { payload, provenance, format, code, ...description } = JSON.parse(
      await Deno.readTextFile(`${folder}/manifest.json`),
    );
    assert.deepEqual(description, model.description);
    assert.deepEqual(loaded.description, { ...description, code });
    assert.deepEqual([format, provenance, payload.sha256.length, code.length], [1, { commit: "0123abc" }, 64, 64]);
    const reversed = { ...test, columns: [...test.columns].reverse() };
    assert.throws(() => loaded.predict(reversed), { name: "TypeError", message: /feature 1 of 6 must be feature_0/ });
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("loadForecaster() gives a model that is saved again as made by the code that it came with", async () => {
  const { folder } = await saved("ridge");
  const manifestPath = `${folder}/manifest.json`;
  const manifest = JSON.parse(await Deno.readTextFile(manifestPath));
  const code = "0".repeat(64);
  assert.notEqual(manifest.code, code);
  await Deno.writeTextFile(manifestPath, JSON.stringify({ ...manifest, code }));
  using loaded = await loadForecaster(folder);
  await loaded.save(`${folder}/again`);
  assert.equal(JSON.parse(await Deno.readTextFile(`${folder}/again/manifest.json`)).code, code);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("loadForecaster() refuses a damaged payload and a manifest of other features", async () => {
  for (const name of ["lightgbm", "ridge"] as const) {
    const { folder } = await saved(name);
    const manifestPath = `${folder}/manifest.json`;
    const manifest = JSON.parse(await Deno.readTextFile(manifestPath));
    const rewrite = (change: object) => Deno.writeTextFile(manifestPath, JSON.stringify({ ...manifest, ...change }));
    await rewrite({ features: manifest.features.slice(1) });
    await assert.rejects(loadForecaster(folder), { message: /Cannot load a (LightGBM model|ridge regression)/ });
    await rewrite({ model: "oracle" });
    await assert.rejects(loadForecaster(folder), {
      message: /model must be one of calibrated, lightgbm, network, ridge, xgboost, current value is oracle/,
    });
    await rewrite({ format: 2 });
    await assert.rejects(loadForecaster(folder), { message: /format in .* must be 1, current value is 2/ });
    await rewrite({ payload: { ...manifest.payload, file: "../model.txt" } });
    await assert.rejects(loadForecaster(folder), { name: "SyntaxError" });
    await Deno.writeTextFile(manifestPath, "{");
    await assert.rejects(loadForecaster(folder), { name: "SyntaxError", message: /manifest.json must be JSON/ });
    await rewrite({});
    const payload = `${folder}/${manifest.payload.file}`;
    const text = await Deno.readTextFile(payload);
    await Deno.writeTextFile(payload, text.replace("0.", "1."));
    await assert.rejects(loadForecaster(folder), {
      name: "RangeError",
      message: /must have the SHA-256 of its manifest/,
    });
    await Deno.remove(payload);
    await assert.rejects(loadForecaster(folder), { name: "NotFound" });
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("loadForecaster() gives a model that cannot be used once it is disposed of", async () => {
  const { folder } = await saved("lightgbm");
  const model = await loadForecaster(folder);
  model[Symbol.dispose]();
  model[Symbol.dispose]();
  assert.throws(() => model.predict(test), { name: "ReferenceError", message: /it was disposed of/ });
  await Deno.remove(folder, { recursive: true });
});
