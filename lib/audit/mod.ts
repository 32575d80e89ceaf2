/** What stands behind forecasts, inspected: the road for leaks by name, saved models in a fresh process. */
export * from "./leaks/inspect_road.ts";
export * from "./leaks/road.ts";
export * from "./leaks/road_limits.ts";
