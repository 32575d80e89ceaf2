/** A study: a flat spec becomes runs of notebooks, which are compared with what is recorded, and shown. */
export * from "./artifact_summary.ts";
export * from "./compare_step.ts";
export * from "./fingerprint.ts";
export * from "./fingerprint_file.ts";
export * from "./first_difference.ts";
export * from "./describe_machine.ts";
export * from "./leaderboard.ts";
export * from "./manifest.ts";
export * from "./read_sources.ts";
export * from "./record.ts";
export * from "./recorded_files.ts";
export * from "./recorded_step.ts";
export * from "./run_manifest.ts";
export * from "./run_records.ts";
export * from "./run_studies.ts";
export * from "./stale_parameters.ts";
export * from "./study.ts";
