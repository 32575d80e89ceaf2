/** The judge: what forecasts and books are worth, with the error of every number, and a verdict. */
export * from "./block_length.ts";
export * from "./daily_correlations.ts";
export * from "./hit_rate.ts";
export * from "./known_outcomes.ts";
export * from "./maximum_drawdown.ts";
export * from "./measure.ts";
export * from "./moments.ts";
export * from "./newey_west.ts";
export * from "./normal_distribution.ts";
export * from "./pesaran_timmermann.ts";
export * from "./probabilistic_sharpe_ratio.ts";
export * from "./sharpe_ratio.ts";
export * from "./stationary_bootstrap.ts";
