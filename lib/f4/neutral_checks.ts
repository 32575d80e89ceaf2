import type { Check } from "./gate.ts";
import type { JudgedBookScore } from "./judge_book.ts";
import { LIMITS } from "./limits.ts";
import { type Estimate, isEstimate, type Missing } from "./measure.ts";
import type { NeutralIc, NeutralScore } from "./neutral.ts";

/**
 * Whether the rank IC of a scorecard is more than a simple bet: on volatility, on market beta, on factors.
 *
 * `not met` where more than a share of a rank IC above 0 lies in the exposure, by the two limits of {@linkcode LIMITS}:
 * the lower where the neutral rank IC cannot be told from 0, the higher in any case. The spread is then called what it
 * is. Otherwise the check is met, and its words say how much lies there.
 */
export function neutralChecks({ neutral }: { neutral: NeutralScore | Missing }): Check[] {
  if ("reason" in neutral) {
    const words = `no neutral rank IC: ${neutral.reason}`;
    return [{ question: "Is the rank IC more than a simple bet?", outcome: "not applicable", words }];
  }
  const { volatility, marketBeta, factorBetas, eachFactor } = neutral;
  return [
    check("Is the rank IC more than a bet on volatility?", volatility, () => "a bet on volatility"),
    check("Is the rank IC more than a bet on the market?", marketBeta, () => "a bet on market beta"),
    check("Is the rank IC more than a bet on known factors?", factorBetas, () => factorBet(eachFactor)),
  ];
}

function check(question: string, ic: NeutralIc | Missing, bet: () => string): Check {
  if ("reason" in ic) return { question, outcome: "not applicable", words: `no neutral rank IC: ${ic.reason}` };
  const { exposure, rankIc, plain, gone } = ic;
  if (!isEstimate(rankIc) || !isEstimate(plain) || rankIc.low === null || plain.low === null) {
    return { question, outcome: "not applicable", words: `too few days for an interval beside ${exposure}` };
  }
  const without = exposure === "volatility" ? "within groups of like volatility" : `beside ${exposure}`;
  const numbers = `rank IC ${without} is ${interval(rankIc)}, plain on the same rows ${interval(plain)}`;
  if (!(plain.low > 0) || !isEstimate(gone)) {
    return { question, outcome: "not applicable", words: `${numbers}: there is none to explain` };
  }
  const share = gone.value > 0 ? `${(100 * gone.value).toFixed(0)} %` : "nothing";
  const limit = rankIc.low > 0 ? LIMITS.neutralGoneAtMost : LIMITS.neutralGone;
  if (gone.value > limit.value) {
    return { question, outcome: "not met", words: `${numbers}: ${share} of it is only ${bet()}` };
  }
  const left = rankIc.low > 0 ? "what is left is above 0" : "what is left is not told apart from 0 by itself";
  return { question, outcome: "met", words: `${numbers}: ${share} of it lies there, ${left}` };
}

/** In which factors alone more than the lower limit lies, the most in the first. */
function factorBet(eachFactor: readonly NeutralIc[]): string {
  const greedy = eachFactor
    .flatMap(({ exposure, gone }) => isEstimate(gone) ? [{ exposure, gone: gone.value }] : [])
    .filter(({ gone }) => gone > LIMITS.neutralGone.value)
    .sort((a, b) => b.gone - a.gone);
  if (greedy.length === 0) return "a bet on the factors together";
  return `a bet on ${
    greedy.map(({ exposure, gone }) => `${exposure} (${(100 * gone).toFixed(0)} % alone)`).join(", ")
  }`;
}

/**
 * Whether a book earned more than its loads on factors, at the costs of {@linkcode LIMITS}: `not met` where more than the
 * limit of an annual return above 0 goes with the factors and what is left cannot be told from 0.
 */
export function bookNeutralCheck({ costs, loads }: Pick<JudgedBookScore, "costs" | "loads">): Check {
  const question = "Does the book earn more than its loads on factors?";
  if ("reason" in loads) return { question, outcome: "not applicable", words: `no loads on factors: ${loads.reason}` };
  const costBps = LIMITS.bookCostBps.value;
  const alpha = loads.alphas.find((alpha) => alpha.costBps === costBps)?.annual;
  const whole = costs.find((cost) => cost.costBps === costBps)?.annualReturn;
  if (!alpha || !whole || !isEstimate(alpha) || !isEstimate(whole) || alpha.low === null || whole.low === null) {
    return { question, outcome: "not applicable", words: `too few days for what is left at ${costBps} bp a side` };
  }
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const numbers = `at ${costBps} bp a side the book earns ${percent(whole.value)} a year, ${percent(alpha.value)} ` +
    `(${percent(alpha.low)} to ${percent(alpha.high!)}) beside ${loads.factors.map(({ name }) => name).join(", ")}`;
  if (!(whole.low > 0)) {
    return { question, outcome: "not applicable", words: `${numbers}: there is nothing sure to explain` };
  }
  if (1 - alpha.value / whole.value > LIMITS.neutralGone.value && !(alpha.low > 0)) {
    const owed = loads.factors
      .flatMap(({ name, annualContribution: one }) => isEstimate(one) ? [{ name, value: one.value }] : [])
      .sort((a, b) => b.value - a.value)
      .filter(({ value }, place) => place === 0 || value > 0.25 * whole.value)
      .map(({ name, value }) => `${name} (${percent(value)} a year)`);
    return { question, outcome: "not met", words: `${numbers}: it is only a bet on ${owed.join(", ")}` };
  }
  const left = alpha.low > 0 ? "what is left is above 0" : "what is left is not told apart from 0 by itself";
  return { question, outcome: "met", words: `${numbers}: ${left}` };
}

const signed = (value: number) => (value < 0 ? "-" : "+") + Math.abs(value).toFixed(4);

function interval({ value, low, high }: Estimate): string {
  return `${signed(value)} [${low === null ? "" : signed(low)}, ${high === null ? "" : signed(high)}]`;
}
