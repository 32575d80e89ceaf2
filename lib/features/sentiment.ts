import { checkInteger, lagged } from "@lib/core";
import { defineFeature } from "./feature.ts";

/** Options of {@linkcode knownMean}. */
export interface KnownMeanOptions {
  /** Days that are looked back on, today among them, at least 1. */
  windowDays: number;
}

/**
 * Mean of what is known in the trailing window: days without news say nothing, and are neither 0 nor carried forward.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(knownMean(Float64Array.of(0.5, NaN, NaN), { windowDays: 2 }), Float64Array.of(0.5, 0.5, NaN));
 * ```
 *
 * @returns Shape (days,); NaN where the window knows nothing.
 * @throws {RangeError} If `windowDays` is not an integer of at least 1.
 */
export function knownMean(values: Float64Array, { windowDays }: KnownMeanOptions): Float64Array {
  checkInteger("average sentiment", "windowDays", windowDays, { least: 1 });
  return values.map((_, day) => {
    let [sum, count] = [0, 0];
    for (let row = Math.max(0, day - windowDays + 1); row <= day; row++) {
      if (Number.isNaN(values[row])) continue;
      sum += values[row];
      count++;
    }
    return count === 0 ? NaN : sum / count;
  });
}

const source =
  "Tetlock (2007), Giving Content to Investor Sentiment, Journal of Finance 62, for tone of news and returns";
const missing = "NaN where no news of the symbol was known by the close; never 0 for silence";
const ofNews = { family: "sentiment", lookbackDays: 0, source, missing } as const;
const overDays = { ...ofNews, missing: "NaN where the window has no news; days without any are left out" } as const;

const plain = (
  name: string,
  column:
    | "sentiment"
    | "sentiment_deviation"
    | "sentiment_minimum"
    | "sentiment_maximum"
    | "positive_share"
    | "negative_share",
  formula: string,
  expectedSign: -1 | 0 | 1,
) =>
  defineFeature({
    ...ofNews,
    name,
    needs: [column],
    expectedSign,
    formula,
    compute: (bars) => Float64Array.from(bars[column]),
  });

const change = (values: Float64Array, days: number) => {
  const before = lagged(values, days);
  return values.map((value, day) => value - before[day]);
};

/** The tone of the day's news, from the most to the least direct, and how it moves. */
export const sentimentFeatures = [
  plain("news_tone", "sentiment", "mean tone of the news known by the close, from -1 to 1", 1),
  {
    ...plain("news_tone_deviation", "sentiment_deviation", "standard deviation of the tones of the day's news", 0),
    missing: "NaN where fewer than two news of the symbol were known by the close; never 0 for silence",
  },
  plain("news_tone_minimum", "sentiment_minimum", "lowest tone of the day's news", 1),
  plain("news_tone_maximum", "sentiment_maximum", "highest tone of the day's news", 1),
  plain("news_positive_share", "positive_share", "share of the day's news with a tone above 0.2", 1),
  plain("news_negative_share", "negative_share", "share of the day's news with a tone below -0.2", -1),
  ...[5, 20].map((windowDays) =>
    defineFeature({
      ...overDays,
      name: `news_tone_average_${windowDays}`,
      memoryDays: windowDays - 1,
      needs: ["sentiment"],
      expectedSign: 1,
      formula: `mean tone of the days with news among the last ${windowDays}`,
      compute: (bars) => knownMean(bars.sentiment, { windowDays }),
    })
  ),
  defineFeature({
    ...overDays,
    name: "news_tone_change_5",
    lookbackDays: 5,
    memoryDays: 9,
    needs: ["sentiment"],
    expectedSign: 1,
    formula: "mean tone of the last 5 days - of the 5 days before",
    compute: (bars) => change(knownMean(bars.sentiment, { windowDays: 5 }), 5),
  }),
  defineFeature({
    ...overDays,
    name: "news_tone_acceleration_5",
    lookbackDays: 10,
    memoryDays: 14,
    needs: ["sentiment"],
    expectedSign: 0,
    formula: "change of the mean tone of 5 days - that change 5 days before",
    compute: (bars) => change(change(knownMean(bars.sentiment, { windowDays: 5 }), 5), 5),
  }),
  defineFeature({
    ...overDays,
    name: "news_disagreement_10",
    memoryDays: 9,
    needs: ["sentiment_deviation"],
    expectedSign: -1,
    formula: "mean over the days with news, of 10, of the deviation of their tones",
    compute: (bars) => knownMean(bars.sentiment_deviation, { windowDays: 10 }),
  }),
  defineFeature({
    ...overDays,
    name: "news_tone_strength_14",
    lookbackDays: 14,
    needs: ["sentiment"],
    expectedSign: 0,
    formula:
      "sum of rises / sum of moves of the tone from day to day, over 14 days, both ends with news; 0.5 for no move",
    compute: (bars) => toneStrength(bars.sentiment, 14),
  }),
];

/** Share of the moves that were upward; what a relative strength index of the tone would be, over plain sums. */
function toneStrength(tones: Float64Array, windowDays: number): Float64Array {
  const moves = change(tones, 1);
  return moves.map((_, day) => {
    if (day < windowDays) return NaN;
    let [rises, all, known] = [0, 0, 0];
    for (let row = day - windowDays + 1; row <= day; row++) {
      if (Number.isNaN(moves[row])) continue;
      rises += Math.max(moves[row], 0);
      all += Math.abs(moves[row]);
      known++;
    }
    return known === 0 ? NaN : all === 0 ? 0.5 : rises / all;
  });
}
