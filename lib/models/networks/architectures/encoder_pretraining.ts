import { checkInteger, checkNumber, checkOneOf } from "@lib/core";
import { tf } from "@lib/tensorflow";
import { namedRandom } from "../layers/_named_random.ts";
import { dense } from "../layers/dense.ts";
import type { Layer } from "../layers/layer.ts";
import type { LossSpec, Network } from "../network.ts";
import { completeOptions } from "./_complete_options.ts";
import { networkOf } from "./_network_of.ts";
import { defaultLosses } from "./default_losses.ts";
import { encoderTrunk, encoderTrunkDefaults, type EncoderTrunkOptions } from "./encoder_trunk.ts";

/** Settings of {@link encoderPretraining}: the shape of its windows, which its answers have too, must be given. */
export interface EncoderPretrainingOptions extends EncoderTrunkOptions {
  /** Steps of a window. */
  readonly steps: number;
  /** Features of a step. */
  readonly features: number;
  /** What is to be guessed: steps that were hidden, or at each step the next. Default `"hidden"`. */
  readonly guess?: "hidden" | "next";
  /** Share of steps that are hidden, at least one. Default 0.15. */
  readonly hiddenShare?: number;
  /** What it learns by; as many columns as a window has numbers. Default `mean_squared_error`. */
  readonly loss?: LossSpec;
}

/**
 * A Transformer's encoder that learns from windows without outcomes, on as many names as there are: it is shown a window
 * and must say what is missing from it. Its encoder then begins `encoder_regressor` (`withEncoderWeights`).
 *
 * With `"hidden"`, some steps, drawn from the call's seed, in training and outside, give way to a vector that is learnt;
 * with `"next"` each step, which must be `causal`, says the one that follows. The answer is the whole window, flattened:
 * guesses where there was something to guess, elsewhere the window itself, so that errors and gradients come from the
 * guesses alone.
 *
 * @throws {RangeError} If an option is unknown, missing or out of range, or the next step is to be guessed by an encoder
 * that sees it.
 * @throws {TypeError} On the way forward, if windows have another shape.
 *
 * @see Devlin et al. 2018 for hidden tokens; Zerveas et al. 2020 for time series.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [head] = encoderPretraining({ steps: 20, features: 3 }).heads;
 * assert.deepEqual([head.target, head.width], ["window", 60]);
 * ```
 */
export function encoderPretraining(options: Partial<EncoderPretrainingOptions>): Network {
  const name = "encoder_pretraining";
  const action = `make the network ${name}`;
  const { steps, features, guess, hiddenShare, loss, ...trunk } = completeOptions<EncoderPretrainingOptions>(action, {
    ...encoderTrunkDefaults,
    steps: 0,
    features: 0,
    guess: "hidden",
    hiddenShare: 0.15,
    loss: defaultLosses.reconstruction,
  }, options);
  checkInteger(action, "steps", steps, { least: 2 });
  checkInteger(action, "features", features, { least: 1 });
  checkOneOf(action, "guess", guess, ["hidden", "next"]);
  checkNumber(action, "hiddenShare", hiddenShare, { least: 0, most: 1 });
  if (guess === "next" && !trunk.causal) {
    throw new RangeError(`Cannot ${action}: causal must be true where guess is next, current value is false`);
  }
  const encoder = encoderTrunk(features, trunk);
  const decode = dense<tf.Tensor3D>("guess", { inputs: trunk.width, units: features });
  const layer = guess === "next" ? guessNext(encoder, decode) : guessHidden(encoder, decode, features, hiddenShare);
  return networkOf({
    name,
    options: { ...trunk, steps, features, guess, hiddenShare, loss },
    heads: [{ name: "window", width: steps * features, loss, weight: 1, target: "window", scaling: "none" }],
    forecastHead: "window",
  }, () => ({
    trunk: {
      parameters: layer.parameters,
      apply(x, forward) {
        const [rows, ...shape] = x.shape;
        if (`${shape}` !== `${[steps, features]}`) {
          throw new TypeError(
            `Cannot guess what is missing: windows must be of shape (${steps}, ${features}), current shape is (${
              shape.join(", ")
            })`,
          );
        }
        return tf.reshape(layer.apply(x, forward), [rows, steps * features]);
      },
    },
    heads: { window: { parameters: [], apply: (window) => window } },
  }));
}

type WindowLayer = Layer<tf.Tensor3D, tf.Tensor3D>;

function guessNext(encoder: WindowLayer, decode: WindowLayer): WindowLayer {
  return {
    parameters: [...encoder.parameters, ...decode.parameters],
    apply(x, forward) {
      const [rows, steps, features] = x.shape;
      const guesses = decode.apply(encoder.apply(x, forward), forward);
      const first = tf.slice(x, [0, 0, 0], [rows, 1, features]);
      return tf.concat([first, tf.slice(guesses, [0, 0, 0], [rows, steps - 1, features])], 1);
    },
  };
}

function guessHidden(encoder: WindowLayer, decode: WindowLayer, features: number, share: number): WindowLayer {
  const instead = "guess/instead";
  return {
    parameters: [...encoder.parameters, ...decode.parameters, { name: instead, shape: [features], start: "zeros" }],
    apply(x, forward) {
      const [rows, steps] = x.shape;
      const hidden = tf.tensor3d(hiddenSteps(rows, steps, share, forward.seed), [rows, steps, 1]);
      const shown = tf.sub(1, hidden);
      const masked = tf.add(tf.mul(x, shown), tf.mul(hidden, forward.weights[instead])) as tf.Tensor3D;
      const guesses = decode.apply(encoder.apply(masked, forward), forward);
      return tf.add(tf.mul(x, shown), tf.mul(guesses, hidden));
    },
  };
}

/** 1 where a step is hidden: as many in each row, drawn without putting back. */
function hiddenSteps(rows: number, steps: number, share: number, seed: number): Float32Array {
  const random = namedRandom(seed, "hidden steps");
  const number = Math.max(1, Math.round(share * steps));
  const values = new Float32Array(rows * steps);
  for (let row = 0; row < rows; row++) {
    let wanted = number;
    for (let step = 0; wanted > 0; step++) {
      if (random() * (steps - step) >= wanted) continue;
      values[row * steps + step] = 1;
      wanted--;
    }
  }
  return values;
}
