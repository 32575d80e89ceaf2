import { catalogue, featuresNamed } from "./catalogue.ts";
import type { Feature } from "./feature.ts";

/** Sets of features by name. A set that results were made with does not grow when the catalogue does. */
export const featureSets = {
  /** What the recorded studies learn from. */
  classic: [
    "momentum_1",
    "momentum_5",
    "momentum_10",
    "momentum_20",
    "momentum_60",
    "momentum_120",
    "momentum_252_21",
    "residual_momentum_252_21",
    "price_to_high_60",
    "price_to_high_252",
    "return_lag_1",
    "return_lag_2",
    "return_lag_5",
    "reversal_5_60",
    "maximum_return_20",
    "volatility_5",
    "volatility_20",
    "volatility_60",
    "volatility_ratio_5_20",
    "downside_volatility_60",
    "skewness_60",
    "market_beta_120",
    "idiosyncratic_volatility_60",
    "price_to_average_10",
    "price_to_average_20",
    "price_to_average_50",
    "price_to_average_200",
    "average_cross_10_20",
    "exponential_average_cross_12_26",
    "macd_histogram_12_26_9",
    "rsi_3",
    "rsi_7",
    "rsi_14",
    "rsi_28",
    "bollinger_position_20",
    "bollinger_width_20",
    "dollar_volume_ratio_1_20",
    "dollar_volume_ratio_5_20",
    "dollar_volume_trend_20",
    "amihud_illiquidity_20",
    "return_volume_correlation_20",
    "volume_weighted_momentum_20",
    "average_true_range_14",
    "stochastic_k_14",
    "stochastic_d_14_3",
    "high_low_range",
    "close_position",
    "candle_body",
    "upper_shadow",
    "lower_shadow",
    "overnight_gap",
    "parkinson_volatility_20",
    "garman_klass_volatility_20",
    "rogers_satchell_volatility_20",
    "price_to_vwap_20",
    "on_balance_volume_change_20",
  ],
  /** The whole catalogue but the placebos. */
  all: catalogue.filter(({ family }) => family !== "placebo").map(({ name }) => name),
} as const satisfies Record<string, readonly string[]>;

/**
 * The features of a set, in its order.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(featureSet("classic")[0].name, "momentum_1");
 * assert.ok(featureSet("all").length > featureSet("classic").length);
 * ```
 */
export function featureSet(name: keyof typeof featureSets): Feature[] {
  return featuresNamed(featureSets[name]);
}
