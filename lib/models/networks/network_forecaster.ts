import { stableJson } from "@lib/core";
import { checkMatrix, gatherSequences, type Matrix, type Scaler } from "@lib/dataset";
import { tf, useBackend } from "@lib/tensorflow";
import { importanceShares } from "../_importance_shares.ts";
import type { Forecaster, ForecasterDescription } from "../forecaster.ts";
import { type ForecasterManifest, writeForecaster } from "../manifest.ts";
import { type AttentionWeights, attentionWeights } from "./attention_weights.ts";
import type { Network, Weights } from "./network.ts";
import { networkNamed } from "./network_named.ts";
import type { Epoch } from "./training/epoch_watch.ts";
import type { HeadScale } from "./training/head_outcomes.ts";
import { forecastOf, type HeadAnswers, networkAnswers } from "./training/network_answers.ts";
import { packWeights, unpackWeights } from "./training/pack_numbers.ts";

/** What a network learnt, and how. */
export interface NetworkState {
  readonly network: Network;
  readonly weights: Weights;
  /** Centre and width of the features on the rows fitted on. */
  readonly scaler: Scaler;
  /** Centre and width of the outcomes there, by head. */
  readonly scales: Readonly<Record<string, HeadScale>>;
  /** Length of the windows. */
  readonly steps: number;
  /** All rounds, those after the best one too. */
  readonly epochs: readonly Epoch[];
}

/** A trained network. */
export class NetworkForecaster implements Forecaster {
  constructor(readonly description: ForecasterDescription, readonly state: NetworkState) {}

  /** Forecasts rows by the column of the head that the network calls its forecast. */
  predict(features: Matrix): Float64Array {
    return forecastOf(this.state.network, this.answers(features));
  }

  /** What each head says, in the unit of its outcome. */
  answers(features: Matrix): Record<string, HeadAnswers> {
    checkMatrix("forecast with a network", features, this.description.features);
    return networkAnswers(this.state, features);
  }

  /** What rows attend to, block by block; none for a network without attention. */
  attention(features: Matrix): AttentionWeights[] {
    checkMatrix("show the attention of a network", features, this.description.features);
    const { network, weights, scaler, steps } = this.state;
    const shape = [features.rows, steps, scaler.columns.length];
    return attentionWeights(network, weights, { shape, values: gatherSequences(features, { steps, scaler }) });
  }

  /** Shares of the slope of the forecast by each standardised feature, over all steps, where all features are at their mean. */
  featureImportance(): Record<string, number> {
    const { network, weights, scaler, steps } = this.state;
    const width = scaler.columns.length;
    const slopes = tf.tidy(() => {
      const tensors = Object.fromEntries(
        Object.entries(weights).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]),
      );
      const { name, column = 0 } = network.heads.find(({ name }) => name === network.forecastHead)!;
      const forecast = (x: tf.Tensor) =>
        tf.sum(
          tf.slice(network.forward(tensors, x as tf.Tensor3D, { training: false, seed: 0 })[name], [0, column], [
            -1,
            1,
          ]),
        );
      return tf.grad(forecast)(tf.zeros([1, steps, width])).dataSync();
    });
    const sums = new Float64Array(width);
    slopes.forEach((slope, at) => sums[at % width] += Math.abs(slope));
    return importanceShares(scaler.columns, sums);
  }

  save(folder: string, provenance?: Readonly<Record<string, string>>): Promise<void> {
    const { network: { name, options }, weights, scaler: { mean, standardDeviation }, scales, steps, epochs } =
      this.state;
    const scaler = { mean, standardDeviation };
    const text = stableJson({
      network: { name, options },
      steps,
      scaler,
      scales,
      weights: packWeights(weights),
      epochs,
    });
    const { description } = this;
    return writeForecaster(folder, { description, madeBy: "fitNetwork", file: "network.json", text, provenance });
  }

  [Symbol.dispose](): void {}
}

/**
 * A saved network, made again by its name.
 *
 * @throws {SyntaxError} If numbers are missing or cannot be read.
 * @throws {RangeError} If there is no such network.
 */
export async function readNetwork(
  { payload, provenance: _, format: __, ...description }: ForecasterManifest,
  text: string,
): Promise<NetworkForecaster> {
  await useBackend();
  const { network: { name, options }, steps, scaler, scales, weights, epochs } = JSON.parse(text);
  const width = description.features.length;
  for (const numbers of [scaler?.mean, scaler?.standardDeviation]) {
    if (Array.isArray(numbers) && numbers.length === width) continue;
    throw new SyntaxError(
      `Cannot load a network: the scaler in ${payload.file} must have ${width} numbers, current count is ${numbers?.length}`,
    );
  }
  const [mean, standardDeviation] = [scaler.mean, scaler.standardDeviation].map((values) => Float64Array.from(values));
  return new NetworkForecaster(description, {
    network: networkNamed(name, options),
    weights: unpackWeights(weights),
    scaler: { columns: description.features, mean, standardDeviation },
    scales,
    steps,
    epochs,
  });
}
