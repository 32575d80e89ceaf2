import { checkSameLength } from "@lib/core";
import { checkFinalFrom, type FinalScore, type PartScore, scoreFinal } from "./_final_block.ts";
import { sharpeEvidence } from "./_sharpe_evidence.ts";
import { type CountingOptions, countTrial } from "./count_trial.ts";
import { type BookVerdict, costOfVerdict, gateBook } from "./gate_book.ts";
import { judgeBook, type JudgeBookOptions, type JudgedBook, type JudgedBookScore } from "./judge_book.ts";
import { describeBook } from "./ledger/describe_judged.ts";
import { isEstimate, measure, type Missing, missing } from "./measure.ts";
import type { TrialsScore } from "./weigh_trials.ts";

/** A book with its days. */
export interface DatedBook extends JudgedBook {
  /** Of the book, for the ledger. */
  name: string;
  /** ISO days, shape (days,), rising. */
  dates: readonly string[];
}

/** Options of {@linkcode judgeBookClaim}. */
export interface JudgeBookClaimOptions extends JudgeBookOptions, CountingOptions {}

/** What a book claim is, for readers that find one in a file: see `scorecard.schema.json`. */
export const BOOK_CLAIM_SCHEMA = "ai-stocks-lab/book-claim/1";

/** What a book is worth, after all that was tried. A plain object without NaN, ready for JSON. */
export interface JudgedBookClaim extends JudgedBookScore {
  schema: typeof BOOK_CLAIM_SCHEMA;
  name: string;
  data: { days: number; firstDay: string; lastDay: string };
  trials: TrialsScore;
  final: FinalScore | Missing;
  verdict: BookVerdict;
}

/**
 * Judges the returns of a book as {@linkcode judgeBook} does, counts the look in the ledger, and deflates the Sharpe
 * ratio at the costs of `LIMITS.bookCostBps` by all books that were tried on the same days: the deflated Sharpe ratio of
 * Bailey and Lopez de Prado (2014), with the number of trials and their spread from the ledger. The only way to a pass.
 *
 * @example One book that earns, the only one tried
 * ```ts
 * import assert from "node:assert/strict";
 * import { weekdays } from "@lib/core";
 * import { Ledger } from "@lib/f4";
 * const gross = Float64Array.from({ length: 500 }, (_, day) => 0.002 + 0.01 * Math.sin(day * day));
 * const book = { gross, turnover: new Float64Array(500), net: [{ costBps: 5, returns: gross }] };
 * const claim = await judgeBookClaim({ ...book, name: "long", dates: weekdays("2020-01-01", 500) }, {
 *   ledger: Ledger.inMemory(),
 *   trial: { source: "an example", parameters: {}, data: [] },
 *   draws: 200,
 * });
 * assert.equal(claim.verdict.verdict, "pass");
 * assert.equal(claim.trials.trials, 1);
 * ```
 *
 * @throws {TypeError} If the series have different lengths.
 * @throws {RangeError} As {@linkcode judgeBook}; if the book has no returns at those costs, the days do not rise,
 *   `finalFrom` is no ISO day, or the ledger is broken.
 */
export async function judgeBookClaim(
  { name, dates, ...book }: DatedBook,
  { ledger, trial, finalFrom, ...options }: JudgeBookClaimOptions,
): Promise<JudgedBookClaim> {
  const action = "judge a book";
  checkFinalFrom(action, finalFrom);
  checkSameLength(action, { dates: dates.length, gross: book.gross.length });
  const score = judgeBook({ ...book, dates }, options);
  const { costBps } = costOfVerdict(score.costs);
  const { returns } = book.net.find((net) => net.costBps === costBps)!;
  const { periodsPerYear = 252 } = options;
  const { sharpe, z, probabilityAbove } = sharpeEvidence(returns);
  const what = `annual Sharpe ratio at ${costBps} bp a side`;
  const value = sharpe * Math.sqrt(periodsPerYear);
  const series = { dates, values: returns };
  const { trials, looks } = await countTrial(
    { judged: describeBook(name, series), metric: what, value, z, series, periodsPerYear, probabilityAbove },
    { ledger, trial, finalFrom },
  );
  const final = finalFrom === undefined ? missing("no final block was told") : scoreFinal({
    from: finalFrom,
    looks,
    what,
    score: (isPart) => scorePart({ ...book, dates }, { ...options, isPart, costBps, periodsPerYear }),
  });
  return {
    schema: BOOK_CLAIM_SCHEMA,
    name,
    data: { days: dates.length, firstDay: dates[0], lastDay: dates.at(-1)! },
    ...score,
    trials,
    final,
    verdict: gateBook(score, { trials, final }),
  };
}

function scorePart(
  { gross, net, turnover, dates }: JudgedBook & { dates: readonly string[] },
  { isPart, costBps, periodsPerYear, seed, draws, confidence }: JudgeBookOptions & {
    isPart: (date: string) => boolean;
    costBps: number;
    periodsPerYear: number;
  },
): PartScore {
  const days = dates.flatMap((date, day) => isPart(date) ? [day] : []);
  const none = missing("no judged day lies there");
  if (days.length === 0) return { dates: [], value: none, z: none, standardError: NaN };
  const of = (values: Float64Array) => Float64Array.from(days, (day) => values[day]);
  const returns = of(net.find((own) => own.costBps === costBps)!.returns);
  const part = { gross: of(gross), turnover: of(turnover), net: [{ costBps, returns }] };
  const { sharpe: value } = judgeBook(part, { seed, draws, confidence, periodsPerYear }).costs[0];
  const { z, standardError } = sharpeEvidence(returns);
  const isLong = isEstimate(value) && value.low !== null;
  return {
    dates: days.map((day) => dates[day]),
    value,
    z: isLong
      ? measure({ value: z, n: days.length, method: "days; Sharpe ratio of a day times the root of them" }, "")
      : missing(isEstimate(value) ? value.method : value.reason),
    standardError: isLong ? standardError * Math.sqrt(periodsPerYear) : NaN,
  };
}
