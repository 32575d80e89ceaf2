import { rollingStandardDeviation } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotient } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";
import { priceToVolumeWeightedAverage } from "./price_to_volume_weighted_average.ts";

/** `vwap_band_position_20`: distance of the close from the average price paid, in deviations of the typical price. */
export const vwapBandPositionFeatures = [
  defineFeature({
    name: "vwap_band_position_20",
    family: "volume",
    needs: ["high", "low", "close", "volume"],
    lookbackDays: 19,
    expectedSign: -1,
    formula: "(close - VWAP of 20 days) / (2 x deviation of (high + low + close) / 3 over 20 days)",
    source: "Berkowitz, Logue and Noser (1988), Journal of Finance 43, for VWAP; bands after Bollinger (2001)",
    missing: `${missingRule.window}; NaN where nothing was traded or prices stood still`,
    compute: (bars) => {
      const distance = priceToVolumeWeightedAverage(bars, { windowDays: 20 });
      const typical = bars.close.map((price, day) => (bars.high[day] + bars.low[day] + price) / 3);
      const deviation = rollingStandardDeviation(typical, { windowDays: 20 });
      return distance.map((share, day) => {
        const paid = bars.close[day] / (1 + share);
        return quotient(bars.close[day] - paid, 2 * deviation[day]);
      });
    },
  }),
];
