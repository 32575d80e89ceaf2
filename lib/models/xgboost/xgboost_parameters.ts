import { checkInteger, checkNumber, checkOneOf } from "@lib/core";

const objectives = [
  "reg:squarederror",
  "reg:absoluteerror",
  "reg:pseudohubererror",
  "reg:quantileerror",
  "reg:gamma",
  "binary:logistic",
] as const;
const metrics = ["rmse", "mae", "mphe", "quantile", "gamma-nloglik", "logloss", "error"] as const;

type Range = { readonly integer?: true; readonly least?: number; readonly most?: number };

/** XGBoost's own names, as in https://xgboost.readthedocs.io/en/release_3.2.0/parameter.html: nothing to translate. */
const known = {
  /** What is minimised. XGBoost's default: `reg:squarederror`. */
  objective: objectives,
  /** What early stopping looks at, smaller is better. Default: what belongs to the objective. */
  eval_metric: metrics,
  /** Share of each tree that is added. XGBoost's default 0.3. */
  learning_rate: { least: 0, most: 1 },
  /** Most levels of a tree, 0 for no limit. XGBoost's default 6. */
  max_depth: { integer: true, least: 0 },
  /** Most leaves of a tree, 0 for no limit. XGBoost's default 0. */
  max_leaves: { integer: true, least: 0 },
  /** Split level by level, or where the loss falls most. XGBoost's default `depthwise`. */
  grow_policy: ["depthwise", "lossguide"],
  /** Least sum of second derivatives in a leaf; with squared error its rows. XGBoost's default 1. */
  min_child_weight: { least: 0 },
  /** Least gain of a split. XGBoost's default 0. */
  gamma: { least: 0 },
  /** Share of rows drawn for a tree. XGBoost's default 1. */
  subsample: { least: 0, most: 1 },
  /** Share of features drawn for a tree. XGBoost's default 1. */
  colsample_bytree: { least: 0, most: 1 },
  /** Share of features drawn for a level. XGBoost's default 1. */
  colsample_bylevel: { least: 0, most: 1 },
  /** Share of features drawn for a split. XGBoost's default 1. */
  colsample_bynode: { least: 0, most: 1 },
  /** L2 penalty on leaf values. XGBoost's default 1. */
  reg_lambda: { least: 0 },
  /** L1 penalty on leaf values. XGBoost's default 0. */
  reg_alpha: { least: 0 },
  /** Largest value of a leaf, 0 for no limit. XGBoost's default 0. */
  max_delta_step: { least: 0 },
  /** Most bins of a feature: fewer are faster. XGBoost's default 256. */
  max_bin: { integer: true, least: 2 },
  /** Forecast before the first tree. XGBoost's default: estimated from the target. */
  base_score: {},
  /** Level of `reg:quantileerror`; has to be given for it. */
  quantile_alpha: { least: 0, most: 1 },
  /** Width of `reg:pseudohubererror`. XGBoost's default 1. */
  huber_slope: { least: 0 },
} as const satisfies Record<string, Range | readonly string[]>;

/** Parameters of XGBoost under its own names; what is left out has XGBoost's default. */
export type XgboostParameters = {
  -readonly [Name in keyof typeof known]?: (typeof known)[Name] extends readonly (infer Word)[] ? Word : number;
};

/** Names of all parameters that may be set. */
export const xgboostParameterNames = Object.keys(known) as (keyof XgboostParameters)[];

/**
 * Refuses parameters that XGBoost would ignore with a warning at best: unknown names, aliases, values of another type.
 *
 * @throws {RangeError} If a name or a value is not known.
 */
export function checkXgboostParameters(parameters: XgboostParameters): void {
  const action = "fit XGBoost";
  for (const [name, value] of Object.entries(parameters)) {
    checkOneOf(action, "parameter", name, xgboostParameterNames);
    const kind: Range | readonly string[] = known[name];
    if (Array.isArray(kind)) checkOneOf(action, name, String(value), kind);
    else {
      const { integer, ...range } = kind as Range;
      (integer ? checkInteger : checkNumber)(action, name, value as number, range);
    }
  }
  if (parameters.objective === "reg:quantileerror" && parameters.quantile_alpha === undefined) {
    throw new RangeError(
      `Cannot ${action}: quantile_alpha must be given with reg:quantileerror, current value is undefined`,
    );
  }
}

/** Everything that was settled, as XGBoost takes it. */
export function xgboostSettings(
  parameters: XgboostParameters,
  { seed, threads }: { seed: number; threads: number },
): Record<string, string> {
  const settled = { ...parameters, tree_method: "hist", seed, nthread: threads, verbosity: 0 };
  return Object.fromEntries(Object.entries(settled).map(([name, value]) => [name, String(value)]));
}
