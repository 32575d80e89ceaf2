/** The judge itself on trial: markets whose truth is known, claims about them, and how often the judge is right. */
export * from "./all_experiments.ts";
export * from "./expected_power.ts";
export * from "./expected_rank_correlation.ts";
export * from "./experiment.ts";
export * from "./findings.ts";
export * from "./judge_claim.ts";
export * from "./known_signal_on_trial.ts";
export * from "./market_without_signal.ts";
export * from "./no_signal_on_trial.ts";
export * from "./repeat_experiment.ts";
export * from "./run_experiments.ts";
export * from "./selection_on_trial.ts";
export * from "./tests_on_trial.ts";
export * from "./tuned_forecasts.ts";
export * from "./wilson_interval.ts";
