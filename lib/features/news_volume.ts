import { rollingMean } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotient } from "./_quotient.ts";
import { zScore } from "./_z_score.ts";
import { defineFeature, type SymbolBars } from "./feature.ts";

const shared = {
  family: "sentiment",
  source: "Fang and Peress (2009), Media Coverage and the Cross-Section of Stock Returns, Journal of Finance 64",
} as const;
const uncovered = "NaN where the source does not cover the day; a covered day without news counts 0";

/** Days over which news acts on. */
const IMPACT_DAYS = 5;

/**
 * News impact: tone x ln(1 + number of news), faded by exp(-decay) a day and summed over five days. Silent days add
 * nothing; a window without any news is unknown, and not 0.
 */
function newsImpact(
  { sentiment, news_count }: Pick<SymbolBars, "sentiment" | "news_count">,
  decay: number,
): Float64Array {
  return sentiment.map((_, day) => {
    let [sum, known] = [0, false];
    for (let age = 0; age < IMPACT_DAYS && age <= day; age++) {
      const [tone, count] = [sentiment[day - age], news_count[day - age]];
      if (Number.isNaN(tone) || Number.isNaN(count)) continue;
      sum += tone * Math.log1p(count) * Math.exp(-decay * age);
      known = true;
    }
    return known ? sum : NaN;
  });
}

const impacts = [["slow", 0.1], ["", 0.3], ["fast", 0.5]] as const;

/** How much was written, and how the tone of it adds up. */
export const newsVolumeFeatures = [
  defineFeature({
    ...shared,
    name: "news_volume",
    needs: ["news_count"],
    lookbackDays: 0,
    expectedSign: -1,
    formula: "ln(1 + number of news of the symbol known by the close)",
    missing: uncovered,
    compute: (bars) => bars.news_count.map(Math.log1p),
  }),
  defineFeature({
    ...shared,
    name: "news_volume_ratio_1_20",
    needs: ["news_count"],
    lookbackDays: 19,
    expectedSign: 0,
    formula: "number of news / mean number of 20 days",
    missing: `${uncovered}; NaN where 20 days had none`,
    compute: (bars) => {
      const usual = rollingMean(bars.news_count, { windowDays: 20 });
      return bars.news_count.map((count, day) => quotient(count, usual[day]));
    },
  }),
  ...impacts.map(([speed, decay]) =>
    defineFeature({
      ...shared,
      name: speed === "" ? "news_impact" : `news_impact_${speed}`,
      needs: ["sentiment", "news_count"],
      lookbackDays: 0,
      memoryDays: IMPACT_DAYS - 1,
      expectedSign: 1,
      formula: `sum over 5 days of tone x ln(1 + number of news) x exp(-${decay} x age in days)`,
      missing: "NaN where five days have no news",
      compute: (bars) => newsImpact(bars, decay),
    })
  ),
  defineFeature({
    ...shared,
    name: "news_impact_zscore_20",
    needs: ["sentiment", "news_count"],
    lookbackDays: 19,
    memoryDays: 19 + IMPACT_DAYS - 1,
    expectedSign: 1,
    formula: "news impact (decay 0.3), less its mean of 20 days, over its deviation there",
    missing: missingRule.window,
    compute: (bars) => zScore(newsImpact(bars, 0.3), 20),
  }),
  defineFeature({
    ...shared,
    name: "news_tone_divergence",
    needs: ["sentiment", "return"],
    lookbackDays: 1,
    expectedSign: 1,
    formula: "tone of the day's news where the return has the other sign, else 0",
    missing: "NaN where no news of the symbol was known by the close, or the return is missing",
    compute: (bars) =>
      bars.sentiment.map((tone, day) =>
        Number.isNaN(bars.return[day]) ? NaN : tone * bars.return[day] < 0 ? tone : 0 * tone
      ),
  }),
  defineFeature({
    ...shared,
    name: "news_surge_tone_20",
    needs: ["sentiment", "news_count"],
    lookbackDays: 19,
    expectedSign: 1,
    formula: "tone x number of news / mean number of 20 days",
    missing: "NaN where no news of the symbol was known by the close, or 20 days are not covered",
    compute: (bars) => {
      const usual = rollingMean(bars.news_count, { windowDays: 20 });
      return bars.sentiment.map((tone, day) => tone * quotient(bars.news_count[day], usual[day]));
    },
  }),
];
