/** Features that were computed once: kept by symbol, feature, code and data, continued day by day. */
export * from "./feature_code.ts";
export * from "./feature_store.ts";
export * from "./store_files.ts";
