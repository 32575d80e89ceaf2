/** A study: a flat spec becomes runs of notebooks, which are compared with what is recorded, and shown. */
export * from "./artifact_summary.ts";
export * from "./attempt.ts";
export * from "./compare_run.ts";
export * from "./compare_step.ts";
export * from "./leaderboard.ts";
export * from "./prove_step.ts";
export * from "./record.ts";
export * from "./recorded_step.ts";
export * from "./run_records.ts";
export * from "./run_studies.ts";
export * from "./stale_parameters.ts";
export * from "./stale_results.ts";
export * from "./study.ts";
export * from "./study_records.ts";
