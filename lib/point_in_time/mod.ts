/** What was known when: instants at which sessions close, and records joined by when they were published. */
export * from "./as_known.ts";
export * from "./factor_records.ts";
export * from "./instant_of.ts";
export * from "./join_as_known.ts";
export * from "./market_hours.ts";
export * from "./membership.ts";
export * from "./new_york_sessions.ts";
export * from "./other_markets.ts";
export * from "./session_closes.ts";
export * from "./session_records.ts";
