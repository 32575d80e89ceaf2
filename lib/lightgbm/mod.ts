/** LightGBM itself: its data sets and models over one interface, behind which stands machine code or WebAssembly. */
export * from "./grow_trees.ts";
export * from "./lightgbm_booster.ts";
export * from "./lightgbm_dataset.ts";
export * from "./lightgbm_interface.ts";
export type { LightgbmMatrix } from "./lightgbm_matrix.ts";
export * from "./lightgbm_parameters.ts";
export * from "./lightgbm_row_forecaster.ts";
export { nativeLightgbm } from "./native_lightgbm.ts";
export * from "./objective_link.ts";
export * from "./open_lightgbm.ts";
export * from "./parameter_text.ts";
export { wasmLightgbm, wasmLightgbmPath } from "./wasm_lightgbm.ts";
