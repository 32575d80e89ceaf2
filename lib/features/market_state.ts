import { rollingMean, rollingStandardDeviation } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { defineFeature } from "./feature.ts";

const shared = { family: "market", needs: ["market_return"], expectedSign: 0, missing: missingRule.window } as const;

/**
 * `market_volatility_20` and `market_trend_60`: the state of the market, the same for every name of a day. Alone they
 * order nothing; beside other features they say when those count.
 */
export const marketStateFeatures = [
  defineFeature({
    ...shared,
    name: "market_volatility_20",
    lookbackDays: 19,
    formula: "sample standard deviation of the market's daily return, 20 days",
    source: "Ang, Hodrick, Xing and Zhang (2006), Journal of Finance 61, for volatility as a state",
    compute: (bars) => rollingStandardDeviation(bars.market_return, { windowDays: 20 }),
  }),
  defineFeature({
    ...shared,
    name: "market_trend_60",
    lookbackDays: 59,
    formula: "mean of the market's daily return, 60 days",
    source: "Cooper, Gutierrez and Hameed (2004), Market States and Momentum, Journal of Finance 59",
    compute: (bars) => rollingMean(bars.market_return, { windowDays: 60 }),
  }),
];
