import { lagged } from "@lib/core";
import { missingRule } from "./_missing_rule.ts";
import { defineFeature } from "./feature.ts";

const shared = {
  family: "macro",
  needs: ["short_rate", "long_rate"],
  source: "Fama and French (1989), Business Conditions and Expected Returns, Journal of Financial Economics 25",
} as const;

/**
 * `term_spread` and `term_spread_change_20`: what long bonds yield above short bills. A state, the same for every name of
 * a day.
 */
export const termSpreadFeatures = [
  defineFeature({
    ...shared,
    name: "term_spread",
    lookbackDays: 0,
    expectedSign: 1,
    formula: "yield of long bonds less that of short bills, in the unit of the rates",
    missing: missingRule.sameDay,
    compute: (bars) => bars.long_rate.map((rate, day) => rate - bars.short_rate[day]),
  }),
  defineFeature({
    ...shared,
    name: "term_spread_change_20",
    lookbackDays: 20,
    expectedSign: 0,
    formula: "term_spread less that of 20 days before",
    missing: missingRule.ends,
    compute: (bars) => {
      const spread = bars.long_rate.map((rate, day) => rate - bars.short_rate[day]);
      const before = lagged(spread, 20);
      return spread.map((value, day) => value - before[day]);
    },
  }),
];
