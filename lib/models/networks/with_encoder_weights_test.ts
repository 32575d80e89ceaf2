import assert from "node:assert/strict";
import { networkNamed } from "./network_named.ts";
import { loadEncoderWeights, withEncoderWeights } from "./with_encoder_weights.ts";

const shape = { steps: 4, features: 3 };
const sizes = { width: 4, heads: 2, feedForward: 5 };
const pretraining = networkNamed("encoder_pretraining", { ...sizes, ...shape });
const pretrained = { network: pretraining, weights: pretraining.initialise(shape, 1) };

Deno.test("`withEncoderWeights()` begins with the encoder that was trained, and with fresh weights elsewhere", () => {
  const fresh = networkNamed("encoder_regressor", { ...sizes, dropout: 0.5 });
  const started = withEncoderWeights(fresh, pretrained);
  assert.deepEqual([started.name, started.options], [fresh.name, fresh.options]);
  const longer = started.initialise({ steps: 9, features: 3 }, 2); // windows may be of another length
  for (const [name, weight] of Object.entries(longer)) {
    const from = name.startsWith("encoder/") ? pretrained.weights : fresh.initialise(shape, 2);
    assert.deepEqual(weight, from[name], name);
  }
});

Deno.test("`withEncoderWeights()` refuses an encoder that is used otherwise", () => {
  const causal = networkNamed("encoder_regressor", { ...sizes, causal: true });
  assert.throws(() => withEncoderWeights(causal, pretrained), {
    name: "RangeError",
    message:
      "Cannot begin encoder_regressor with the encoder of encoder_pretraining: causal must be false, current value is true",
  });
});

Deno.test("`loadEncoderWeights()` refuses what does not fit", () => {
  const weightsOf = (name: string, options: Record<string, unknown>, features = 3) =>
    networkNamed(name, options).initialise({ steps: 4, features }, 2);
  const refuse = (weights: ReturnType<typeof weightsOf>, error: "RangeError" | "TypeError", message: RegExp) =>
    assert.throws(() => loadEncoderWeights(weights, pretrained.weights), { name: error, message });
  refuse(weightsOf("encoder_regressor", { ...sizes, blocks: 3 }), "RangeError", /different are encoder\/block_2\//);
  refuse(weightsOf("linear", {}), "RangeError", /current numbers are 0 and/);
  refuse(weightsOf("encoder_regressor", sizes, 2), "TypeError", /embed\/kernel must have shape \(2, 4\), current/);
});
