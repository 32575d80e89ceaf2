import { worded } from "./_measure_words.ts";
import type { Section } from "./_page.ts";
import type { PlanTargetAnswer } from "./plan_targets.ts";

const inWords = (answer: boolean | null) => answer === null ? "not known" : answer ? "yes" : "no";

/** Targets that plans set for forecasts, and the question that each should have been. */
export function planSection(answers: readonly PlanTargetAnswer[]): Section {
  return {
    title: "Common targets, and what to ask instead",
    sentences: [
      "Targets like these are often set for forecasts of returns. Some no honest forecast can reach, some every one can; " +
      "beside each stands the question that it means, and the answer here.",
    ],
    table: {
      head: ["target", "value here", "reached", "what to ask instead", "value", "answer"],
      rows: answers.map(({ target, asked, reached, counterpart, value, met }) => [
        target,
        worded(asked, "compact"),
        inWords(reached),
        counterpart,
        worded(value, "compact"),
        inWords(met),
      ]),
    },
  };
}
