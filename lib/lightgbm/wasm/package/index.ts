/** LightGBM in WebAssembly, wherever JavaScript runs: what the package `lightgbm-wasm` exports. */
import "../_dispose_symbol.ts";

export * from "../../grow_trees.ts";
export * from "../../lightgbm_booster.ts";
export * from "../../lightgbm_dataset.ts";
export type { LightgbmInterface } from "../../lightgbm_interface.ts";
export type { LightgbmMatrix } from "../../lightgbm_matrix.ts";
export type { LightgbmRowForecaster } from "../../lightgbm_row_forecaster.ts";
export type { LightgbmSettings } from "../../parameter_text.ts";
export * from "../load_wasm_lightgbm.ts";
export * from "../train_folds.ts";
export * from "./lightgbm_module.ts";
