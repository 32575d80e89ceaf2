/** Figures: pure functions from arrays to plain plotly figures, and their drawing as SVG and PNG without a browser. */
export * from "./calibration_by_decile.ts";
export * from "./curves.ts";
export * from "./equity_curve.ts";
export * from "./feature_importance.ts";
export * from "./figure.ts";
export * from "./fold_scores.ts";
export * from "./histogram_of.ts";
export * from "./information_coefficient_over_time.ts";
export * from "./interval_forest.ts";
export * from "./measured_against_expected.ts";
export * from "./render_figure.ts";
export * from "./split_map.ts";
