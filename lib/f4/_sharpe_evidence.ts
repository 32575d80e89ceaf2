import { kurtosis, skewness } from "./moments.ts";
import { probabilityOfSharpe } from "./probabilistic_sharpe_ratio.ts";
import { sharpeRatio } from "./sharpe_ratio.ts";

/** Sharpe ratio of one period as evidence: its normal deviate, and the deflated ratio for a benchmark given as one. */
export function sharpeEvidence(returns: Float64Array) {
  const periods = returns.length;
  const sharpe = sharpeRatio(returns, { periodsPerYear: 1 });
  const moments = { skewness: skewness(returns), kurtosis: kurtosis(returns) };
  const root = Math.sqrt(periods - 1);
  return {
    sharpe,
    z: sharpe * root,
    probabilityAbove: (benchmark: number) =>
      probabilityOfSharpe({ sharpe, benchmark: benchmark / root, periods, ...moments }),
    standardError: Math.sqrt(1 - moments.skewness * sharpe + (moments.kurtosis - 1) / 4 * sharpe ** 2) / root,
  };
}
