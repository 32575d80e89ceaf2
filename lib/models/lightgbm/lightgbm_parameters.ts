import { checkInteger, checkNumber, checkOneOf } from "@lib/core";

const objectives = ["regression", "regression_l1", "huber", "fair", "quantile", "mape", "gamma", "binary"] as const;
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
] as const;

/** LightGBM's own names, as in https://lightgbm.readthedocs.io/en/stable/Parameters.html: nothing to translate. */
const known = {
  /**
   * What is minimised. LightGBM's default: `regression`, squared error. For volatilities: `gamma`, with squared returns as
   * targets above 0, minimises QLIKE and forecasts variances above 0.
   */
  objective: objectives,
  /** What early stopping looks at, smaller is better. Default: what is minimised. */
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
  /** Width of `fair`. LightGBM's default 1. */
  fair_c: "number",
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

/** Everything that was settled, in LightGBM's form: `name=value name=value`. */
export function lightgbmParameterText(
  parameters: LightgbmParameters,
  { seed, threads, metric }: { seed: number; threads: number; metric?: "none" },
): string {
  const settled = {
    ...parameters,
    ...(metric ? { metric } : {}),
    seed,
    num_threads: threads,
    deterministic: true,
    force_col_wise: true,
    verbosity: -1,
  };
  return Object.entries(settled).map(([name, value]) => `${name}=${value}`).join(" ");
}
