import { type AnyCard, cardSections } from "./_card_sections.ts";
import { cumulativeChart } from "./_cumulative_chart.ts";
import { htmlPage, markdownPage } from "./_page.ts";
import { reportSections } from "./_report_sections.ts";
import type { DailyCorrelations } from "./daily_correlations.ts";
import { type Scorecard, SCORECARD_SCHEMA } from "./scorecard.ts";

/** Options of {@linkcode reportMarkdown} and {@linkcode reportHtml}. */
export interface ReportOptions {
  /** Default `Judgement of <forecast>`. */
  title?: string;
  /** Sentences on what was brought, such as cells that could not be read; they follow the verdict. Default none. */
  notes?: readonly string[];
}

export type { AnyCard };

/**
 * A scorecard, or a card of another kind or of a book, as Markdown: verdict with its checks, then every number with its
 * interval, then the limits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * import { scorecard } from "@lib/f4";
 * const columns = { forecast: Float64Array.of(1, 2), actual: Float64Array.of(0.1, 0.2) };
 * const panel = Panel.fromRows({ symbol: ["A", "A"], date: weekdays("2020-01-01", 2), columns });
 * assert.match(reportMarkdown(scorecard(panel)), /^# Judgement of forecast\n\n## Verdict: fail\n/);
 * ```
 */
export function reportMarkdown(card: Scorecard | AnyCard, { title, notes }: ReportOptions = {}): string {
  return markdownPage(title ?? titleOf(card), sectionsOf(card, notes));
}

/**
 * The same report as one HTML page that needs nothing from outside, with figures: the rank IC added up over time where
 * the daily correlations are given, and its neutral counterparts.
 */
export function reportHtml(
  card: Scorecard | AnyCard,
  { title, notes, daily }: ReportOptions & { daily?: DailyCorrelations } = {},
): string {
  const figure = daily === undefined ? undefined : cumulativeChart(daily);
  const [verdict, ...rest] = sectionsOf(card, notes);
  return htmlPage(title ?? titleOf(card), [{ ...verdict, figure }, ...rest]);
}

const isScorecard = (card: Scorecard | AnyCard): card is Scorecard => card.schema === SCORECARD_SCHEMA;

function sectionsOf(card: Scorecard | AnyCard, notes?: readonly string[]) {
  return isScorecard(card) ? reportSections(card, { notes }) : cardSections(card, { notes });
}

function titleOf(card: Scorecard | AnyCard): string {
  return isScorecard(card) ? `Judgement of ${card.settings.forecast}` : "Judgement";
}
