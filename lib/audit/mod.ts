/** What stands behind forecasts, inspected: the road for leaks by name, saved models in a fresh process. */
export * from "./info_sheet.ts";
export * from "./info_sheet_markdown.ts";
export * from "./leaks/inspect_road.ts";
export * from "./leaks/road.ts";
export * from "./leaks/road_limits.ts";
export * from "./models/inspect_fit.ts";
export * from "./models/inspect_model.ts";
