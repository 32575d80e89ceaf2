import { missingRule } from "./_missing_rule.ts";
import { differences, quotient, quotients } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

const shared = {
  family: "bar",
  lookbackDays: 0,
  expectedSign: 0,
  source: "Nison (1991), Japanese Candlestick Charting Techniques; Microsoft Qlib, Alpha158 (there over the open)",
  missing: missingRule.sameDay,
} as const;

/**
 * The three parts of a day's candle as fractions of its close: `candle_body` (signed), `upper_shadow`,
 * `lower_shadow`. |body| + upper + lower shadow = `high_low_range`.
 */
export const candleFeatures = [
  defineFeature({
    ...shared,
    name: "candle_body",
    needs: ["open", "close"],
    formula: "(close - open) / close",
    compute: ({ open, close }) => quotients(differences(close, open), close),
  }),
  defineFeature({
    ...shared,
    name: "upper_shadow",
    needs: ["open", "high", "close"],
    formula: "(high - the higher of open and close) / close",
    compute: ({ open, high, close }) =>
      close.map((price, day) => quotient(high[day] - Math.max(open[day], price), price)),
  }),
  defineFeature({
    ...shared,
    name: "lower_shadow",
    needs: ["open", "low", "close"],
    formula: "(the lower of open and close - low) / close",
    compute: ({ open, low, close }) =>
      close.map((price, day) => quotient(Math.min(open[day], price) - low[day], price)),
  }),
];
