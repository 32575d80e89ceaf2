import type { Check, Verdict } from "../gate.ts";
import { LIMITS } from "../limits.ts";
import { isEstimate, type Measure } from "../measure.ts";
import { commonChecks, inWords, noteOn, spreadCheck, verdictOf } from "./_kind_gate.ts";
import type { QuantileCard } from "./judge_quantiles.ts";

type Card = Omit<QuantileCard, "verdict">;

/** The verdict on quantiles; every number compared with stands in {@linkcode LIMITS}. */
export function quantileGate(card: Card): Verdict {
  return verdictOf([
    ...commonChecks(card),
    ordered(card),
    covered(card),
    ...independent(card),
    plausibleMedian(card),
    plausibleWidth(card),
    ...notes(card),
  ]);
}

function ordered({ crossing: { rows, share } }: Card): Check {
  const limit = LIMITS.crossingShare.value;
  const isMet = isEstimate(share) && share.value <= limit;
  return {
    question: "Are the quantiles in order?",
    outcome: isMet ? "met" : "not met",
    words: isEstimate(share)
      ? `on ${rows} rows (${(100 * share.value).toFixed(2)} %) a higher level has the lower quantile, ` +
        `${isMet ? "at most" : "above"} ${100 * limit} %`
      : `there are no rows: ${share.reason}`,
  };
}

/** Coverage overall, of each level, and of each interval in each regime. */
function covered({ levels, intervals }: Card): Check {
  const question = "Do as many outcomes lie inside as was promised, in calm and in turbulent times?";
  const limit = LIMITS.coverageGap.value;
  const asked: [string, Measure, number][] = [
    ...levels.map(({ level, below }) => [`share below ${level}`, below, level] as [string, Measure, number]),
    ...intervals.flatMap(({ confidence, coverage, regimes }) => [
      [`coverage of ${confidence.toFixed(2)}`, coverage, confidence] as [string, Measure, number],
      ...regimes.map(({ regime, value }) =>
        [`coverage of ${confidence.toFixed(2)} in ${regime} times`, value, confidence] as [string, Measure, number]
      ),
    ]),
  ];
  const known = asked.flatMap(([name, measure, wanted]) =>
    isEstimate(measure) && measure.low !== null && measure.high !== null
      ? [{ name, measure, wanted, low: measure.low, high: measure.high }]
      : []
  );
  if (known.length === 0) return { question, outcome: "not met", words: "too few days to know any coverage" };
  const wrong = known.filter(({ measure, wanted, low, high }) =>
    Math.abs(measure.value - wanted) > limit && (low > wanted || high < wanted)
  );
  const off = (one: typeof known[number]) => Math.abs(one.measure.value - one.wanted);
  const worst = known.reduce((a, b) => off(a) >= off(b) ? a : b);
  return {
    question,
    outcome: wrong.length === 0 ? "met" : "not met",
    words: wrong.length === 0
      ? `no share of ${known.length} is off by more than ${limit} for sure; the worst is ${worst.name}, ${
        inWords(worst.measure)
      }`
      : wrong.map(({ name, measure }) => `${name} is ${inWords(measure)}`).join(", ") + `: off by more than ${limit}`,
  };
}

function independent({ intervals }: Card): Check[] {
  const question = "Do misses come one by one?";
  const limit = LIMITS.coverageRejections.value;
  return intervals.map(({ confidence, christoffersen: tests }) => {
    if ("reason" in tests) return { question, outcome: "not applicable", words: tests.reason };
    const isMet = tests.shareRejected <= limit;
    const subject = tests.symbols === 1
      ? `p ${tests.conditionalP.toPrecision(2)} (right share ${tests.unconditionalP.toPrecision(2)}, independence ${
        tests.independenceP.toPrecision(2)
      })`
      : `${(100 * tests.shareRejected).toFixed(0)} % of ${tests.symbols} symbols rejected together, ${
        (100 * tests.shareRejectedAlone).toFixed(0)
      } % each for itself at 5 %`;
    return {
      question,
      outcome: isMet ? "met" : "not met",
      words: `Christoffersen's test of the interval of ${confidence.toFixed(2)}: ${subject}`,
    };
  });
}

function plausibleMedian({ medianRankIc }: Card): Check {
  const question = "Is the IC of the median one that an honest forecast could have?";
  if (!isEstimate(medianRankIc)) return { question, outcome: "not applicable", words: medianRankIc.reason };
  const { value, low } = medianRankIc;
  const isLeak = value > LIMITS.leakIc.value && low !== null && low > LIMITS.leakIcLow.value;
  return {
    question,
    outcome: isLeak ? "leak" : "met",
    words: `rank IC of the median is ${inWords(medianRankIc)}` +
      (isLeak ? `, above ${LIMITS.leakIc.value}: look for a future row in what the forecasts saw` : ""),
  };
}

function plausibleWidth({ dispersion }: Card): Check {
  const question = "Are outcomes as uncertain within their intervals as outcomes are?";
  if ("reason" in dispersion) return { question, outcome: "not applicable", words: dispersion.reason };
  const { residualVariation: measure } = dispersion;
  if (!isEstimate(measure)) return { question, outcome: "not applicable", words: measure.reason };
  const limit = LIMITS.leakVariation.value;
  const isLeak = measure.high !== null && measure.high < limit;
  return {
    question,
    outcome: isLeak ? "leak" : "met",
    words: `distances in widths vary by ${inWords(measure)} of their mean` +
      (isLeak ? `, below ${limit}: the widths know how far the outcome will be` : ""),
  };
}

function notes({ dispersion, book }: Card): Check[] {
  const earned = "reason" in book ? undefined : book.costs.find(({ costBps }) => costBps === LIMITS.bookCostBps.value);
  return [
    ...("reason" in dispersion ? [] : [spreadCheck(dispersion.spread)]),
    ...(earned === undefined ? [] : noteOn(
      "Does a position earn anything after costs?",
      earned.sharpe,
      (m) => `annual Sharpe ratio at ${earned.costBps} bp a side is ${inWords(m)}`,
    )),
  ];
}
