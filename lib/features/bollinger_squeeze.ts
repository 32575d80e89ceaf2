import { once } from "./_once.ts";
import { missingRule } from "./_missing_rule.ts";
import { differences, quotients } from "./_quotient.ts";
import { bollingerBands } from "./bollinger_bands.ts";
import { defineFeature } from "./feature.ts";

/**
 * Share of the trailing window's values that lie below today's, equal ones counted half: 0.5 for a series that stands
 * still. Shape (days,); NaN until the window is full, and while a missing value is inside.
 */
export function trailingRank(values: Float64Array, windowDays: number): Float64Array {
  const ranks = new Float64Array(values.length).fill(NaN);
  let known = 0;
  for (let day = 0; day < values.length; day++) {
    known = Number.isNaN(values[day]) ? 0 : known + 1;
    if (known < windowDays) continue;
    let below = 0;
    for (let row = day - windowDays + 1; row <= day; row++) {
      below += values[row] < values[day] ? 1 : values[row] === values[day] ? 0.5 : 0;
    }
    ranks[day] = below / windowDays;
  }
  return ranks;
}

/** `bollinger_squeeze_252`: how narrow the bands are by the standards of the past year; near 0, a squeeze. */
export const bollingerSqueezeFeatures = [
  defineFeature({
    name: "bollinger_squeeze_252",
    family: "risk",
    needs: ["index"],
    lookbackDays: 270,
    expectedSign: 0,
    formula: "share of the 252 days in which (upper - lower band of 20 days) / middle was below today's, ties half",
    source: "Bollinger (2001), Bollinger on Bollinger Bands, chapter 15; bands as in TA-Lib BBANDS",
    missing: missingRule.window,
    compute: ({ index }) => {
      const { lower, middle, upper } = once("Bollinger bands", [index], () => bollingerBands(index));
      return trailingRank(quotients(differences(upper, lower), middle), 252);
    },
  }),
];
