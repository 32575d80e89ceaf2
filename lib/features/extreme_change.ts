import { lagged } from "@lib/core";
import { missingRule } from "./_missing_rule.ts";
import { relativeDifferences } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/**
 * `high_change_1` and `low_change_1`: how far the day's extremes moved since the day before. Their signs are the higher
 * high and the lower low of chart readers.
 */
export const extremeChangeFeatures = (["high", "low"] as const).map((extreme) =>
  defineFeature({
    name: `${extreme}_change_1`,
    family: "bar",
    needs: [extreme],
    lookbackDays: 1,
    expectedSign: 0,
    formula: `${extreme} / ${extreme} of the day before - 1`,
    source: "Edwards and Magee (1948), Technical Analysis of Stock Trends, for higher highs and lower lows",
    missing: missingRule.ends,
    compute: (bars) => relativeDifferences(bars[extreme], lagged(bars[extreme], 1)),
  })
);
