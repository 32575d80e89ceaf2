/** Numbers, ranks, windows, seeds, days, checks, hashes and paths: the ground floor, which knows nothing of prices. */
export * from "./almost_equal.ts";
export * from "./centred_ranks_by_day.ts";
export * from "./check.ts";
export * from "./current_day.ts";
export * from "./hash.ts";
export * from "./least_squares.ts";
export * from "./panel.ts";
export * from "./panel_digest.ts";
export * from "./panel_frame.ts";
export * from "./paths.ts";
export * from "./random.ts";
export * from "./rank.ts";
export * from "./rolling.ts";
export * from "./stable_json.ts";
export * from "./statistics.ts";
export * from "./trading_day.ts";
export * from "./write_atomically.ts";
