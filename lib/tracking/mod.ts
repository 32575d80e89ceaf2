/**
 * Record it: a client of MLflow in TypeScript, the server it talks to, run records that outlive an unreachable server, and
 * where a result comes from.
 *
 * A pipeline starts the server with {@linkcode startMlflowServer}, describes each run as a {@linkcode RunRecord} and hands
 * all of them to {@linkcode recordRuns}.
 */
export * from "./batches.ts";
export * from "./curve_relay.ts";
export * from "./mlflow_client.ts";
export * from "./mlflow_error.ts";
export * from "./mlflow_limits.ts";
export * from "./mlflow_server.ts";
export * from "./mlflow_types.ts";
export * from "./provenance.ts";
export * from "./record_run.ts";
export * from "./record_runs.ts";
export * from "./run_record.ts";
export * from "./spool.ts";
export * from "./tracking_folders.ts";
