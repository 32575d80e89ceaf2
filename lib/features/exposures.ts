import { lagged, rollingSlope } from "@lib/core";
import { missingRule } from "./_missing_rule.ts";
import { quotient } from "./_quotient.ts";
import { defineFeature, type Feature } from "./feature.ts";

const DAYS = 120;

type Driver = "implied_volatility" | "long_rate" | "dollar_index" | "crypto_price";

function exposure(
  name: string,
  { driver, move, words, source, expectedSign = 0 }: {
    driver: Driver;
    move: (today: number, before: number) => number;
    words: string;
    source: string;
    expectedSign?: -1 | 0 | 1;
  },
): Feature {
  return defineFeature({
    name: `${name}_beta_${DAYS}`,
    family: "cross-asset",
    needs: ["return", driver],
    lookbackDays: DAYS,
    expectedSign,
    formula: `slope of the return on the day's ${words}, over ${DAYS} days`,
    source,
    missing: `${missingRule.window}; NaN where the other market does not move`,
    compute: (bars) => {
      const before = lagged(bars[driver], 1);
      const moves = bars[driver].map((value, day) => move(value, before[day]));
      return rollingSlope(bars.return, moves, { windowDays: DAYS });
    },
  });
}

const change = (today: number, before: number) => today - before;
const growth = (today: number, before: number) => quotient(today, before) - 1;

/**
 * `volatility_beta_120`, `rate_beta_120`, `dollar_beta_120`, `crypto_beta_120`: how a name goes along with another market.
 * A day on which that market said nothing new counts as a day without a move.
 */
export const exposureFeatures = [
  exposure("volatility", {
    driver: "implied_volatility",
    move: change,
    words: "change of implied volatility",
    source: "Ang, Hodrick, Xing and Zhang (2006), The Cross-Section of Volatility, Journal of Finance 61, table I",
    expectedSign: -1,
  }),
  exposure("rate", {
    driver: "long_rate",
    move: change,
    words: "change of the yield of long bonds",
    source: "Flannery and James (1984), The Effect of Interest Rate Changes on Stock Returns, Journal of Finance 39",
  }),
  exposure("dollar", {
    driver: "dollar_index",
    move: growth,
    words: "growth of the dollar's value",
    source: "Jorion (1990), The Exchange-Rate Exposure of U.S. Multinationals, Journal of Business 63",
  }),
  exposure("crypto", {
    driver: "crypto_price",
    move: growth,
    words: "growth of the price of the leading crypto asset",
    source: "Liu and Tsyvinski (2021), Risks and Returns of Cryptocurrency, Review of Financial Studies 34",
  }),
];
