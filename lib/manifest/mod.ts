/** What a run was made from and by, read when it begins and left beside its files as an RO-Crate. */
export * from "./describe_machine.ts";
export * from "./manifest.ts";
export * from "./manifest_file.ts";
export * from "./read_sources.ts";
export * from "./run_manifest.ts";
export * from "./source_changes.ts";
export * from "./step_manifests.ts";
