/** Judges for forecasts that are no returns: probabilities, quantiles, volatilities. */
export * from "./area_under_curve.ts";
export * from "./base_rates.ts";
export {
  type ClassifierAcross,
  type ClassifierCard,
  type ClassifierPooled,
  type ClassifierReliability,
  judgeClassifier,
  judgeClassifierClaim,
  type JudgeClassifierOptions,
} from "./judge_classifier.ts";
export type { KindClaimOptions } from "./_kind_claim.ts";
export type * from "./kind_card.ts";
export * from "./model_report.ts";
export * from "./reliability.ts";
export * from "./ewma_volatility.ts";
export * from "./har_volatility.ts";
export * from "./judge_quantiles.ts";
export * from "./judge_volatility.ts";
export * from "./judge_widths.ts";
export * from "./mincer_zarnowitz.ts";
export * from "./pinball_loss.ts";
export * from "./qlike_loss.ts";
export * from "./trailing_quantiles.ts";
export type { RegimeMeasure } from "./_regimes.ts";
