/** Long steps that are done once: values kept by what they were computed from, found again after a cut. */
export * from "./decode_value.ts";
export * from "./encode_value.ts";
export * from "./step_cache.ts";
export * from "./step_record.ts";
export * from "./step_store.ts";
