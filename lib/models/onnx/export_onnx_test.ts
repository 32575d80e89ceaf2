import assert from "node:assert/strict";
import { sha256 } from "@lib/core";
import { goldenRows } from "../_golden_rows.ts";
import type { Forecaster } from "../forecaster.ts";
import { fitLightgbm } from "../lightgbm/fit_lightgbm.ts";
import { hasXgboost } from "../xgboost/xgboost_library.ts";
import { goldenModels } from "./_golden_models.ts";
import { exportable, exportOnnx } from "./export_onnx.ts";
import { lightgbmTrees } from "./lightgbm_trees.ts";
import type { OnnxPrecision } from "./onnx_graph.ts";
import golden from "./testdata/goldens.json" with { type: "json" };
import { xgboostTrees } from "./xgboost_trees.ts";

const test = goldenRows(2000, 60).features;
const close = (actual: ArrayLike<number>, expected: readonly number[], tolerance: number, name: string) =>
  expected.forEach((value, row) => {
    const distance = Math.abs(actual[row] - value);
    assert.ok(distance <= tolerance * Math.max(1, Math.abs(value)), `${name}, row ${row}: ${actual[row]} and ${value}`);
  });

const fitted = Object.entries(golden.models).filter(([name]) => hasXgboost() || !name.startsWith("xgboost"));

Deno.test("exportOnnx() writes files of which onnxruntime makes the forecasts of the model", async () => {
  assert.equal(fitted.length, hasXgboost() ? 15 : 12);
  for (const [name, expected] of fitted) {
    const [, model, precision] = /^(.*)_(single|double)$/.exec(name) as unknown as [string, string, OnnxPrecision];
    using forecaster = await goldenModels[model]();
    const bytes = exportOnnx(forecaster, { precision });
    assert.equal(sha256(bytes), expected.sha256, name); // so onnxruntime has seen this very file
    const tolerance = precision === "single" ? 2.5e-7 : 1.5e-16;
    close(forecaster.predict(test), expected.forecast, tolerance, name);
    close(forecaster.predict(test), expected.oneByOne, tolerance, name);
    close(exportable(forecaster).evaluate(test, precision).forecast, expected.forecast, tolerance, name);
    const isTreesAlone = /^(lightgbm|lightgbm_stump|lightgbm_complete)_double$/.test(name);
    if (isTreesAlone) assert.deepEqual(Array.from(forecaster.predict(test)), expected.forecast, name);
    const type = precision === "single" ? "tensor(float)" : "tensor(double)";
    assert.deepEqual(expected.inputs, [["features", type, ["rows", 6]]]);
    assert.deepEqual(expected.outputs, [["forecast", type, ["rows", 1]]]);
    assert.equal(expected.metadata.features, JSON.stringify(forecaster.description.features));
  }
});

Deno.test("exportOnnx() refuses what it does not write", async () => {
  const rows = goldenRows(0, 100);
  const model = await fitLightgbm(rows, { rounds: 1, seed: 1, parameters: { min_data_in_leaf: 10 } });
  const refuses = (change: (text: string) => string, message: RegExp) =>
    assert.throws(() => lightgbmTrees(change(model.text)).graph("single"), { name: "RangeError", message });
  const { text } = model;
  lightgbmTrees(text);
  refuses(
    () => text.replace(/^decision_type=\d+/m, "decision_type=1"),
    /split must be by a threshold, .* by categories/,
  );
  refuses(
    () => text.replace(/^decision_type=\d+/m, "decision_type=4"),
    /kind of missing value .* current value is zero/,
  );
  refuses(() => text.replace(/^objective=.*/m, "objective=multiclass"), /objective must be .* value is multiclass/);
  refuses(() => text.replace(/^objective=.*/m, "objective=regression sqrt"), /setting of the objective .* is sqrt/);
  refuses(() => text.replace(/^num_tree_per_iteration=1/m, "num_tree_per_iteration=3"), /number of outputs must be 1/);
  refuses(() => text.replace(/^is_linear=0/m, "is_linear=1"), /linear leaves must be 0/);
  refuses(() => text.replace(/^objective=/m, "average_output\nobjective="), /averaged must be false/);

  const calibrated = { description: { ...model.description, model: "calibrated" } } as Forecaster;
  assert.throws(() => exportOnnx(calibrated), {
    message: /must be lightgbm, network, ridge or xgboost, .* is calibrated/,
  });
  assert.throws(() => exportOnnx(model, { precision: "half" as OnnxPrecision }), {
    message: /precision must be one of/,
  });
  model[Symbol.dispose]();
});

Deno.test("exportOnnx() refuses double precision for an engine that has none, and unknown objectives", () => {
  const model = (objective: string) =>
    JSON.stringify({
      learner: {
        objective: { name: objective },
        learner_model_param: { base_score: "[5E-1]", num_feature: "1" },
        gradient_booster: {
          model: {
            trees: [{
              left_children: [1, -1, -1],
              right_children: [2, -1, -1],
              split_indices: [0, 0, 0],
              split_conditions: [0.25, -1, 1],
              default_left: [1, 0, 0],
            }],
          },
        },
      },
    });
  const trees = xgboostTrees(model("reg:squarederror"));
  assert.throws(() => trees.graph("double"), {
    name: "RangeError",
    message: /must be single, current value is double/,
  });
  const features = { values: Float32Array.of(0.2, 0.25, NaN), rows: 3, columns: ["rank"] };
  assert.deepEqual(trees.evaluate(features, "single").forecast, Float64Array.of(-0.5, 1.5, -0.5)); // below goes left
  assert.throws(() => xgboostTrees(model("rank:ndcg")), { name: "RangeError", message: /current value is rank:ndcg/ });
});
