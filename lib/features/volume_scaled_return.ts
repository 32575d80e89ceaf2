import { rollingMean } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotients } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/** `volume_scaled_return_20`: the day's return, larger where more than usual took part in it. */
export const volumeScaledReturnFeatures = [
  defineFeature({
    name: "volume_scaled_return_20",
    family: "volume",
    needs: ["return", "dollar_volume"],
    lookbackDays: 19,
    expectedSign: -1,
    formula: "return x dollar volume / mean dollar volume of 20 days",
    source: "Campbell, Grossman and Wang (1993), Trading Volume and Serial Correlation, QJE 108",
    missing: `${missingRule.window}; NaN where nothing was traded`,
    compute: (bars) => {
      const ratio = quotients(bars.dollar_volume, rollingMean(bars.dollar_volume, { windowDays: 20 }));
      return bars.return.map((value, day) => value * ratio[day]);
    },
  }),
];
