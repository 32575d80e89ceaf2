/** What we wish to know next: the only files that may look ahead. */
export * from "./build_targets.ts";
export * from "./event_target.ts";
export * from "./forward_return.ts";
export * from "./rank_target.ts";
export * from "./shuffle_targets.ts";
export * from "./sign_target.ts";
export * from "./volatility_target.ts";
