import type { Check } from "./gate.ts";
import { LIMITS } from "./limits.ts";
import { type Estimate, isEstimate, type Missing } from "./measure.ts";
import type { NeutralIc, NeutralScore } from "./neutral.ts";

/**
 * Whether the rank IC of a scorecard is more than a simple bet: on volatility, on market beta, on factors.
 *
 * `not met` where more than the share of {@linkcode LIMITS} of a rank IC above 0 goes with the exposure and what is left
 * cannot be told from 0: the spread is then called what it is. Where something is left for sure, or little has gone, the
 * check is met, and its words say how much has gone.
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
  const share = `${(100 * gone.value).toFixed(0)} % of it goes`;
  if (gone.value > LIMITS.neutralGone.value && !(rankIc.low > 0)) {
    return { question, outcome: "not met", words: `${numbers}: ${share}, so that the spread is only ${bet()}` };
  }
  const left = rankIc.low > 0 ? "what is left is above 0" : "what is left is not told apart from 0 by itself";
  return { question, outcome: "met", words: `${numbers}: ${gone.value > 0 ? share : "nothing of it goes"}, ${left}` };
}

/** Which factors alone take more than the limit, the greediest first. */
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

const signed = (value: number) => (value < 0 ? "-" : "+") + Math.abs(value).toFixed(4);

function interval({ value, low, high }: Estimate): string {
  return `${signed(value)} [${low === null ? "" : signed(low)}, ${high === null ? "" : signed(high)}]`;
}
