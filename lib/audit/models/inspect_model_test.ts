import assert from "node:assert/strict";
import { normalRandom, seededRandom } from "@lib/core";
import { fitLightgbm, fitRidge, type Forecaster, type LightgbmParameters } from "@lib/models";
import type { ModelReport } from "@lib/f4";
import { inspectModel, type InspectModelOptions } from "./inspect_model.ts";

const count = 400;
const columns = ["momentum_5", "volatility_20", "rsi_14"];
const normal = normalRandom(seededRandom(3));
const values = Float32Array.from({ length: count * columns.length }, (_, at) => at % 37 === 0 ? NaN : normal());
const features = { values, rows: count, columns };
const target = Float64Array.from({ length: count }, (_, row) => {
  const [first, second] = values.subarray(row * 3, row * 3 + 2);
  return 0.01 * ((first || 0) + normal() * Math.exp(second || 0));
});
const day = Int32Array.from(target.keys());

const notClear = ({ checks }: ModelReport) =>
  checks.filter(({ outcome }) => outcome !== "clear").map(({ check, words }) => `${check}: ${words}`);

async function inspected(model: Forecaster, options: InspectModelOptions): Promise<ModelReport> {
  const folder = await Deno.makeTempDir();
  try {
    await model.save(folder);
    return await inspectModel(folder, features, options);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("`inspectModel()` finds nothing in models of every kind that can be made here", async () => {
  using ridge = await fitRidge({ features, target, day }, { seed: 1 });
  const report = await inspected(ridge, { kind: "regressor", target });
  assert.deepEqual(notClear(report), []);
  assert.deepEqual([report.model, report.checks.length, report.digest.length], ["ridge", 12, 64]);

  const up = target.map((value) => Number(value > 0));
  const size = target.map((value) => value ** 2);
  const kinds: [InspectModelOptions["kind"], LightgbmParameters, Float64Array][] = [
    ["booster", { objective: "regression" }, target],
    ["classifier", { objective: "binary" }, up],
    ["quantile", { objective: "quantile", alpha: 0.1 }, target],
    ["volatility", { objective: "gamma" }, size],
  ];
  for (const [kind, parameters, wanted] of kinds) {
    using model = await fitLightgbm({ features, target: wanted, day }, { rounds: 20, seed: 1, parameters });
    const report = await inspected(model, { kind, target: wanted });
    assert.deepEqual(notClear(report), [], kind);
    assert.match(report.engine, /^lightgbm/);
  }
});

Deno.test("`inspectModel()` tells a regressor from a classifier by its range, and a collapsed one by its target", async () => {
  using model = await fitRidge({ features, target, day }, { seed: 1 });
  const wrongKind = notClear(await inspected(model, { kind: "classifier" }));
  assert.match(
    wrongKind.join(),
    /range of its kind: \d+ of 400 forecasts are not a probability from 0 to 1, the first -/,
  );
  const flat = new Float64Array(count).fill(0.25);
  using still = await fitLightgbm({ features, target: flat, day }, { rounds: 5, seed: 1 });
  const collapsed = notClear(await inspected(still, { kind: "booster", target }));
  assert.deepEqual(collapsed, ["collapse: all 400 forecasts are 0.25"]);
  const wide = target.map((value) => 1e4 * value);
  assert.match(notClear(await inspected(model, { kind: "regressor", target: wide })).join(), /below 0.005/);
  const narrow = target.map((value) => 1e-4 * value);
  assert.match(notClear(await inspected(model, { kind: "regressor", target: narrow })).join(), /in another unit/);
});

Deno.test("`inspectModel()` finds a payload that was changed after it was saved", async () => {
  const folder = await Deno.makeTempDir();
  using model = await fitRidge({ features, target, day }, { seed: 1 });
  await model.save(folder);
  const path = `${folder}/ridge.json`;
  await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace("0.", "1."));
  const [loads, rest] = (await inspectModel(folder, features, { kind: "regressor" })).checks;
  assert.deepEqual([loads.outcome, rest.outcome], ["found", "not checked"]);
  assert.match(loads.words, /^RangeError: Cannot load a model: .* must have the SHA-256 of its manifest/);
  await Deno.remove(folder, { recursive: true });
});

/** Code of `predict(features)`, and what the inspection must say of a model that forecasts so. */
const FAULTS: Record<string, [predict: string, wanted: RegExp]> = {
  "sees the rows beside": [
    "const all = sums(features); const mean = all.reduce((a, b) => a + b, 0) / all.length; return all.map((v) => v - mean);",
    /^rows one by one: 32 of 32 forecasts differ with each row asked alone/m,
  ],
  "sees the order": [
    "return sums(features).map((v, row) => v + row);",
    /^rows in another order: \d+ of 400 forecasts differ/m,
  ],
  "draws lots": [
    "return sums(features).map((v) => v + Math.random());",
    /^same bytes twice: 400 of 400 forecasts differ/m,
  ],
  "knows the time zone": [
    "const zone = new Date(2020, 0, 1).getTimezoneOffset(); return sums(features).map((v) => v + zone);",
    /^same bytes in another process: 400 of 400 forecasts differ/m,
  ],
  "changes its input": [
    "const all = sums(features); features.values.fill(0); return all;",
    /^leaves the rows alone: the features were changed/m,
  ],
  "forgets a row": ["return sums(features).slice(1);", /^one forecast a row: 399 forecasts of 400 rows/m],
  "misses with its features": [
    "return sums(features, (v) => v);",
    /^missing features: 32 of 32 forecasts are not a finite number where momentum_5 is missing/m,
  ],
  "takes other features": [
    "if (features.columns.length !== 3) throw new TypeError('three'); return sums(features);",
    /^other features: features in another order are taken for its own\nother features: features of which one has another name/m,
  ],
  "refuses unclearly": [
    "if (features.columns.join() !== columns.join()) throw new Error('no'); return sums(features);",
    /^other features: features in another order give Error and no TypeError: no/m,
  ],
  "cannot forecast": [
    "throw new Error('not today');",
    /^one forecast a row: Error for 400 rows of 3 features: not today/m,
  ],
  "fails without rows": [
    "if (features.rows === 0) throw new RangeError('none'); return sums(features);",
    /^no rows: RangeError: none/m,
  ],
};

Deno.test("`inspectModel()` names each fault that a model can have", async () => {
  const folder = await Deno.makeTempDir();
  for (const [name, [predict, wanted]] of Object.entries(FAULTS)) {
    const loader = `${folder}/${name.replaceAll(" ", "_")}.ts`;
    await Deno.writeTextFile(
      loader,
      `const columns = ${JSON.stringify(columns)};
       const known = (v) => Number.isNaN(v) ? 0 : v;
       const sums = ({ values, rows, columns }, of = known) => Float64Array.from({ length: rows }, (_, row) =>
         values.subarray(row * columns.length, (row + 1) * columns.length).reduce((sum, v) => sum + of(v), 0));
       export const loadForecaster = () => Promise.resolve({
         description: { model: "faulty", engine: "test" },
         predict(features) { ${predict} },
         [Symbol.dispose]() {},
       });`,
    );
    const report = await inspectModel(folder, features, { kind: "regressor", target, loader: `file://${loader}` });
    assert.match(notClear(report).join("\n"), wanted, name);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("`inspectModel()` ends a model that never answers, and one that calls for the network", async () => {
  const folder = await Deno.makeTempDir();
  const loader = `${folder}/loader.ts`;
  const options = { kind: "regressor", loader: `file://${loader}`, limitSeconds: 2 } as const;
  await Deno.writeTextFile(loader, "export const loadForecaster = () => { for (;;); };");
  const [asleep] = (await inspectModel(folder, features, options)).checks;
  assert.match(asleep.words, /its process ended with code \d+ or was ended after 2 s/);
  await Deno.writeTextFile(loader, "export const loadForecaster = () => fetch('http://localhost:8765/model');");
  const [calling] = (await inspectModel(folder, features, options)).checks;
  assert.equal(calling.outcome, "found");
  assert.match(calling.words, /NotCapable|Requires net access|PermissionDenied/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("`inspectModel()` refuses what it cannot ask about", async () => {
  const folder = await Deno.makeTempDir();
  const refused = (change: object, options: Partial<InspectModelOptions>, error: object) =>
    assert.rejects(inspectModel(folder, { ...features, ...change }, { kind: "regressor", ...options }), error);
  await refused({}, { kind: "portfolio" }, { name: "RangeError", message: /kind must be one of regressor, booster/ });
  await refused({ rows: 3 }, {}, { name: "TypeError" });
  await refused({ rows: 0, values: new Float32Array(0) }, {}, { name: "RangeError", message: /number of rows/ });
  await refused({}, { target: new Float64Array(3) }, { name: "TypeError" });
  await Deno.remove(folder, { recursive: true });
  await refused({}, {}, { name: "NotFound" });
});
