import { goldenRows } from "../_golden_rows.ts";
import type { Forecaster } from "../forecaster.ts";
import { fitLightgbm } from "../lightgbm/fit_lightgbm.ts";
import { fitRidge } from "../ridge/fit_ridge.ts";
import { fitXgboost } from "../xgboost/fit_xgboost.ts";
import { hasXgboost } from "../xgboost/xgboost_library.ts";

const rows = goldenRows(0, 800);
const sizes = { ...rows, target: rows.target.map(Math.abs) };
const signs = { ...rows, target: rows.target.map((value) => Number(value > 0)) };
const complete = {
  ...rows,
  features: { ...rows.features, values: rows.features.values.map((value) => value || 0.25) },
};
const options = { rounds: 40, seed: 7 };

/** One model of each kind that can be exported, by name. */
export const goldenModels: Readonly<Record<string, () => Promise<Forecaster>>> = {
  ridge: () => fitRidge(rows, { seed: 1 }),
  lightgbm: () => fitLightgbm(rows, { ...options, parameters: { num_leaves: 15 } }),
  lightgbm_stump: () => fitLightgbm(rows, { ...options, rounds: 2, parameters: { min_data_in_leaf: 700 } }),
  lightgbm_complete: () => fitLightgbm(complete, { ...options, parameters: { num_leaves: 7 } }), // none missing when fitted
  lightgbm_binary: () => fitLightgbm(signs, { ...options, parameters: { objective: "binary", num_leaves: 7 } }),
  lightgbm_gamma: () => fitLightgbm(sizes, { ...options, parameters: { objective: "gamma", num_leaves: 7 } }),
  ...(hasXgboost() && {
    xgboost: () => fitXgboost(rows, { ...options, parameters: { max_depth: 4 } }),
    xgboost_binary: () => fitXgboost(signs, { ...options, parameters: { objective: "binary:logistic", max_depth: 3 } }),
    xgboost_gamma: () => fitXgboost(sizes, { ...options, parameters: { objective: "reg:gamma", max_depth: 3 } }),
  }),
};
