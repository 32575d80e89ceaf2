import type { Check } from "../gate.ts";
import type { Missing } from "../measure.ts";

/**
 * Kinds of model, by what their forecasts are: returns (`regressor`, and `booster` for trees), probabilities,
 * quantiles, volatilities, weights of a book. The judge of the first two is `scorecard`, of the last `judgeBook`.
 */
export const MODEL_KINDS = ["regressor", "booster", "classifier", "quantile", "volatility", "portfolio"] as const;

/** One of {@linkcode MODEL_KINDS}. */
export type ModelKind = typeof MODEL_KINDS[number];

/** One thing that an inspection asked of a saved model. */
export interface ModelCheck {
  /** What was tried, in a few words: `loads in a fresh process`. */
  check: string;
  outcome: "clear" | "found" | "not checked";
  /** What was seen, with its numbers; or why it was not checked. */
  words: string;
}

/** What an inspection of a saved model found; `inspectModel` of the room `audit` makes one. */
export interface ModelReport {
  kind: ModelKind;
  /** SHA-256 of the saved files, so that a report cannot be handed on to another model. */
  digest: string;
  /** Name and engine as the model tells them. */
  model: string;
  engine: string;
  checks: ModelCheck[];
}

/**
 * An inspection in the words of a gate: one check for each fault, or one that says that there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const checks = [{ check: "same bytes twice", outcome: "found" as const, words: "3 of 90 forecasts differ" }];
 * const report = { kind: "regressor" as const, digest: "", model: "oracle", engine: "none", checks };
 * assert.deepEqual(modelChecks(report).map(({ outcome, words }) => [outcome, words]), [
 *   ["not met", "oracle, same bytes twice: 3 of 90 forecasts differ"],
 * ]);
 * ```
 */
export function modelChecks(report: ModelReport | Missing): Check[] {
  const question = "Is the saved model sound?";
  if ("reason" in report) return [{ question, outcome: "note", words: report.reason }];
  const of = (outcome: ModelCheck["outcome"]) => report.checks.filter((check) => check.outcome === outcome);
  const found = of("found");
  if (found.length > 0) {
    return found.map(({ check, words }) => ({
      question,
      outcome: "not met",
      words: `${report.model}, ${check}: ${words}`,
    }));
  }
  const [clear, left] = [of("clear").length, of("not checked").length];
  const words = `${report.model} by ${report.engine}: ${clear} checks found nothing` +
    (left === 0 ? "" : `, ${left} could not be made`);
  return [{ question, outcome: clear > 0 ? "met" : "note", words }];
}
