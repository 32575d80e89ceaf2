/** Where two results first differ, down to the cell or byte, and which of all that has changed can be the cause. */
export { type ArtifactTable, type CellValue, readArtifactTable } from "./artifact_table.ts";
export * from "./explain_difference.ts";
export { type ColumnFingerprint, type Fingerprint, fingerprint } from "./fingerprint.ts";
export * from "./fingerprint_file.ts";
export * from "./first_difference.ts";
export * from "./manifest_changes.ts";
export * from "./past_texts.ts";
export * from "./recorded_files.ts";
