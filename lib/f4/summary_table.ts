import { worded } from "./_measure_words.ts";
import { isEstimate } from "./measure.ts";
import type { Scorecard } from "./scorecard.ts";

/**
 * The few lines of a scorecard that fit a terminal: what was judged, the numbers that matter, and the verdict.
 *
 * @returns Lines of text, their first columns aligned.
 */
export function summaryTable(card: Scorecard): string {
  const { data, headline, crossSectional, pooled, baselines, trials, final, verdict } = card;
  const lines: [string, string][] = [
    ["judged", `${data.judgedRows} of ${data.rows} rows, ${data.symbols} symbols, ${data.days} days`],
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
  if (!("reason" in trials)) {
    lines.push(["looks at these rows", `${trials.trials} (${trials.recorded} recorded, ${trials.admitted} admitted)`]);
    lines.push(["probability of skill after them", worded(trials.deflated, "probability")]);
  }
  if (!("reason" in final)) lines.push([`from ${final.from} on, ${final.days} days`, worded(final.value)]);
  lines.push(["verdict", verdict.verdict], ["", verdict.summary]);
  const width = Math.max(...lines.map(([name]) => name.length)) + 2;
  return lines.map(([name, words]) => name.padEnd(width) + words).join("\n");
}
