import { encoderPrefix, encoderTrunkDefaults } from "./architectures/encoder_trunk.ts";
import type { Network, Weights } from "./network.ts";

/** A network with what it has learnt. */
export interface TrainedNetwork {
  readonly network: Pick<Network, "name" | "options">;
  readonly weights: Weights;
}

/**
 * Weights with their encoder replaced by another network's: all whose names begin with `encoder/`.
 *
 * @throws {RangeError} If either has no encoder, or one has a weight that the other lacks.
 * @throws {TypeError} If a weight has another shape, such as that of other features.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const one = (value: number) => ({ shape: [1], values: Float32Array.of(value) });
 * const fresh = { "encoder/embed/bias": one(0), "forecast/output/bias": one(1) };
 * const started = loadEncoderWeights(fresh, { "encoder/embed/bias": one(2), "guess/bias": one(3) });
 * assert.deepEqual(Object.values(started).map(({ values }) => values[0]), [2, 1]);
 * ```
 */
export function loadEncoderWeights(weights: Weights, pretrained: Weights): Weights {
  const action = "load an encoder's weights";
  const ofEncoder = (of: Weights) => Object.keys(of).filter((name) => name.startsWith(encoderPrefix));
  const [wanted, given] = [ofEncoder(weights), ofEncoder(pretrained)];
  const difference = new Set(wanted).symmetricDifference(new Set(given));
  if (wanted.length === 0 || difference.size > 0) {
    throw new RangeError(
      `Cannot ${action}: both must have the same weights of an encoder, current numbers are ${wanted.length} and ${given.length}, different are ${
        [...difference].slice(0, 3).join(", ") || "none"
      }`,
    );
  }
  for (const name of wanted) {
    const [here, there] = [weights[name].shape, pretrained[name].shape];
    if (`${here}` === `${there}`) continue;
    throw new TypeError(
      `Cannot ${action}: ${name} must have shape (${here.join(", ")}), current shape is (${there.join(", ")})`,
    );
  }
  return Object.fromEntries(
    Object.entries(weights).map(([name, weight]) => [name, wanted.includes(name) ? pretrained[name] : weight]),
  );
}

/**
 * A network whose training begins with an encoder that another one has learnt: `encoder_pretraining` on all names, then
 * `encoder_regressor` for each. In name and options it stays what it was, so that it is saved and loaded as such.
 *
 * @throws {RangeError} If the two encoders differ in an option that weights do not show, such as which steps see which.
 */
export function withEncoderWeights(network: Network, pretrained: TrainedNetwork): Network {
  const alike = Object.keys(encoderTrunkDefaults).filter((option) => option !== "dropout");
  for (const option of alike) {
    const [here, there] = [network.options[option], pretrained.network.options[option]];
    if (here === there) continue;
    throw new RangeError(
      `Cannot begin ${network.name} with the encoder of ${pretrained.network.name}: ${option} must be ${there}, current value is ${here}`,
    );
  }
  return {
    ...network,
    initialise: (shape, seed) => loadEncoderWeights(network.initialise(shape, seed), pretrained.weights),
  };
}
