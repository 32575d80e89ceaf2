import { tf } from "@lib/tensorflow";
import { drawWeights } from "../layers/draw_weights.ts";
import type { Layer } from "../layers/layer.ts";
import type { Network } from "../network.ts";

/** Layers of a network for windows of one shape: a trunk that sums a window up, and a head for each answer. */
export interface NetworkParts {
  readonly trunk: Layer<tf.Tensor3D, tf.Tensor2D>;
  /** By the name of the head. */
  readonly heads: Readonly<Record<string, Layer<tf.Tensor2D, tf.Tensor2D>>>;
}

/** Makes a network of layers. They are built once at once, so that settings that fit nowhere are refused here. */
export function networkOf(
  about: Pick<Network, "name" | "options" | "heads" | "forecastHead">,
  build: (features: number) => NetworkParts,
): Network {
  build(1);
  return {
    ...about,
    initialise({ features }, seed) {
      const { trunk, heads } = build(features);
      return drawWeights([trunk, ...Object.values(heads)].flatMap(({ parameters }) => parameters), seed);
    },
    forward(weights, x, mode) {
      const { trunk, heads } = build(x.shape[2]);
      const forward = { ...mode, weights };
      return tf.tidy(() => {
        const summary = trunk.apply(x, forward);
        const answers = Object.entries(heads).map(([name, head]) => [name, head.apply(summary, forward)]);
        return Object.fromEntries(answers) as Record<string, tf.Tensor2D>;
      });
    },
  };
}
