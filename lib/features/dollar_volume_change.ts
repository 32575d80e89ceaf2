import { lagged } from "@lib/core";
import { missingRule } from "./_missing_rule.ts";
import { logQuotient } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/** `dollar_volume_change_5`: how much more is traded than five days ago. */
export const dollarVolumeChangeFeatures = [
  defineFeature({
    name: "dollar_volume_change_5",
    family: "volume",
    needs: ["dollar_volume"],
    lookbackDays: 5,
    expectedSign: 1,
    formula: "ln(dollar volume / dollar volume of 5 days before)",
    source: "Gervais, Kaniel and Mingelgrin (2001), Journal of Finance 56, for the idea",
    missing: `${missingRule.ends}; NaN where nothing was traded`,
    compute: ({ dollar_volume }) => {
      const before = lagged(dollar_volume, 5);
      return dollar_volume.map((dollars, day) => logQuotient(dollars, before[day]));
    },
  }),
];
