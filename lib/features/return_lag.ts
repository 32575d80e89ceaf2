import { lagged } from "@lib/core";
import { missingRule } from "./_missing_rule.ts";
import { defineFeature } from "./feature.ts";

/** The return of one single day some days ago: `return_lag_1`, `return_lag_2`, `return_lag_5`. */
export const returnLagFeatures = [1, 2, 5].map((days) =>
  defineFeature({
    name: `return_lag_${days}`,
    family: "reversal",
    needs: ["return"],
    lookbackDays: days + 1,
    expectedSign: -1,
    formula: `return of the day ${days} day${days === 1 ? "" : "s"} ago`,
    source: "Lehmann (1990), Quarterly Journal of Economics 105",
    missing: missingRule.sameDay,
    compute: (bars) => lagged(bars.return, days),
  })
);
