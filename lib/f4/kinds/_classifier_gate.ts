import type { Check, Verdict } from "../gate.ts";
import { LIMITS } from "../limits.ts";
import { isEstimate } from "../measure.ts";
import { baselinesCheck, commonChecks, inWords, noteOn, rangeCheck, spreadCheck, verdictOf } from "./_kind_gate.ts";
import { areaImpliedByIc } from "./area_under_curve.ts";
import type { ClassifierCard } from "./judge_classifier.ts";

type Card = Omit<ClassifierCard, "verdict">;

/** The verdict on probabilities; every number compared with stands in {@linkcode LIMITS}. */
export function classifierGate(card: Card): Verdict {
  return verdictOf([
    ...commonChecks(card),
    baselinesCheck(card.baselines, "Brier score"),
    rangeCheck(card.data, "a probability from 0 to 1"),
    plausible(card),
    ...notes(card),
  ]);
}

/** The limits of the IC, as the area under the curve that belongs to them. */
function plausible({ headline: { what, value } }: Card): Check {
  const [limit, low] = [LIMITS.leakIc, LIMITS.leakIcLow].map(({ value }) => areaImpliedByIc(value));
  const isLeak = isEstimate(value) && value.value > limit && value.low !== null && value.low > low;
  return {
    question: "Is the area under the curve one that an honest forecast could have?",
    outcome: isLeak ? "leak" : "met",
    words: isLeak
      ? `${what} ${inWords(value)} lies above ${limit.toFixed(3)}, which belongs to an IC of ${LIMITS.leakIc.value} ` +
        "that no published system sustains: look for a future row in what the forecasts saw"
      : `no area above ${limit.toFixed(3)} (an IC of ${LIMITS.leakIc.value}) that its interval would sustain`,
  };
}

function notes({ pooled, reliability, book }: Card): Check[] {
  if ("reason" in pooled || "reason" in reliability) return [];
  const { expectedCalibrationError: error, calibrationErrorByChance: chance } = reliability;
  const earned = "reason" in book ? undefined : book.costs.find(({ costBps }) => costBps === LIMITS.bookCostBps.value);
  return [
    spreadCheck(pooled.spread),
    ...noteOn(
      "Are the probabilities right on average?",
      pooled.bias,
      (m) => `mean probability less base rate is ${inWords(m)}`,
    ),
    {
      question: "Are events as frequent as was said?",
      outcome: "note",
      words: `expected calibration error ${error.toFixed(4)}` +
        (chance === null ? "" : `, of which a calibrated forecast would show ${chance.toFixed(4)} by chance`),
    },
    ...noteOn(
      "Does the side of 1/2 beat the more frequent outcome?",
      pooled.accuracyBeyondMajority,
      (m) => `accuracy beyond always naming the more frequent outcome is ${inWords(m)}`,
    ),
    ...(earned === undefined ? [] : noteOn(
      "Does a position earn anything after costs?",
      earned.sharpe,
      (m) => `annual Sharpe ratio at ${earned.costBps} bp a side is ${inWords(m)}`,
    )),
  ];
}
