/** Fit on rows, forecast on rows: engines behind one contract, and the baselines that stand beside them. */
export * from "./baselines/forecast_baselines.ts";
export * from "./combinatorial_forecasts.ts";
export * from "./forecaster.ts";
export * from "./in_sample_forecasts.ts";
export * from "./join_forecasts.ts";
export * from "./lightgbm/fit_lightgbm.ts";
export { LightgbmForecaster } from "./lightgbm/lightgbm_forecaster.ts";
export { lightgbmParameterNames, type LightgbmParameters } from "./lightgbm/lightgbm_parameters.ts";
export * from "./learnt_from.ts";
export * from "./load_forecaster.ts";
export type { ForecasterManifest } from "./manifest.ts";
export * from "./model_forecasts.ts";
export * from "./ridge/fit_ridge.ts";
export { RidgeForecaster, type RidgeState } from "./ridge/ridge_forecaster.ts";
export * from "./walk_forward_forecasts.ts";
