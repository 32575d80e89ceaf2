import type { Check, Verdict } from "../gate.ts";
import { LIMITS } from "../limits.ts";
import { isEstimate, type Measure } from "../measure.ts";
import { commonChecks, inWords, noteOn, rangeCheck, spreadCheck, verdictOf } from "./_kind_gate.ts";
import type { VolatilityCard } from "./judge_volatility.ts";

type Card = Omit<VolatilityCard, "verdict">;

/** The verdict on volatilities; every number compared with stands in {@linkcode LIMITS}. */
export function volatilityGate(card: Card): Verdict {
  return verdictOf([
    ...commonChecks(card),
    rangeCheck(card.data, "a volatility above 0"),
    rightScale(card),
    plausible(card),
    ...notes(card),
  ]);
}

/** Realised over forecast variance, overall and in each regime. */
function rightScale({ scale, regimes }: Card): Check {
  const question = "Are variances of the right size, in calm and in turbulent times?";
  const limit = LIMITS.volatilityBias.value;
  const asked: [string, Measure][] = [
    ["overall", scale],
    ...regimes.map(({ regime, value }) => [`in ${regime} times`, value] as [string, Measure]),
  ];
  const known = asked.flatMap(([name, measure]) =>
    isEstimate(measure) && measure.low !== null && measure.high !== null
      ? [{ name, measure, low: measure.low, high: measure.high }]
      : []
  );
  if (known.length === 0) return { question, outcome: "not met", words: "too few days to know the size" };
  const wrong = known.filter(({ measure: { value }, low, high }) =>
    (value > limit && low > 1) || (value < 1 / limit && high < 1)
  );
  return {
    question,
    outcome: wrong.length === 0 ? "met" : "not met",
    words: `realised over forecast variance is ` +
      (wrong.length === 0 ? known : wrong).map(({ name, measure }) => `${inWords(measure)} ${name}`).join(", ") +
      (wrong.length === 0 ? "" : `: off by more than a factor of ${limit}`),
  };
}

function plausible({ settings, residualVariation, fit }: Card): Check {
  const isReturn = settings.actualIs === "return";
  const [measure, limit] = isReturn
    ? [residualVariation, LIMITS.leakVariation.value]
    : [fit, LIMITS.leakVolatilityFit.value];
  const question = "Is what came true as uncertain as it is?";
  if (!isEstimate(measure)) return { question, outcome: "not applicable", words: measure.reason };
  const isLeak = isReturn ? measure.high !== null && measure.high < limit : measure.low !== null && measure.low > limit;
  const words = isReturn
    ? `sizes of returns over their forecasts vary by ${inWords(measure)} of their mean`
    : `R2 of realised on forecast variance is ${inWords(measure)}`;
  return {
    question,
    outcome: isLeak ? "leak" : "met",
    words: words + (isLeak ? `, ${isReturn ? "below" : "above"} ${limit}: look for a future row in what was seen` : ""),
  };
}

function notes({ spread, mincerZarnowitz: regression, book, equalBook }: Card): Check[] {
  const costBps = LIMITS.bookCostBps.value;
  const sharpe = (score: Card["book"]): Measure | undefined =>
    "reason" in score ? undefined : score.costs.find((cost) => cost.costBps === costBps)?.sharpe;
  const [own, equal] = [sharpe(book), sharpe(equalBook)];
  return [
    spreadCheck(spread),
    ...("reason" in regression ? [] : [{
      question: "Do realised variances follow the forecasts one for one?",
      outcome: "note" as const,
      words: `Mincer-Zarnowitz slope ${regression.slope.toFixed(2)} (error ${regression.slopeError.toFixed(2)}), ` +
        `intercept 0 and slope 1 together: p ${regression.pValue.toPrecision(2)}`,
    }]),
    ...(own === undefined ? [] : noteOn(
      "Does a position earn anything after costs?",
      own,
      (m) =>
        `annual Sharpe ratio of weights by 1 / forecast at ${costBps} bp a side is ${inWords(m)}` +
        (equal !== undefined && isEstimate(equal) ? `, of equal weights ${inWords(equal)}` : ""),
    )),
  ];
}
