import { missingRule } from "./_missing_rule.ts";
import { averageCross } from "./average_cross.ts";
import { exponentialAverage } from "./exponential_average.ts";
import { defineFeature } from "./feature.ts";

/**
 * `price_to_exponential_average_12` and `_26`: distance of the price from its exponential average, which forgets slowly
 * instead of all at once.
 */
export const priceToExponentialAverageFeatures = [12, 26].map((windowDays) =>
  defineFeature({
    name: `price_to_exponential_average_${windowDays}`,
    family: "trend",
    needs: ["index"],
    lookbackDays: windowDays - 1,
    expectedSign: 0,
    formula: `total-return index / its exponential average of ${windowDays} days - 1`,
    source: "Appel (1979), The Moving Average Convergence Divergence Trading Method; averages as in TA-Lib EMA",
    missing: missingRule.restart,
    compute: ({ index }) => averageCross(index, exponentialAverage(index, { windowDays })),
  })
);
