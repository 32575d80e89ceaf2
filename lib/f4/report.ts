import { cumulativeChart } from "./_cumulative_chart.ts";
import { reportSections, type Section } from "./_report_sections.ts";
import type { DailyCorrelations } from "./daily_correlations.ts";
import type { Scorecard } from "./scorecard.ts";

/** Options of {@linkcode reportMarkdown} and {@linkcode reportHtml}. */
export interface ReportOptions {
  /** Default `Judgement of <forecast>`. */
  title?: string;
}

/**
 * A scorecard as Markdown: verdict with its checks, then every number with its interval, then the limits.
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
export function reportMarkdown(card: Scorecard, { title }: ReportOptions = {}): string {
  const cell = (text: string) => text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll("\n", " ");
  const row = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  const parts = reportSections(card).map(({ title, sentences, table }) => {
    const lines = table ? [row(table.head), row(table.head.map(() => "---")), ...table.rows.map(row)] : [];
    return [`## ${title}`, ...sentences, ...(lines.length > 0 ? [lines.join("\n")] : [])].join("\n\n");
  });
  return [`# ${title ?? `Judgement of ${card.settings.forecast}`}`, ...parts].join("\n\n") + "\n";
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}
table{border-collapse:collapse;font-size:.85rem;margin:1rem 0}td,th{padding:.25rem .5rem;text-align:left;vertical-align:top;
border-bottom:1px solid #d8dee4}thead th{border-bottom:2px solid #59636e}p{max-width:50rem}.table{overflow-x:auto}
td{min-width:15rem}.short{white-space:nowrap;min-width:0}h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}figure{margin:1.5rem 0}
svg{max-width:100%;height:auto}@media print{body{margin:0;max-width:none}table{font-size:.68rem}tr{break-inside:avoid}
td,th{padding:.2rem .35rem;min-width:0;white-space:normal!important}}`;

/** Up to so many characters a cell stays on one line: a value with its interval is read at a glance. */
const LONGEST_LINE = 30;

/**
 * The same report as one HTML page that needs nothing from outside, with a chart of the rank IC added up over time
 * where the daily correlations are given.
 */
export function reportHtml(
  card: Scorecard,
  { title, daily }: ReportOptions & { daily?: DailyCorrelations } = {},
): string {
  const heading = escaped(title ?? `Judgement of ${card.settings.forecast}`);
  const [verdict, ...rest] = reportSections(card).map(htmlSection);
  const chart = daily === undefined ? "" : cumulativeChart(daily);
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${heading}</title>` +
    `<style>${STYLE}</style></head>`,
    `<body><h1>${heading}</h1>`,
    verdict,
    chart,
    ...rest,
    "</body></html>",
    "",
  ].join("\n");
}

function htmlSection({ title, sentences, table }: Section): string {
  const row = (tag: string, cells: readonly string[]) => {
    const shown = cells.map((text) =>
      `<${tag}${text.length <= LONGEST_LINE ? ' class="short"' : ""}>${escaped(text)}</${tag}>`
    );
    return `<tr>${shown.join("")}</tr>`;
  };
  const body = table === undefined
    ? ""
    : `<div class="table"><table><thead>${row("th", table.head)}</thead><tbody>${
      table.rows.map((cells) => row("td", cells)).join("\n")
    }` +
      "</tbody></table></div>";
  return `<section><h2>${escaped(title)}</h2>${
    sentences.map((text) => `<p>${escaped(text)}</p>`).join("")
  }${body}</section>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
