import { rollingStandardDeviation } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotients } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

const source = "Ang, Hodrick, Xing and Zhang (2006), The Cross-Section of Volatility, Journal of Finance 61";

/**
 * Standard deviation (divisor n - 1) of simple daily returns, not annualised: `volatility_5`, `volatility_20`,
 * `volatility_60`; and `volatility_ratio_5_20`, the shorter over the longer.
 */
export const volatilityFeatures = [
  ...[5, 20, 60].map((windowDays) =>
    defineFeature({
      name: `volatility_${windowDays}`,
      family: "risk",
      needs: ["return"],
      lookbackDays: windowDays,
      expectedSign: -1,
      formula: `standard deviation (divisor n - 1) of ${windowDays} daily returns`,
      source,
      missing: missingRule.window,
      compute: (bars) => rollingStandardDeviation(bars.return, { windowDays }),
    })
  ),
  defineFeature({
    name: "volatility_ratio_5_20",
    family: "risk",
    needs: ["return"],
    lookbackDays: 20,
    expectedSign: 0,
    formula: "volatility_5 / volatility_20",
    source: "common practice: is the market in the name calmer or wilder than it was",
    missing: `${missingRule.window}; NaN where the longer volatility is 0`,
    compute: (bars) =>
      quotients(
        rollingStandardDeviation(bars.return, { windowDays: 5 }),
        rollingStandardDeviation(bars.return, { windowDays: 20 }),
      ),
  }),
];
