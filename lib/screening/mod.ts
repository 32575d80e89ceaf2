/** What features are worth one by one: coverage, spread, stability, order of coming returns, and which say the same. */
export * from "./correlation_clusters.ts";
export * from "./rank_correlations.ts";
export * from "./screen_features.ts";
