/** Raw bars made trustworthy: sources, checks at the door, trading days, returns; and markets whose truth is known. */
export * from "./bars_report.ts";
export * from "./derive_columns.ts";
export * from "./fault_limits.ts";
export * from "./load_bars.ts";
export * from "./load_csv_folder.ts";
export * from "./load_market.ts";
export * from "./load_panel.ts";
export * from "./market.ts";
export * from "./raw_bars.ts";
export * from "./raw_file.ts";
export * from "./read_bars.ts";
export * from "./read_cell.ts";
export * from "./read_csv.ts";
export * from "./synthetic_market.ts";
export * from "./tier.ts";
export * from "./trading_calendar.ts";
export * from "./validate_bars.ts";
