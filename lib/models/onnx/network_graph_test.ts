import assert from "node:assert/strict";
import { sha256, standardDeviation } from "@lib/core";
import { tf, useBackend } from "@lib/tensorflow";
import { NetworkForecaster } from "../networks/network_forecaster.ts";
import { networkNamed } from "../networks/network_named.ts";
import { goldenNetwork, goldenNetworkNames, goldenWindows } from "./_golden_networks.ts";
import { exportOnnx } from "./export_onnx.ts";
import { onnxNodes } from "./network_kernels.ts";
import { onnxDifference } from "./onnx_difference.ts";
import golden from "./testdata/goldens.json" with { type: "json" };

const ROUNDING = 5e-6; // single precision, summed in another order
const windows = goldenWindows();
type Golden = { sha256: string; inputs: unknown[]; outputs: Record<string, number[][]> };
const networks = golden.networks as unknown as Record<string, Golden>;

for (const name of goldenNetworkNames) {
  Deno.test(`exportOnnx() writes ${name} so that onnxruntime says what its heads say`, async () => {
    await useBackend({ backend: "cpu" });
    const model = goldenNetwork(name);
    const { sha256: seen, inputs, outputs } = networks[name];
    assert.equal(sha256(exportOnnx(model)), seen); // so onnxruntime has seen this very file
    assert.deepEqual(inputs, [["features", "tensor(float)", ["rows", 4, 6]]]);
    const forecast = model.predict(windows);
    assert.ok(standardDeviation(forecast) > 1e3 * ROUNDING, "forecasts that are alike would show nothing");
    outputs.forecast.forEach(([value], row) => assert.ok(Math.abs(value - forecast[row]) < ROUNDING));
    const answers = model.answers(windows);
    for (const { name, width } of model.state.network.heads) {
      if (name === "forecast") continue;
      outputs[name].flat().forEach((value, at) => assert.ok(Math.abs(value - answers[name].values[at]) < ROUNDING));
      assert.equal(outputs[name][0].length, width);
    }
  });
}

Deno.test("exportOnnx() writes the same network on every backend, and leaves no tensor behind", async () => {
  const files = [];
  for (const backend of ["wasm", "cpu"] as const) {
    await useBackend({ backend });
    const before = tf.memory().numTensors;
    files.push(exportOnnx(goldenNetwork("lstm_transformer")));
    assert.equal(tf.memory().numTensors, before);
  }
  assert.deepEqual(files[0], files[1]);
});

Deno.test("onnxDifference() of a network is what scaling in single precision moves", async () => {
  await useBackend({ backend: "cpu" });
  const { description, state } = goldenNetwork("lstm_transformer");
  const scaler = { ...state.scaler, mean: state.scaler.mean.map((value) => value + 0.1) };
  const { largest, rows, movedRows } = onnxDifference(
    new NetworkForecaster(description, { ...state, scaler }),
    windows,
  );
  assert.ok(largest > 0 && largest < ROUNDING, `${largest}`);
  assert.deepEqual([rows, movedRows], [24, 0]);
});

Deno.test("exportOnnx() refuses networks that forecast nothing, double precision, and operations that it does not know", async () => {
  await useBackend({ backend: "cpu" });
  const model = goldenNetwork("linear");
  assert.throws(() => exportOnnx(model, { precision: "double" }), {
    message: /must be single, current value is double/,
  });
  const network = networkNamed("encoder_pretraining", { steps: 4, features: 6, width: 4, heads: 2, feedForward: 6 });
  const pretrained = new NetworkForecaster(model.description, { ...model.state, network });
  assert.throws(() => exportOnnx(pretrained), { name: "RangeError", message: /must forecast an outcome/ });
  const call = { kernel: "FFT", attributes: {}, inputs: [], outputs: [], inputShapes: [], outputShapes: [] };
  assert.throws(() => onnxNodes(call, {}), { name: "RangeError", message: /current one is FFT/ });
});
