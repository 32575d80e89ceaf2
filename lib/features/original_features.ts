/** What became of a feature of the system that this workspace replaces. */
export interface OriginalFeature {
  name: string;
  /** Its group there. */
  group: string;
  /**
   * `kept`: the same idea and formula; `repaired`: the same idea, with what was wrong mended; `merged`: another feature
   * says the same; `dropped`: nothing stands for it.
   */
  fate: "kept" | "repaired" | "merged" | "dropped";
  /** Features of the catalogue that stand for it; none for those dropped. */
  now: readonly string[];
  /** What was wrong, or why nothing is lost; empty where nothing changed. */
  words: string;
}

type Fate = OriginalFeature["fate"];

const same = "";

/** By group: names, fate, what stands for them, and why. Names with the same answer share a row. */
const groups: Readonly<Record<string, readonly (readonly [string, Fate, string, string])[]>> = {
  "returns and volatility": [
    ["returns", "merged", "momentum_1", "the same number as momentum_1d"],
    ["log_returns", "merged", "momentum_1", "a monotone function of it: ranks and trees see no difference"],
    ["volatility_5d", "kept", "volatility_5", same],
    ["volatility_20d", "kept", "volatility_20", same],
  ],
  "momentum": [
    ["rsi", "merged", "rsi_14", "computed twice under two names"],
    [
      "macd",
      "repaired",
      "exponential_average_cross_12_26",
      "was in units of the price, which is not comparable over time or names: now over the slow average",
    ],
    ["macd_signal", "repaired", "macd_signal_12_26_9", "was in units of the price: now over the price"],
    ["macd_histogram", "repaired", "macd_histogram_12_26_9", "was in units of the price: now over the price"],
    ["stoch_k", "kept", "stochastic_k_14", same],
    ["stoch_d", "kept", "stochastic_d_14_3", same],
  ],
  "trend": [
    ["sma_10", "merged", "price_to_average_10", "average over price is a monotone function of price over average"],
    ["sma_20", "merged", "price_to_average_20", "average over price is a monotone function of price over average"],
    ["sma_50", "merged", "price_to_average_50", "average over price is a monotone function of price over average"],
    [
      "ema_12",
      "repaired",
      "price_to_exponential_average_12",
      "average over price turned into price over average, begun as in TA-Lib",
    ],
    [
      "ema_26",
      "repaired",
      "price_to_exponential_average_26",
      "average over price turned into price over average, begun as in TA-Lib",
    ],
    ["price_to_sma20", "kept", "price_to_average_20", same],
    ["price_to_sma50", "kept", "price_to_average_50", same],
    ["sma_10_20_cross", "kept", "average_cross_10_20", same],
    ["ema_12_26_cross", "kept", "exponential_average_cross_12_26", same],
  ],
  "bands and range": [
    [
      "bb_upper bb_lower",
      "merged",
      "bollinger_position_20 bollinger_width_20",
      "both bands follow from where the price stands between them and how wide they are",
    ],
    ["bb_width", "kept", "bollinger_width_20", "over the middle instead of the close, as its author has it"],
    ["bb_position", "kept", "bollinger_position_20", same],
    ["atr", "repaired", "average_true_range_14", "was in units of the price: now over the close"],
    ["atr_percent", "kept", "average_true_range_14", same],
  ],
  "volatility spread": [
    [
      "realized_vol_20d",
      "merged",
      "volatility_20",
      "the same but for a constant and the logarithm; one row was enough for it, now the window has to be full",
    ],
    [
      "vix",
      "repaired",
      "implied_volatility",
      "was 0 where it could not be fetched: now missing; for markets joined with an index of implied volatility",
    ],
    [
      "rv_iv_spread",
      "repaired",
      "volatility_premium_20",
      "was 0 where the index could not be fetched: now missing, and the logarithm of the ratio",
    ],
    [
      "rv_iv_spread_zscore",
      "repaired",
      "volatility_premium_zscore_20",
      "was 0 where the index could not be fetched: now missing",
    ],
    [
      "iv_regime_underpriced iv_regime_overpriced iv_regime_fair",
      "merged",
      "volatility_premium_20",
      "thresholds on a column that stays: trees place their own",
    ],
    [
      "volatility_regime_normal",
      "repaired",
      "average_true_range_ratio_14_50",
      "a threshold of 0 and 1: now the ratio itself",
    ],
  ],
  "volume": [
    ["volume_sma", "merged", "dollar_volume_ratio_1_20", "a ratio of logarithms, which depends on the unit of volume"],
    ["volume_ratio", "repaired", "dollar_volume_ratio_1_20", "in dollars, so that splits do not move it"],
    [
      "obv",
      "repaired",
      "on_balance_volume_change_20",
      "the relative change of a sum that passes 0 was clipped: now over the volume of the window",
    ],
    ["obv_ema", "merged", "on_balance_volume_change_20", "an average of the same"],
  ],
  "velocity": [
    ["velocity_5d", "merged", "momentum_5", "the same number under another name"],
    ["velocity_10d", "merged", "momentum_10", "the same number under another name"],
    ["velocity_20d", "merged", "momentum_20", "the same number under another name"],
    ["acceleration_5d", "kept", "momentum_change_5", same],
    ["rsi_velocity", "kept", "rsi_change_14_5", same],
    [
      "volume_velocity",
      "repaired",
      "dollar_volume_change_5",
      "the logarithm, in dollars: a ratio of volumes has no upper end",
    ],
  ],
  "patterns": [
    ["higher_high", "repaired", "high_change_1", "was its sign: now the change itself"],
    ["lower_low", "repaired", "low_change_1", "was its sign: now the change itself"],
    ["gap_up gap_down", "merged", "overnight_gap", "two halves of one number"],
    ["body_size", "repaired", "candle_body", "with its sign"],
    ["upper_shadow", "kept", "upper_shadow", same],
    ["lower_shadow", "kept", "lower_shadow", same],
  ],
  "enhanced momentum": [
    ["momentum_1d", "kept", "momentum_1", same],
    ["momentum_5d", "kept", "momentum_5", same],
    ["momentum_20d", "kept", "momentum_20", same],
    ["rate_of_change_10d", "kept", "momentum_10", same],
    ["vol_ratio_5_20", "kept", "volatility_ratio_5_20", same],
    ["high_low_range", "kept", "high_low_range", same],
    ["close_position", "kept", "close_position", same],
    ["volume_price_trend", "repaired", "volume_scaled_return_20", "in dollars, so that splits do not move it"],
    ["accumulation_distribution", "merged", "volume_weighted_momentum_20", "a mean of returns by volume either way"],
    ["return_lag_1", "kept", "return_lag_1", same],
    ["return_lag_2", "kept", "return_lag_2", same],
    ["return_lag_5", "kept", "return_lag_5", same],
  ],
  "regime interactions": [
    [
      "rsi_cross_30 rsi_cross_70",
      "merged",
      "rsi_14 rsi_change_14_5",
      "an event on a few days in a thousand that two columns tell",
    ],
    [
      "bb_squeeze",
      "repaired",
      "bollinger_squeeze_252",
      "a threshold known from 50 days on: now the rank itself, over a full year",
    ],
    ["volume_surge", "merged", "dollar_volume_ratio_1_20", "a threshold on a column that stays"],
  ],
  "divergence": [
    ["rsi_momentum", "merged", "rsi_change_14_5", "the same number as rsi_velocity"],
    [
      "momentum_divergence_5d momentum_divergence_20d",
      "dropped",
      "",
      "a difference of two columns that stay, in units that do not belong together",
    ],
  ],
  "RSI at several speeds": [
    ["rsi_3", "repaired", "rsi_3", "begun as Wilder does, and missing instead of 50 before that"],
    ["rsi_14", "repaired", "rsi_14", "begun as Wilder does, and missing instead of 50 before that"],
    ["rsi_7", "repaired", "rsi_7", "begun as Wilder does, and missing instead of 50 before that"],
    ["rsi_28", "repaired", "rsi_28", "begun as Wilder does, and missing instead of 50 before that"],
    ["rsi_divergence_3_14 rsi_divergence_7_28", "dropped", "", "differences of columns that stay"],
    ["rsi_divergence_3_14_z", "kept", "rsi_spread_zscore_3_14", "not clipped"],
    ["rsi_divergence_7_28_z", "kept", "rsi_spread_zscore_7_28", "not clipped"],
  ],
  "K-means support and resistance": [
    [
      "distance_to_nearest_support",
      "repaired",
      "distance_to_support_60",
      "extrema were located with up to four later closes: now pivots that are known, and the lowest low",
    ],
    [
      "distance_to_nearest_resistance",
      "repaired",
      "distance_to_resistance_60",
      "extrema were located with up to four later closes: now pivots that are known, and the highest high",
    ],
    [
      "support_strength resistance_strength",
      "dropped",
      "",
      "said only whether there was a level, from extrema that later closes located",
    ],
    ["broke_resistance broke_support", "dropped", "", "constant: the level was chosen on the other side of the close"],
    [
      "days_since_resistance_break days_since_support_break",
      "dropped",
      "",
      "constant: counted from a break that could not occur",
    ],
  ],
  "Fibonacci": [
    [
      "distance_to_fib_382 distance_to_fib_500 distance_to_fib_618",
      "merged",
      "range_position_20",
      "three points on one line",
    ],
    ["in_consolidation_zone", "dropped", "", "near to any of five levels: true on most days"],
  ],
  "VWAP": [
    ["vwap_deviation", "kept", "price_to_vwap_20", same],
    ["vwap_volume_ratio", "merged", "dollar_volume_ratio_1_20", "the same number as volume_ratio"],
    ["above_vwap vwap_crossover vwap_crossunder", "merged", "price_to_vwap_20", "its sign, and where that changes"],
    ["vwap_band_position", "repaired", "vwap_band_position_20", "not clipped, and 0 in the middle"],
    ["vw_momentum_5d", "repaired", "volume_weighted_momentum_5", "in dollars, so that splits do not move it"],
    ["vw_momentum_20d", "repaired", "volume_weighted_momentum_20", "in dollars, so that splits do not move it"],
    ["volume_surge_with_price", "merged", "volume_scaled_return_20", "two thresholds on its factors"],
    ["large_volume_day", "merged", "dollar_volume_ratio_1_20", "a threshold on a column that stays"],
    [
      "accumulation_signal distribution_signal",
      "merged",
      "volume_pressure_5 close_position",
      "three thresholds on columns that stay",
    ],
  ],
  "volume pressure": [
    ["vpi", "kept", "volume_pressure_20", same],
    ["vpi_short", "kept", "volume_pressure_5", same],
  ],
  "more RSI divergence": [
    [
      "rsi_divergence_5d rsi_divergence_10d rsi_divergence_20d",
      "dropped",
      "",
      "differences of neighbouring speeds of one index; three of its speeds stay",
    ],
  ],
  "regime conditional": [
    ["regime_low_vol regime_high_vol", "merged", "average_true_range_ratio_14_50", "thresholds on a column that stays"],
    [
      "rsi_low_vol rsi_high_vol macd_low_vol macd_high_vol bb_position_low_vol",
      "dropped",
      "",
      "a column that stays, set to 0 by another: trees make such products, and 0 looked like a value",
    ],
  ],
  "support and resistance": [
    ["latest_high_pivot", "merged", "distance_to_high_pivot_60", "a price, not comparable over time or names"],
    ["latest_low_pivot", "merged", "distance_to_low_pivot_60", "a price, not comparable over time or names"],
    ["dist_to_high_pivot", "kept", "distance_to_high_pivot_60", "of the last 60 days, missing before"],
    ["dist_to_low_pivot", "kept", "distance_to_low_pivot_60", "of the last 60 days, missing before"],
    ["vap_poc_price", "merged", "distance_to_volume_control_60", "a price, not comparable over time or names"],
    ["dist_to_vap_poc", "kept", "distance_to_volume_control_60", "today belongs to the window"],
    ["hvn_proximity", "kept", "distance_to_volume_node_60", same],
    ["near_resistance_zone near_support_zone", "dropped", "", "thresholds on distances that stay"],
    ["volume_concentration_score", "merged", "distance_to_volume_control_60", "a monotone function of its size"],
  ],
  "sentiment": [
    [
      "sentiment_mean",
      "repaired",
      "news_tone",
      "was 0 on every day, by a step that lost the columns; now missing where there is no news",
    ],
    [
      "sentiment_std",
      "repaired",
      "news_tone_deviation",
      "was 0 on every day, by a step that lost the columns; now missing where there is no news",
    ],
    [
      "sentiment_min",
      "repaired",
      "news_tone_minimum",
      "was 0 on every day, by a step that lost the columns; now missing where there is no news",
    ],
    [
      "sentiment_max",
      "repaired",
      "news_tone_maximum",
      "was 0 on every day, by a step that lost the columns; now missing where there is no news",
    ],
    ["news_volume", "merged", "news_volume", "was 0 on every day, by a step that lost the columns; now as a logarithm"],
    [
      "news_volume_normalized",
      "repaired",
      "news_volume",
      "was 0 on every day, by a step that lost the columns; now 0 where a covered day has no news, missing where the source does not reach",
    ],
    [
      "positive_ratio",
      "repaired",
      "news_positive_share",
      "was 0 on every day, by a step that lost the columns; now missing where there is no news",
    ],
    [
      "negative_ratio",
      "repaired",
      "news_negative_share",
      "was 0 on every day, by a step that lost the columns; now missing where there is no news",
    ],
    [
      "sentiment_sma_5",
      "repaired",
      "news_tone_average_5",
      "was 0 on every day, by a step that lost the columns; now of the days with news",
    ],
    [
      "sentiment_sma_20",
      "repaired",
      "news_tone_average_20",
      "was 0 on every day, by a step that lost the columns; now of the days with news",
    ],
    [
      "sentiment_momentum",
      "repaired",
      "news_tone_change_5",
      "was 0 on every day, by a step that lost the columns; now between averages, since single days are often silent",
    ],
    [
      "sentiment_acceleration",
      "repaired",
      "news_tone_acceleration_5",
      "was 0 on every day, by a step that lost the columns; now between averages",
    ],
    [
      "sentiment_volatility",
      "repaired",
      "news_disagreement_10",
      "was 0 on every day, by a step that lost the columns; now of the days with news",
    ],
    [
      "sentiment_rsi",
      "repaired",
      "news_tone_strength_14",
      "was 0 on every day, by a step that lost the columns; now from 0 to 1, between days with news",
    ],
    [
      "price_up_sentiment_down price_down_sentiment_up strong_bearish_divergence strong_bullish_divergence",
      "merged",
      "news_tone_divergence",
      "was 0 on every day, by a step that lost the columns; now one number in place of four thresholds",
    ],
    [
      "high_volume_positive high_volume_negative",
      "merged",
      "news_surge_tone_20",
      "was 0 on every day, by a step that lost the columns; now without percentiles of the whole sample, which knew the future",
    ],
    [
      "low_volume_day",
      "merged",
      "news_volume_ratio_1_20",
      "was 0 on every day, by a step that lost the columns; now without percentiles of the whole sample, which knew the future",
    ],
    ["volume_surge_sentiment", "repaired", "news_surge_tone_20", "was never filled"],
    [
      "surge_positive surge_negative",
      "merged",
      "news_surge_tone_20",
      "was 0 on every day, by a step that lost the columns; now one number in place of two thresholds",
    ],
    [
      "bullish_regime bearish_regime neutral_regime regime_strength",
      "merged",
      "news_tone_average_20",
      "was 0 on every day, by a step that lost the columns; now the average itself, of which these are thresholds and size",
    ],
    [
      "nsis",
      "repaired",
      "news_impact",
      "was 0 on every day, by a step that lost the columns; now missing where five days have no news",
    ],
    [
      "nsis_fast",
      "repaired",
      "news_impact_fast",
      "was 0 on every day, by a step that lost the columns; now missing where five days have no news",
    ],
    [
      "nsis_slow",
      "repaired",
      "news_impact_slow",
      "was 0 on every day, by a step that lost the columns; now missing where five days have no news",
    ],
    [
      "nsis_normalized",
      "repaired",
      "news_impact_zscore_20",
      "was 0 on every day, by a step that lost the columns; now missing where its window is silent",
    ],
    ["sentiment_z_score", "merged", "news_impact_zscore_20", "was never computed"],
    ["news_velocity", "merged", "news_volume_ratio_1_20", "was never computed"],
  ],
};

/**
 * All features of the system that this workspace replaces, in its order of groups, each with its fate.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const constant = originalFeatures.find(({ name }) => name === "broke_support");
 * assert.equal(constant?.fate, "dropped");
 * ```
 */
export const originalFeatures: readonly OriginalFeature[] = Object.entries(groups).flatMap(([group, rows]) =>
  rows.flatMap(([names, fate, now, words]) =>
    names.split(" ").map((name) => ({ name, group, fate, now: now === "" ? [] : now.split(" "), words }))
  )
);
