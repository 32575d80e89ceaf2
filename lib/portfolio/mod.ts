/** Forecasts become weights, decided at the close of a day. What the weights earn is the business of `@lib/backtest`. */
export * from "./approach_targets.ts";
export * from "./buy_and_hold_weights.ts";
export * from "./combine_forecasts.ts";
export * from "./equal_weights.ts";
export * from "./neutral_weights.ts";
export * from "./rank_weights.ts";
export * from "./statistical_factors.ts";
