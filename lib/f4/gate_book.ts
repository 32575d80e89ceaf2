import type { JudgedBookScore } from "./judge_book.ts";
import { LIMITS } from "./limits.ts";
import { isEstimate } from "./measure.ts";

/** What a judged book amounts to. `fail` says that nothing sure was earned after costs: a result like any other. */
export interface BookVerdict {
  verdict: "pass" | "fail";
  /** The numbers that decided. */
  summary: string;
}

/**
 * The verdict on a book: it passes if the interval of its Sharpe ratio lies above 0 at the costs of {@linkcode LIMITS}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { judgeBook } from "@lib/f4";
 * const returns = Float64Array.from({ length: 500 }, (_, day) => day % 2 === 0 ? 0.01 : -0.01);
 * const turnover = new Float64Array(500);
 * const score = judgeBook({ gross: returns, turnover, net: [{ costBps: 5, returns }] }, { draws: 100 });
 * assert.equal(gateBook(score).verdict, "fail");
 * ```
 *
 * @throws {RangeError} If the book was not judged at those costs.
 */
export function gateBook({ costs }: JudgedBookScore): BookVerdict {
  const wanted = LIMITS.bookCostBps.value;
  const judged = costs.find(({ costBps }) => costBps === wanted);
  if (judged === undefined) {
    throw new RangeError(
      `Cannot gate a book: it must be judged at ${wanted} bp a side, current costs are ${
        costs.map(({ costBps }) => costBps).join(", ")
      }`,
    );
  }
  const { sharpe } = judged;
  if (!isEstimate(sharpe)) {
    return { verdict: "fail", summary: `no Sharpe ratio at ${wanted} bp a side: ${sharpe.reason}` };
  }
  const { value, low, high } = sharpe;
  const interval = low === null || high === null ? "no interval" : `${low.toFixed(2)} to ${high.toFixed(2)}`;
  const isAbove = low !== null && low > LIMITS.bookSharpeLow.value;
  return {
    verdict: isAbove ? "pass" : "fail",
    summary: `Sharpe ratio ${value.toFixed(2)} (${interval}) at ${wanted} bp a side, ` +
      (isAbove ? "above 0" : "not told apart from 0 or below"),
  };
}
