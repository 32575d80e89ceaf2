/** The only place where features meet targets, and where rows are chosen: join, walk forward, purge, gather, scale. */
export * from "./combinatorial_purged.ts";
export * from "./combinatorial_training_rows.ts";
export * from "./dataset.ts";
export * from "./fold_table.ts";
export * from "./join_rows.ts";
export * from "./matrix.ts";
export * from "./row_set.ts";
export * from "./scaler.ts";
export * from "./sequences.ts";
export * from "./training_rows.ts";
export * from "./walk_forward.ts";
