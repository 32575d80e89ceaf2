/** What stands behind forecasts, inspected: the road for leaks by name, saved models in a fresh process. */
export {};
