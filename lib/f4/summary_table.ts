import type { FinalScore } from "./_final_block.ts";
import { worded } from "./_measure_words.ts";
import type { JudgedBookClaim } from "./judge_book_claim.ts";
import type { KindCard } from "./kinds/kind_card.ts";
import { isEstimate, type Missing } from "./measure.ts";
import type { Scorecard } from "./scorecard.ts";
import type { TrialsScore } from "./weigh_trials.ts";

type Line = [name: string, words: string];

/**
 * The few lines of a scorecard that fit a terminal: what was judged, the numbers that matter, and the verdict.
 *
 * @returns Lines of text, their first columns aligned.
 */
export function summaryTable(card: Scorecard): string {
  const { headline, crossSectional, pooled, baselines } = card;
  const lines: Line[] = [
    judgedRows(card),
    [headline.what, worded(headline.rankIc)],
    ["z by cosine transforms", worded(headline.z, "ratio")],
    ["Newey-West t", worded(headline.t, "ratio")],
  ];
  if (!("reason" in pooled)) {
    lines.push(["hit rate", worded(pooled.hitRate, "share")]);
    lines.push(["always up, same rows", worded(pooled.alwaysUp, "share")]);
    lines.push(["R2 against 0", worded(pooled.rSquaredZero)]);
    const book = "reason" in crossSectional ? pooled.signBook : crossSectional.book;
    const name = "reason" in crossSectional ? "book of signs" : "book of ranks";
    for (const { costBps, sharpe } of book.costs) {
      lines.push([`Sharpe of the ${name}, ${costBps} bp`, worded(sharpe, "ratio")]);
    }
  }
  for (const { name, advantage } of baselines) {
    if (isEstimate(advantage)) lines.push([`rank IC beyond ${name}`, worded(advantage)]);
  }
  return aligned([...lines, ...claim(card)]);
}

/** The same for a card of probabilities, quantiles or volatilities. */
export function kindSummaryTable(card: KindCard): string {
  const { headline, baselines } = card;
  const lines: Line[] = [
    judgedRows(card),
    [headline.what, worded(headline.value, "compact")],
    ["z by cosine transforms", worded(headline.z, "ratio")],
  ];
  for (const { name, advantage } of baselines) {
    if (isEstimate(advantage)) lines.push([`loss below that of ${name}`, worded(advantage, "compact")]);
  }
  return aligned([...lines, ...claim(card)]);
}

/** The same for a book. */
export function bookSummaryTable(card: JudgedBookClaim): string {
  const { data: { days, firstDay, lastDay }, costs, beta } = card;
  return aligned([
    ["judged", `${days} days, ${firstDay} to ${lastDay}`],
    ...costs.map(({ costBps, sharpe }): Line => [`Sharpe ratio, ${costBps} bp`, worded(sharpe, "ratio")]),
    ...(isEstimate(beta) ? [["beta", worded(beta, "ratio")] as Line] : []),
    ...claim(card),
  ]);
}

function judgedRows({ data }: Pick<Scorecard | KindCard, "data">): Line {
  return ["judged", `${data.judgedRows} of ${data.rows} rows, ${data.symbols} symbols, ${data.days} days`];
}

function claim({ trials, final, verdict }: {
  trials: TrialsScore | Missing;
  final: FinalScore | Missing;
  verdict: { verdict: string; summary: string };
}): Line[] {
  const lines: Line[] = [];
  if (!("reason" in trials)) {
    lines.push(["looks at these rows", `${trials.trials} (${trials.recorded} recorded, ${trials.admitted} admitted)`]);
    lines.push(["probability of skill after them", worded(trials.deflated, "probability")]);
  }
  if (!("reason" in final)) lines.push([`from ${final.from} on, ${final.days} days`, worded(final.value, "compact")]);
  return [...lines, ["verdict", verdict.verdict], ["", verdict.summary]];
}

function aligned(lines: readonly Line[]): string {
  const width = Math.max(...lines.map(([name]) => name.length)) + 2;
  return lines.map(([name, words]) => name.padEnd(width) + words).join("\n");
}
