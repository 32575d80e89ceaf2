import { rollingSum } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotients } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/**
 * `volume_pressure_5` and `_20`: where in its range the day ended, counted from its open, weighted by what was traded:
 * from -1, always sold from high to low, to 1.
 */
export const volumePressureFeatures = [5, 20].map((windowDays) =>
  defineFeature({
    name: `volume_pressure_${windowDays}`,
    family: "volume",
    needs: ["open", "high", "low", "close", "volume"],
    lookbackDays: windowDays - 1,
    expectedSign: 0,
    formula:
      `sum of volume x (close - open) / (high - low) / sum of volume, ${windowDays} days; 0 for a day without range`,
    source: "Chaikin's money flow (Colby 2003, The Encyclopedia of Technical Market Indicators), counted from the open",
    missing: `${missingRule.window}; NaN where nothing was traded`,
    compute: ({ open, high, low, close, volume }) => {
      const signed = volume.map((shares, day) => {
        const range = high[day] - low[day];
        return range === 0 ? 0 * (close[day] - open[day]) * shares : shares * (close[day] - open[day]) / range;
      });
      const weights = volume.map((shares, day) => Number.isNaN(signed[day]) ? NaN : shares);
      return quotients(rollingSum(signed, { windowDays }), rollingSum(weights, { windowDays }));
    },
  })
);
