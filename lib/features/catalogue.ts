import { amihudIlliquidityFeatures } from "./amihud_illiquidity.ts";
import { averageCrossFeatures } from "./average_cross.ts";
import { averageTrueRangeFeatures } from "./average_true_range.ts";
import { averageTrueRangeRatioFeatures } from "./average_true_range_ratio.ts";
import { bollingerBandsFeatures } from "./bollinger_bands.ts";
import { bollingerSqueezeFeatures } from "./bollinger_squeeze.ts";
import { calendarFeatures } from "./calendar.ts";
import { candleFeatures } from "./candle.ts";
import { creditSpreadFeatures } from "./credit_spread.ts";
import { dollarVolumeChangeFeatures } from "./dollar_volume_change.ts";
import { dollarVolumeRatioFeatures } from "./dollar_volume_ratio.ts";
import { dollarVolumeTrendFeatures } from "./dollar_volume_trend.ts";
import { downsideVolatilityFeatures } from "./downside_volatility.ts";
import { exposureFeatures } from "./exposures.ts";
import { extremeChangeFeatures } from "./extreme_change.ts";
import type { Feature } from "./feature.ts";
import { garmanKlassVolatilityFeatures } from "./garman_klass_volatility.ts";
import { highLowRangeFeatures } from "./high_low_range.ts";
import { idiosyncraticVolatilityFeatures } from "./idiosyncratic_volatility.ts";
import { impliedVolatilityFeatures } from "./implied_volatility.ts";
import { impliedVolatilityChangeFeatures } from "./implied_volatility_change.ts";
import { marketBetaFeatures } from "./market_beta.ts";
import { marketStateFeatures } from "./market_state.ts";
import { maximumReturnFeatures } from "./maximum_return.ts";
import { momentumFeatures } from "./momentum.ts";
import { momentumChangeFeatures } from "./momentum_change.ts";
import { movingAverageConvergenceFeatures } from "./moving_average_convergence.ts";
import { newsVolumeFeatures } from "./news_volume.ts";
import { onBalanceVolumeFeatures } from "./on_balance_volume.ts";
import { otherMarketsFeatures } from "./other_markets.ts";
import { overnightGapFeatures } from "./overnight_gap.ts";
import { parkinsonVolatilityFeatures } from "./parkinson_volatility.ts";
import { pivotFeatures } from "./pivots.ts";
import { placeboFeatures } from "./placebo.ts";
import { priceToAverageFeatures } from "./price_to_average.ts";
import { priceToExponentialAverageFeatures } from "./price_to_exponential_average.ts";
import { priceToHighFeatures } from "./price_to_high.ts";
import { priceToVolumeWeightedAverageFeatures } from "./price_to_volume_weighted_average.ts";
import { rangePositionFeatures } from "./range_position.ts";
import { relativeStrengthChangeFeatures } from "./relative_strength_change.ts";
import { relativeStrengthIndexFeatures } from "./relative_strength_index.ts";
import { residualMomentumFeatures } from "./residual_momentum.ts";
import { returnLagFeatures } from "./return_lag.ts";
import { returnVolumeCorrelationFeatures } from "./return_volume_correlation.ts";
import { reversalFeatures } from "./reversal.ts";
import { rogersSatchellVolatilityFeatures } from "./rogers_satchell_volatility.ts";
import { seasonalReturnFeatures } from "./seasonal_return.ts";
import { sentimentFeatures } from "./sentiment.ts";
import { skewnessFeatures } from "./skewness.ts";
import { stochasticOscillatorFeatures } from "./stochastic_oscillator.ts";
import { termSpreadFeatures } from "./term_spread.ts";
import { turnoverFeatures } from "./turnover.ts";
import { volatilityFeatures } from "./volatility.ts";
import { volumePressureFeatures } from "./volume_pressure.ts";
import { volumeProfileFeatures } from "./volume_profile.ts";
import { volumeScaledReturnFeatures } from "./volume_scaled_return.ts";
import { volumeWeightedMomentumFeatures } from "./volume_weighted_momentum.ts";
import { vwapBandPositionFeatures } from "./vwap_band_position.ts";
import { yangZhangVolatilityFeatures } from "./yang_zhang_volatility.ts";
import { zeroReturnShareFeatures } from "./zero_return_share.ts";

/** The catalogue by the file that defines each idea. */
export const catalogueByFile: Readonly<Record<string, readonly Feature[]>> = Object.freeze({
  momentum: momentumFeatures,
  residual_momentum: residualMomentumFeatures,
  price_to_high: priceToHighFeatures,
  return_lag: returnLagFeatures,
  reversal: reversalFeatures,
  maximum_return: maximumReturnFeatures,
  volatility: volatilityFeatures,
  downside_volatility: downsideVolatilityFeatures,
  skewness: skewnessFeatures,
  market_beta: marketBetaFeatures,
  idiosyncratic_volatility: idiosyncraticVolatilityFeatures,
  price_to_average: priceToAverageFeatures,
  average_cross: averageCrossFeatures,
  moving_average_convergence: movingAverageConvergenceFeatures,
  relative_strength_index: relativeStrengthIndexFeatures,
  bollinger_bands: bollingerBandsFeatures,
  dollar_volume_ratio: dollarVolumeRatioFeatures,
  dollar_volume_trend: dollarVolumeTrendFeatures,
  amihud_illiquidity: amihudIlliquidityFeatures,
  return_volume_correlation: returnVolumeCorrelationFeatures,
  volume_weighted_momentum: volumeWeightedMomentumFeatures,
  average_true_range: averageTrueRangeFeatures,
  stochastic_oscillator: stochasticOscillatorFeatures,
  high_low_range: highLowRangeFeatures,
  candle: candleFeatures,
  overnight_gap: overnightGapFeatures,
  parkinson_volatility: parkinsonVolatilityFeatures,
  garman_klass_volatility: garmanKlassVolatilityFeatures,
  rogers_satchell_volatility: rogersSatchellVolatilityFeatures,
  price_to_volume_weighted_average: priceToVolumeWeightedAverageFeatures,
  on_balance_volume: onBalanceVolumeFeatures,
  price_to_exponential_average: priceToExponentialAverageFeatures,
  momentum_change: momentumChangeFeatures,
  relative_strength_change: relativeStrengthChangeFeatures,
  dollar_volume_change: dollarVolumeChangeFeatures,
  extreme_change: extremeChangeFeatures,
  volume_scaled_return: volumeScaledReturnFeatures,
  bollinger_squeeze: bollingerSqueezeFeatures,
  vwap_band_position: vwapBandPositionFeatures,
  volume_pressure: volumePressureFeatures,
  average_true_range_ratio: averageTrueRangeRatioFeatures,
  range_position: rangePositionFeatures,
  pivots: pivotFeatures,
  volume_profile: volumeProfileFeatures,
  yang_zhang_volatility: yangZhangVolatilityFeatures,
  seasonal_return: seasonalReturnFeatures,
  zero_return_share: zeroReturnShareFeatures,
  market_state: marketStateFeatures,
  implied_volatility: impliedVolatilityFeatures,
  implied_volatility_change: impliedVolatilityChangeFeatures,
  other_markets: otherMarketsFeatures,
  exposures: exposureFeatures,
  term_spread: termSpreadFeatures,
  credit_spread: creditSpreadFeatures,
  calendar: calendarFeatures,
  sentiment: sentimentFeatures,
  news_volume: newsVolumeFeatures,
  turnover: turnoverFeatures,
  placebo: placeboFeatures,
});

/**
 * Every feature there is: first those that returns and dollar volume are enough for, then those that need full bars, then
 * the rest.
 *
 * A feature is in use once it stands here; the tests of the catalogue then hold it to its word (look-back, memory, units,
 * missing values, no future).
 */
export const catalogue: readonly Feature[] = Object.freeze(Object.values(catalogueByFile).flat());

/**
 * Features of the catalogue by name, in the order asked for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(featuresNamed(["rsi_14"]).map(({ lookbackDays }) => lookbackDays), [14]);
 * ```
 *
 * @throws {RangeError} If the catalogue has none of that name.
 */
export function featuresNamed(names: readonly string[]): Feature[] {
  return names.map((name) => {
    const found = catalogue.find((feature) => feature.name === name);
    if (found) return found;
    throw new RangeError(`Cannot find a feature: name must be one of the catalogue, current value is ${name}`);
  });
}

/** One feature as a row to display. */
export interface CatalogueRow {
  name: string;
  family: string;
  needs: string;
  lookbackDays: number;
  expectedSign: number;
  formula: string;
  missing: string;
  source: string;
}

/**
 * The catalogue as rows to display, one per feature.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [row] = catalogueTable(featuresNamed(["amihud_illiquidity_20"]));
 * assert.deepEqual([row.family, row.needs, row.lookbackDays], ["volume", "return, dollar_volume", 20]);
 * ```
 */
export function catalogueTable(features: readonly Feature[] = catalogue): CatalogueRow[] {
  return features.map(({ name, family, needs, lookbackDays, expectedSign, formula, missing, source }) => (
    { name, family, needs: needs.join(", "), lookbackDays, expectedSign, formula, missing, source }
  ));
}
