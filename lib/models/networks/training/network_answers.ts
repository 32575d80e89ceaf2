import type { Matrix } from "@lib/dataset";
import { gatherSequences } from "@lib/dataset";
import { tf } from "@lib/tensorflow";
import type { Network, Weights } from "../network.ts";
import type { HeadScale } from "./head_outcomes.ts";
import { blocksOf, type WindowForm } from "./network_windows.ts";

/** What one head says of rows, in the unit of its outcome. */
export interface HeadAnswers {
  /** Row-major, shape (rows, width). */
  readonly values: Float64Array;
  readonly width: number;
}

/** What a network needs to answer. */
export interface AnsweringNetwork extends WindowForm {
  readonly network: Network;
  readonly weights: Weights;
  readonly scales: Readonly<Record<string, HeadScale>>;
}

const BLOCK_ROWS = 1024;

/** What all heads say of the rows of a matrix. */
export function networkAnswers(
  { network, weights, scales, steps, scaler }: AnsweringNetwork,
  features: Matrix,
): Record<string, HeadAnswers> {
  const answers = Object.fromEntries(
    network.heads.map(({ name, width }) => [name, { values: new Float64Array(features.rows * width), width }]),
  );
  const tensors = Object.fromEntries(
    Object.entries(weights).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]),
  );
  try {
    for (const rows of blocksOf(features.rows, BLOCK_ROWS)) {
      tf.tidy(() => {
        const windows = gatherSequences(features, { steps, scaler, rows });
        const x = tf.tensor3d(windows, [rows.length, steps, scaler.columns.length]);
        const said = network.forward(tensors, x, { training: false, seed: 0 });
        for (const [name, { values, width }] of Object.entries(answers)) {
          const { centre, width: unit } = scales[name];
          said[name].dataSync().forEach((value, at) => values[rows[0] * width + at] = value * unit + centre);
        }
      });
    }
  } finally {
    tf.dispose(tensors);
  }
  return answers;
}

/** The column of the head that makes the forecast, shape (rows,). */
export function forecastOf(network: Network, answers: Readonly<Record<string, HeadAnswers>>): Float64Array {
  const { name, column = 0 } = network.heads.find(({ name }) => name === network.forecastHead)!;
  const { values, width } = answers[name];
  return Float64Array.from({ length: values.length / width }, (_, row) => values[row * width + column]);
}
