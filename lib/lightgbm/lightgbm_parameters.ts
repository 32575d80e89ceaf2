import { checkInteger, checkNumber, checkOneOf } from "@lib/core";
import type { LightgbmSettings } from "./parameter_text.ts";

const objectives = [
  "regression",
  "regression_l1",
  "huber",
  "fair",
  "quantile",
  "mape",
  "gamma",
  "binary",
  "multiclass",
  "lambdarank",
] as const;
const metrics = [
  "l2",
  "l1",
  "rmse",
  "huber",
  "fair",
  "quantile",
  "mape",
  "gamma",
  "binary_logloss",
  "binary_error",
  "auc",
  "multi_logloss",
  "multi_error",
  "ndcg",
] as const;

/** LightGBM's own names, as in https://lightgbm.readthedocs.io/en/stable/Parameters.html: nothing to translate. */
const known = {
  /**
   * What is minimised. LightGBM's default: `regression`, squared error. For volatilities: `gamma`, with squared returns as
   * targets above 0, minimises QLIKE and forecasts variances above 0. Targets of `binary` are 0 and 1, those of
   * `multiclass` 0 to `num_class` - 1. `lambdarank` ranks the rows of each day.
   */
  objective: objectives,
  /** What early stopping looks at. Default: what is minimised; for `lambdarank` the `ndcg`, which is to be large. */
  metric: metrics,
  /** Share of each tree that is added. LightGBM's default 0.1. */
  learning_rate: "number",
  /** Most leaves of a tree. LightGBM's default 31. */
  num_leaves: "integer",
  /** Most levels of a tree, -1 for no limit. LightGBM's default -1. */
  max_depth: "integer",
  /** Fewest rows in a leaf. LightGBM's default 20: raise it with the rows. */
  min_data_in_leaf: "integer",
  /** Least sum of second derivatives in a leaf; with squared error its rows. LightGBM's default 0.001. */
  min_sum_hessian_in_leaf: "number",
  /** Share of rows drawn for a tree; does nothing unless `bagging_freq` is set. LightGBM's default 1. */
  bagging_fraction: "number",
  /** Draw rows anew every so many trees; 0 draws none. LightGBM's default 0. */
  bagging_freq: "integer",
  /** Share of features drawn for a tree. LightGBM's default 1. */
  feature_fraction: "number",
  /** Share of features drawn for a split. LightGBM's default 1. */
  feature_fraction_bynode: "number",
  /** Try one random threshold for each feature. LightGBM's default false. */
  extra_trees: "boolean",
  /** L1 penalty on leaf values. LightGBM's default 0. */
  lambda_l1: "number",
  /** L2 penalty on leaf values. LightGBM's default 0. */
  lambda_l2: "number",
  /** Least gain of a split. LightGBM's default 0. */
  min_gain_to_split: "number",
  /** Pulls a leaf towards its parent. LightGBM's default 0. */
  path_smooth: "number",
  /** Largest value of a leaf, 0 for no limit. LightGBM's default 0. */
  max_delta_step: "number",
  /** Most bins of a feature: fewer are faster. LightGBM's default 255. */
  max_bin: "integer",
  /** Fewest rows in a bin. LightGBM's default 3. */
  min_data_in_bin: "integer",
  /** Rows looked at to place the bins. LightGBM's default 200000. */
  bin_construct_sample_cnt: "integer",
  /** Level of `quantile`, or the width of `huber`. LightGBM's default 0.9. */
  alpha: "number",
  /** Number of classes of `multiclass`. LightGBM's default 1. */
  num_class: "integer",
  /** Steepness of the sigmoid of `binary` and `lambdarank`. LightGBM's default 1. */
  sigmoid: "number",
  /** Weight of the rows of `binary` whose target is 1. LightGBM's default 1. */
  scale_pos_weight: "number",
  /** Ranks from the top that `lambdarank` and its pairs are about. LightGBM's default 30. */
  lambdarank_truncation_level: "integer",
  /** Days with many pairs weigh no more than others. LightGBM's default true. */
  lambdarank_norm: "boolean",
  /** Ranks from the top that `ndcg` is about. Default 10. */
  eval_at: "integer",
  /** Width of `fair`. LightGBM's default 1. */
  fair_c: "number",
  /** Most kinds of a categorical feature that are tried one by one. LightGBM's default 4. */
  max_cat_to_onehot: "integer",
  /** Most kinds on one side of a categorical split. LightGBM's default 32. */
  max_cat_threshold: "integer",
  /** L2 penalty on leaf values of categorical splits. LightGBM's default 10. */
  cat_l2: "number",
  /** Pulls kinds with few rows towards the mean. LightGBM's default 10. */
  cat_smooth: "number",
  /** Fewest rows of a kind. LightGBM's default 100. */
  min_data_per_group: "integer",
  /** Start from the mean of the target. LightGBM's default true. */
  boost_from_average: "boolean",
  /** Draw rows evenly, or prefer those of large gradient. LightGBM's default `bagging`. */
  data_sample_strategy: ["bagging", "goss"],
  /** Gradients in few bits: faster, a little coarser. LightGBM's default false. */
  use_quantized_grad: "boolean",
  /** Number of levels of those gradients. LightGBM's default 4. */
  num_grad_quant_bins: "integer",
  /** Leaf values from the full gradients after all. LightGBM's default false. */
  quant_train_renew_leaf: "boolean",
} as const;

type Value<Kind> = Kind extends "number" | "integer" ? number
  : Kind extends "boolean" ? boolean
  : Kind extends readonly (infer Word)[] ? Word
  : never;

/** Parameters of LightGBM under its own names; what is left out has LightGBM's default. */
export type LightgbmParameters = { -readonly [Name in keyof typeof known]?: Value<(typeof known)[Name]> };

/** Names of all parameters that may be set. */
export const lightgbmParameterNames = Object.keys(known) as (keyof LightgbmParameters)[];

/**
 * Refuses parameters that LightGBM would silently ignore: unknown names, aliases, values of another type.
 *
 * @throws {RangeError} If a name or a value is not known.
 */
export function checkLightgbmParameters(parameters: LightgbmParameters): void {
  const action = "fit LightGBM";
  for (const [name, value] of Object.entries(parameters)) {
    checkOneOf(action, "parameter", name, lightgbmParameterNames);
    const kind = known[name];
    if (kind === "integer") checkInteger(action, name, value as number);
    else if (kind === "number") checkNumber(action, name, value as number);
    else if (kind === "boolean") checkOneOf(action, name, String(value), ["true", "false"]);
    else checkOneOf(action, name, String(value), kind);
  }
}

/**
 * Everything that was settled: the same rows, parameters and seed give the same trees on any number of threads.
 *
 * @param options.custom Whether derivatives of our own take the place of an objective of LightGBM's.
 * @param options.metric `none` where a score of our own decides when to stop.
 */
export function settledLightgbmParameters(
  parameters: LightgbmParameters,
  { seed, threads, metric, custom = false }: { seed: number; threads: number; metric?: "none"; custom?: boolean },
): LightgbmSettings {
  return {
    ...parameters,
    ...(custom ? { objective: "custom" } : {}),
    ...(metric ? { metric } : {}),
    ...(parameters.objective === "lambdarank" ? { eval_at: parameters.eval_at ?? 10 } : {}),
    seed,
    num_threads: threads,
    deterministic: true,
    force_col_wise: true,
    verbosity: -1,
  };
}
