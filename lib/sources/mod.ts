/** Prices, news, macro series and filings fetched from services, and kept as they came. */
export * from "./clock.ts";
export * from "./connection.ts";
export * from "./key_of.ts";
export * from "./raw_store.ts";
export * from "./retry_after.ts";
export * from "./service.ts";
export * from "./source_error.ts";
export * from "./token_bucket.ts";
