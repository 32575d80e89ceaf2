import { sha256 } from "@lib/core";
import {
  LightgbmBooster,
  LightgbmDataset,
  type LightgbmInterface,
  type LightgbmRows,
  type LightgbmSettings,
} from "@lib/lightgbm";

/** Rows and parameters drawn by whole numbers alone, so that random_cases.py draws the same bits. */
export interface RandomCase {
  name: string;
  rows: LightgbmRows & { target: Float32Array<ArrayBuffer> };
  categorical: string[];
  parameters: LightgbmSettings;
  rounds: number;
}

/** What of a fitted model must be the same whoever fitted it: SHA-256 of its trees, raw scores and SHAP values. */
export interface Fingerprint {
  trees: string;
  scores: string;
  contributions: string;
}

const objectives = [
  "regression",
  "binary",
  "quantile",
  "multiclass",
  "lambdarank",
  "custom",
  "regression_l1",
  "huber",
  "gamma",
] as const;

export function randomCase(index: number): RandomCase {
  let state = (Math.imul(index, 2654435761) + 12345) >>> 0;
  const draw = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % below;
  };
  const pick = <const Item>(...items: Item[]) => items[draw(items.length)];
  const objective = objectives[index % objectives.length];
  const rows = 80 + draw(320);
  const columns = Array.from({ length: 3 + draw(6) }, (_, column) => ({
    name: `feature_${column}`,
    kind: pick("categorical", "coarse", "fine", "fine", "fine"),
    holes: draw(2) === 1,
  }));
  const values = pick<LightgbmRows["features"]["values"]>(
    new Float32Array(rows * columns.length),
    new Float64Array(rows * columns.length),
  );
  const size = { categorical: () => draw(9), coarse: () => draw(5) / 4, fine: () => draw(10007) / 10007 - 0.5 };
  const raw = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    columns.forEach(({ kind, holes }, column) => {
      const missing = holes && draw(20) === 0;
      values[row * columns.length + column] = missing ? NaN : size[kind]();
    });
    const [a, b, c] = Array.from({ length: 3 }, (_, column) => values[row * columns.length + column] || 0);
    raw[row] = a - 2 * b * c + (draw(997) / 997 - 0.5);
  }
  const target = Float32Array.from(raw, (value) => {
    if (objective === "binary") return Number(value > 0);
    if (objective === "multiclass") return Number(value > -0.3) + Number(value > 0.3);
    if (objective === "lambdarank") return Math.min(4, Math.max(0, Math.floor(2 * (value + 1))));
    return objective === "gamma" ? Math.abs(value) + 0.01 : value;
  });
  const weight = draw(3) === 0 ? Float32Array.from(raw, () => 1 + draw(3)) : undefined;
  const starts = draw(5) === 0 && objective !== "multiclass";
  const initialScore = starts ? Float64Array.from(raw, () => (draw(11) - 5) / 10) : undefined;
  const parameters: LightgbmSettings = {
    objective,
    ...(objective === "multiclass" ? { num_class: 3 } : {}),
    ...(objective === "quantile" ? { alpha: 0.25 } : {}),
    num_leaves: 2 + draw(30),
    learning_rate: pick(0.05, 0.1, 0.3, 1),
    min_data_in_leaf: 1 + draw(30),
    max_bin: pick(15, 63, 255),
    // given a loss of one's own, the Python package sets parameters again, by which LightGBM draws columns once more
    feature_fraction: objective === "custom" ? 1 : pick(1, 0.5),
    lambda_l1: pick(0, 0, 0.1),
    lambda_l2: pick(0, 1.5),
    path_smooth: pick(0, 0, 1),
    max_depth: pick(-1, -1, 3),
    extra_trees: pick(false, false, false, true),
    boost_from_average: pick(true, true, false),
    ...pick<LightgbmSettings>({}, { bagging_fraction: 0.5, bagging_freq: 1 }, { data_sample_strategy: "goss" }, {}),
    seed: index,
  };
  const groups: number[] = [];
  for (let left = objective === "lambdarank" ? rows : 0; left > 0; left -= groups.at(-1)!) {
    groups.push(Math.min(left, 5 + draw(20)));
  }
  return {
    name: `${index} ${objective}`,
    rows: {
      features: { values, rows, columns: columns.map(({ name }) => name) },
      target,
      ...(weight && { weight }),
      ...(initialScore && { initialScore }),
      ...(groups.length > 0 && { groups }),
    },
    categorical: columns.filter(({ kind }) => kind === "categorical").map(({ name }) => name),
    parameters,
    rounds: 3 + draw(10),
  };
}

/** The loss "fair" with c = 1, whose derivatives need nothing but the four operations. */
function fairDerivatives(scores: Float64Array, { target, weight }: LightgbmRows) {
  const derivatives = { gradient: new Float32Array(scores.length), hessian: new Float32Array(scores.length) };
  scores.forEach((score, row) => {
    const off = score - target[row];
    const scale = 1 / (Math.abs(off) + 1);
    derivatives.gradient[row] = off * scale * (weight?.[row] ?? 1);
    derivatives.hessian[row] = scale * scale * (weight?.[row] ?? 1);
  });
  return derivatives;
}

const digest = (what: string | Float64Array) => sha256(what).slice(0, 16);

/** Fits a case and hashes what came of it. */
export function fingerprint(
  lightgbm: LightgbmInterface,
  { rows, categorical, rounds, ...drawn }: RandomCase,
  { threads = 1 }: { threads?: number } = {},
): Fingerprint {
  const parameters: LightgbmSettings = {
    ...drawn.parameters,
    num_threads: threads,
    deterministic: true,
    force_col_wise: true,
    verbosity: -1,
  };
  using data = new LightgbmDataset(lightgbm, rows, { parameters, categorical });
  using booster = LightgbmBooster.onData(data, parameters);
  for (let round = 0; round < rounds; round++) {
    if (parameters.objective !== "custom") booster.update();
    else {
      const { gradient, hessian } = fairDerivatives(booster.scores(), rows);
      booster.updateBy(gradient, hessian);
    }
  }
  const text = booster.text();
  const { values, columns } = rows.features;
  const first = (count: number) => ({ values: values.subarray(0, count * columns.length), rows: count, columns });
  return {
    trees: digest(text.slice(text.indexOf("Tree=0"), text.indexOf("end of trees"))),
    scores: digest(booster.predict(first(40), { kind: "raw", threads })),
    contributions: digest(booster.predict(first(5), { kind: "contributions", threads })),
  };
}
