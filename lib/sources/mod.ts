/** Prices, news, macro series and filings fetched from services, and kept as they came. */
export * from "./adjust_bars.ts";
export * from "./clock.ts";
export * from "./connection.ts";
export * from "./day_in_zone.ts";
export * from "./finished_days.ts";
export * from "./key_of.ts";
export * from "./raw_store.ts";
export * from "./retry_after.ts";
export * from "./service.ts";
export * from "./source_error.ts";
export * from "./token_bucket.ts";
export * from "./traded_bars.ts";
