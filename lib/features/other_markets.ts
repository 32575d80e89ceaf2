import { lagged } from "@lib/core";
import { missingRule } from "./_missing_rule.ts";
import { quotient } from "./_quotient.ts";
import { defineFeature, type Feature } from "./feature.ts";

/** A price over an earlier one, less 1; shape (days,). */
function growth(prices: Float64Array, days: number): Float64Array {
  const before = lagged(prices, days);
  return prices.map((price, day) => quotient(price, before[day]) - 1);
}

function growthOf(
  name: string,
  { column, days, of, source }: { column: "dollar_index" | "crypto_price"; days: number; of: string; source: string },
): Feature {
  return defineFeature({
    name,
    family: "cross-asset",
    needs: [column],
    lookbackDays: days,
    expectedSign: 0,
    formula: `${of} over that of ${days} days before, less 1`,
    source,
    missing: missingRule.ends,
    compute: (bars) => growth(bars[column], days),
  });
}

/**
 * `dollar_return_20` and `crypto_return_5`: how other markets moved that never close, or close at another hour, up to
 * their last session before the name's own close. A state, the same for every name of a day.
 */
export const otherMarketsFeatures = [
  growthOf("dollar_return_20", {
    column: "dollar_index",
    days: 20,
    of: "value of the dollar against other currencies",
    source: "Lustig, Roussanov and Verdelhan (2014), Countercyclical Currency Risk Premia, JFE 111",
  }),
  growthOf("crypto_return_5", {
    column: "crypto_price",
    days: 5,
    of: "price of the leading crypto asset",
    source: "Liu and Tsyvinski (2021), Risks and Returns of Cryptocurrency, Review of Financial Studies 34",
  }),
];
