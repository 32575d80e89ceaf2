/** Weights and returns become the series of a book, before and after costs. Judging it is the business of `@lib/f4`. */
export * from "./backtest.ts";
