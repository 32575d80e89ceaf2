import type { BookScore } from "./_book_score.ts";
import { worded } from "./_measure_words.ts";
import type { Section } from "./_page.ts";
import { isEstimate } from "./measure.ts";

/** A book at each cost. */
export function bookSection(title: string, what: string, score: BookScore): Section {
  return {
    title,
    sentences: [`${what === "" ? "" : `${what} `}It trades ${worded(score.turnover, "ratio")} times its size a day.`],
    table: {
      head: ["cost a side", "Sharpe ratio", "annual return", "volatility", "largest drawdown", "PSR, P(Sharpe > 0)"],
      rows: score.costs.map((cost) => [
        `${cost.costBps} bp`,
        worded(cost.sharpe, "ratio"),
        worded(cost.annualReturn, "return"),
        worded(cost.annualVolatility, "return"),
        worded(cost.maximumDrawdown, "return"),
        isEstimate(cost.probabilisticSharpe) ? cost.probabilisticSharpe.value.toFixed(3) : "none",
      ]),
    },
  };
}
