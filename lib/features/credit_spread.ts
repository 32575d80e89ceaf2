import { lagged } from "@lib/core";
import { missingRule } from "./_missing_rule.ts";
import { defineFeature } from "./feature.ts";

const shared = { family: "macro", needs: ["credit_spread"] } as const;

/**
 * `credit_spread` and `credit_spread_change_20`: what doubtful debtors pay above safe ones. A state, the same for every
 * name of a day.
 */
export const creditSpreadFeatures = [
  defineFeature({
    ...shared,
    name: "credit_spread",
    lookbackDays: 0,
    expectedSign: 1,
    formula: "yield of corporate bonds above that of government bonds, in the unit of the source",
    source: "Fama and French (1989), Business Conditions and Expected Returns, Journal of Financial Economics 25",
    missing: missingRule.sameDay,
    compute: (bars) => Float64Array.from(bars.credit_spread),
  }),
  defineFeature({
    ...shared,
    name: "credit_spread_change_20",
    lookbackDays: 20,
    expectedSign: 0,
    formula: "credit_spread less that of 20 days before",
    source: "Gilchrist and Zakrajsek (2012), Credit Spreads and Business Cycle Fluctuations, AER 102",
    missing: missingRule.ends,
    compute: (bars) => {
      const before = lagged(bars.credit_spread, 20);
      return bars.credit_spread.map((value, day) => value - before[day]);
    },
  }),
];
