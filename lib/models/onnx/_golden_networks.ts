import { seededRandom } from "@lib/core";
import type { Matrix } from "@lib/dataset";
import { goldenRows } from "../_golden_rows.ts";
import type { Weights } from "../networks/network.ts";
import { NetworkForecaster } from "../networks/network_forecaster.ts";
import { networkNamed } from "../networks/network_named.ts";

const STEPS = 4;
const trunk = { lstmUnits: 4, width: 4, heads: 2, feedForward: 6 };
const encoder = { width: 4, heads: 2, feedForward: 6 };
const options: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  encoder_regressor: { ...encoder, causal: true },
  linear: { steps: STEPS },
  lstm_transformer: { ...trunk, hidden: [5], norm: "post" },
  lstm_transformer_classifier: trunk,
  lstm_transformer_horizons: trunk,
  lstm_transformer_multi_task: { ...trunk, shared: 6 },
  lstm_transformer_quantiles: trunk,
  lstm_transformer_volatility: trunk,
};

/** Names of the networks that can be exported. */
export const goldenNetworkNames = Object.keys(options);

/** Rows whose windows go through the golden networks: 24 of one symbol, the first without a full window. */
export function goldenWindows(): Matrix {
  const all = goldenRows(2000, 24).features;
  return {
    ...all,
    history: { all, at: Int32Array.from({ length: all.rows }, (_, row) => row), first: new Int32Array(all.rows) },
  };
}

/** A network that was never trained: weights drawn without logarithms or roots, so that they are the same bits everywhere. */
export function goldenNetwork(name: string): NetworkForecaster {
  const network = networkNamed(name, options[name]);
  const { columns } = goldenWindows();
  const shapes = network.initialise({ steps: STEPS, features: columns.length }, 1);
  const weights: Weights = Object.fromEntries(
    Object.entries(shapes).map(([name, { shape, values }], place) => {
      const random = seededRandom(place + 1);
      const made = values.map(() => 2 * random() - 1);
      return [name, { shape, values: Float32Array.from(made) }];
    }),
  );
  const scaler = {
    columns,
    mean: Float64Array.from(columns, (_, at) => at / 64),
    standardDeviation: Float64Array.from(columns, (_, at) => at === 2 ? 0 : at === 3 ? 1 / 16 : 0.25),
  };
  const scales = Object.fromEntries(network.heads.map(({ name }) => [name, { centre: 0.25, width: 0.5 }]));
  const description = {
    model: "network",
    engine: "none",
    features: [...columns],
    options: {},
    seed: 1,
    rounds: 0,
    fittedRows: 0,
    stopRows: 0,
  };
  return new NetworkForecaster(description, { network, weights, scaler, scales, steps: STEPS, epochs: [] });
}
