import { lagged } from "@lib/core";
import { missingRule } from "./_missing_rule.ts";
import { logQuotient } from "./_quotient.ts";
import { zScore } from "./_z_score.ts";
import { defineFeature } from "./feature.ts";

const shared = { family: "cross-asset", needs: ["implied_volatility"], expectedSign: 0 } as const;

/**
 * `implied_volatility_change_5` and `implied_volatility_zscore_60`: whether what options expect rises, and whether it is
 * high. A state, the same for every name of a day.
 */
export const impliedVolatilityChangeFeatures = [
  defineFeature({
    ...shared,
    name: "implied_volatility_change_5",
    lookbackDays: 5,
    formula: "ln(implied volatility / that of 5 days before)",
    source: "Ang, Hodrick, Xing and Zhang (2006), Journal of Finance 61, for changes of the VIX as news of volatility",
    missing: missingRule.ends,
    compute: (bars) => {
      const before = lagged(bars.implied_volatility, 5);
      return bars.implied_volatility.map((value, day) => logQuotient(value, before[day]));
    },
  }),
  defineFeature({
    ...shared,
    name: "implied_volatility_zscore_60",
    lookbackDays: 59,
    formula: "implied volatility less its mean of 60 days, over its sample deviation there",
    source: "Whaley (2000), The Investor Fear Gauge, Journal of Portfolio Management 26",
    missing: `${missingRule.window}; NaN where it does not vary`,
    compute: (bars) => zScore(bars.implied_volatility, 60),
  }),
];
