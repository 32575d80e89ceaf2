import { checkNumber, checkSameLength, mean, type Panel, standardDeviation } from "@lib/core";
import { knownInstant, type KnownRecord } from "@lib/point_in_time";
import { textTone } from "./text_tone.ts";

/** A piece of news about a symbol. */
export interface Article extends KnownRecord {
  readonly symbol: string;
  readonly headline: string;
  readonly summary?: string;
}

/** Options of {@linkcode newsColumns}. */
export interface NewsColumnsOptions {
  /** For each row the instant of its decision, in milliseconds since 1970, shape (rows,); see `sessionCloses`. */
  decisions: Float64Array;
  /**
   * The stretch that the source was asked for: from an instant on, up to the one at which it answered. Silence within it
   * is silence; outside it nobody knows.
   */
  covered: { from: Date; until: Date };
  /** Tone of an article, from -1 to 1. Default: {@linkcode articleTone}. */
  tone?: (article: Article) => number;
  /** Hours from publication until an article can be acted upon. At least 0. Default 0. */
  lagHours?: number;
  /** Hours within which the same headline of a symbol, as others reprint it, is no news again. At least 0. Default 72. */
  repeatHours?: number;
}

const millisecondsPerHour = 3_600_000;

/** Tones beyond this, up or down, count into the shares of positive and negative news. */
const CLEAR_TONE = 0.2;

/**
 * The tone of headline and summary together, by {@linkcode textTone}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const article = { symbol: "A", knownAt: new Date(0), headline: "Acme beats estimates", summary: "Shares fell." };
 * assert.equal(articleTone(article), (2 - 1) / (1 + 2 + 1));
 * ```
 */
export function articleTone({ headline, summary = "" }: Article): number {
  return textTone(`${headline}. ${summary}`);
}

/**
 * A panel with columns of its news: `news_count`, `sentiment` (mean tone), `sentiment_deviation` (sample standard
 * deviation), `sentiment_minimum`, `sentiment_maximum`, `positive_share` and `negative_share` (tones above 0.2, below
 * -0.2): what the features of the family "sentiment" need.
 *
 * An article belongs to the first row of its symbol whose decision comes after it was known: what is published after the
 * close, at the closing bell itself, or over the weekend, to the next session. Articles known later change no earlier
 * row.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * import { MARKET_HOURS, sessionCloses } from "@lib/point_in_time";
 * const date = ["2024-01-16", "2024-01-17", "2024-01-18"];
 * const panel = Panel.fromRows({ symbol: ["A", "A", "A"], date, columns: {} });
 * const articles = [{ symbol: "A", knownAt: "2024-01-16T21:30:00Z", headline: "Acme surges" }]; // after the close
 * const joined = newsColumns(panel, articles, {
 *   decisions: sessionCloses(panel, { hours: MARKET_HOURS.newYorkShares }),
 *   covered: { from: new Date("2024-01-01T00:00:00Z"), until: new Date("2024-02-01T00:00:00Z") },
 * });
 * assert.deepEqual(joined.column("news_count"), Float64Array.of(NaN, 1, 0));
 * assert.deepEqual(joined.column("sentiment"), Float64Array.of(NaN, 2 / 3, NaN));
 * ```
 *
 * @param articles In any order. Those of symbols that the panel lacks, those known before the first row of their symbol
 * and those without a tone (NaN) count nowhere.
 * @returns The same rows. `news_count` is 0 on a covered day without news and NaN where the time since the row before is
 * not covered whole, as on the first row, before which nobody knows when to begin; the tones are NaN wherever there is no
 * news, the deviation also for a single article.
 * @throws {RangeError} If an option is out of range, an article was known outside the covered stretch, or a tone is not
 * from -1 to 1.
 * @throws {TypeError} If there is not one decision for each row.
 */
export function newsColumns(
  panel: Panel,
  articles: readonly Article[],
  { decisions, covered, tone = articleTone, lagHours = 0, repeatHours = 72 }: NewsColumnsOptions,
): Panel {
  checkNumber("join news", "lagHours", lagHours, { least: 0 });
  checkNumber("join news", "repeatHours", repeatHours, { least: 0 });
  checkSameLength("join news", { rows: panel.rows, decisions: decisions.length });
  const [from, until] = [Number(covered.from), Number(covered.until)];
  if (!(from < until)) {
    throw new RangeError(
      `Cannot join news: covered must begin before it ends, current values are ${covered.from} and ${covered.until}`,
    );
  }
  const timed = articles.map((article) => {
    const at = knownInstant(article);
    if (at >= from && at <= until) return { article, at };
    throw new RangeError(
      `Cannot join news: articles must be known within the covered stretch, current value is ${
        new Date(at).toISOString()
      }`,
    );
  });
  const ofSymbol = Map.groupBy(timed.sort(inOrder), ({ article }) => article.symbol);
  const columns = emptyColumns(panel.rows);
  panel.symbols.forEach((symbol, code) => {
    const told = withoutRepeats(ofSymbol.get(symbol) ?? [], repeatHours * millisecondsPerHour);
    let next = 0;
    for (let row = panel.starts[code]; row < panel.starts[code + 1]; row++) {
      const limit = decisions[row] - lagHours * millisecondsPerHour;
      const first = next;
      while (next < told.length && told[next].at < limit) next++;
      if (row === panel.starts[code]) continue;
      const begin = decisions[row - 1] - lagHours * millisecondsPerHour;
      if (begin < from || limit > until) continue;
      const tones = told.slice(first, next).map(({ article }) => checkedTone(tone(article)));
      setRow(columns, row, tones.filter((value) => !Number.isNaN(value)));
    }
  });
  return panel.with(columns);
}

const names = [
  ...["news_count", "sentiment", "sentiment_deviation", "sentiment_minimum", "sentiment_maximum"] as const,
  ...["positive_share", "negative_share"] as const,
];
type NewsTable = Record<typeof names[number], Float64Array>;

const emptyColumns = (rows: number) =>
  Object.fromEntries(names.map((name) => [name, new Float64Array(rows).fill(NaN)])) as NewsTable;

function setRow(columns: NewsTable, row: number, tones: readonly number[]): void {
  columns.news_count[row] = tones.length;
  if (tones.length === 0) return;
  columns.sentiment[row] = mean(tones);
  columns.sentiment_deviation[row] = tones.length > 1 ? standardDeviation(tones) : NaN;
  columns.sentiment_minimum[row] = Math.min(...tones);
  columns.sentiment_maximum[row] = Math.max(...tones);
  columns.positive_share[row] = tones.filter((tone) => tone > CLEAR_TONE).length / tones.length;
  columns.negative_share[row] = tones.filter((tone) => tone < -CLEAR_TONE).length / tones.length;
}

function checkedTone(tone: number): number {
  if (!Number.isNaN(tone)) checkNumber("join news", "the tone of an article", tone, { least: -1, most: 1 });
  return tone;
}

interface TimedArticle {
  article: Article;
  at: number;
}

/** By time, then by text, so that sums do not hang on the order in which a source tells of one instant. */
function inOrder(a: TimedArticle, b: TimedArticle): number {
  return a.at - b.at ||
    (a.article.headline < b.article.headline ? -1 : Number(a.article.headline > b.article.headline));
}

/** Articles in order of time, without those whose headline was counted not long before. */
function withoutRepeats(articles: readonly TimedArticle[], reach: number): TimedArticle[] {
  const counted = new Map<string, number>();
  return articles.filter(({ article: { headline }, at }) => {
    const key = headline.toLowerCase().replaceAll(/\s+/g, " ").trim();
    const before = counted.get(key);
    if (before !== undefined && at - before < reach) return false;
    counted.set(key, at);
    return true;
  });
}
