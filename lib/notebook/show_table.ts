import { checkInteger } from "@lib/core";
import type pl from "nodejs-polars";
import { type Display, display } from "./display.ts";
import { type ColumnFormat, MISSING, rowsOf, type TableCells, tableCells, type TableRows } from "./_table_cells.ts";

/** Options of {@linkcode showTable}. */
export interface ShowTableOptions {
  /** What the table says, above it. Default: none. */
  caption?: string;
  /** Decimals of numbers that are not whole, where the column says nothing else. Default 3. */
  digits?: number;
  /** Formats by name of column. */
  formats?: Readonly<Record<string, ColumnFormat>>;
  /** Rows shown; a line below says how many more there are. Default 60. */
  limit?: number;
}

/** Up to so many characters a cell stays on one line: a date or a name is read at a glance, a sentence wraps. */
const LONGEST_LINE = 32;

/**
 * Shows a table as HTML, Markdown and plain text: rows and columns in the order given, numbers at the right, missing
 * values as a dash that tells a reader (and a screen reader) that it means missing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { JUPYTER_DISPLAY } from "@lib/notebook";
 * const shown = showTable([{ model: "ridge", ic: 0.0213, sharpe: NaN }], { digits: 2, formats: { ic: { digits: 3 } } });
 * const forms = await shown[JUPYTER_DISPLAY]();
 * assert.equal(forms["text/markdown"], "| model |    ic | sharpe |\n|:------|------:|-------:|\n| ridge | 0.021 |      – |");
 * ```
 *
 * @throws {TypeError} If the rows differ in their columns.
 * @throws {RangeError} If a format names no column, or a number of digits or rows is no integer in range.
 */
export function showTable(table: TableRows | pl.DataFrame, options: ShowTableOptions = {}): Display {
  const { caption = "", digits = 3, formats = {}, limit = 60 } = options;
  checkInteger("show a table", "limit", limit, { least: 1 });
  const rows = rowsOf(table);
  const cells = tableCells(rows, digits, formats);
  const shown = { ...cells, rows: cells.rows.slice(0, limit) };
  const more = rows.length > limit ? `${rows.length - limit} more of ${rows.length} rows` : "";
  const text = textTable(shown);
  return display({
    "text/html": htmlTable(shown, caption, more),
    "text/markdown": [caption && `**${escapeMarkdown(caption)}**`, text, more].filter(Boolean).join("\n\n"),
    "text/plain": [caption, text, more].filter(Boolean).join("\n"),
  });
}

function htmlTable({ headings, numeric, rows }: TableCells, caption: string, more: string): string {
  const isShort = headings.map((_, column) => rows.every((cells) => cells[column].length <= LONGEST_LINE));
  const align = (column: number) =>
    ` style="text-align: ${numeric[column] ? "right" : "left"}${isShort[column] ? "; white-space: nowrap" : ""}"`;
  const head = headings.map((heading, column) => `<th scope="col"${align(column)}>${escapeHtml(heading)}</th>`);
  const body = rows.map((cells) => {
    const row = cells.map((cell, column) => {
      const missing = cell === MISSING ? ' title="missing" aria-label="missing"' : "";
      return `<td${align(column)}${missing}>${escapeHtml(cell)}</td>`;
    });
    return `<tr>${row.join("")}</tr>`;
  });
  const foot = more && `<tfoot><tr><td colspan="${headings.length}">${more}</td></tr></tfoot>`;
  return `<table>${caption && `<caption>${escapeHtml(caption)}</caption>`}<thead><tr>${head.join("")}</tr></thead>` +
    `<tbody>${body.join("")}</tbody>${foot}</table>`;
}

/** Markdown that is also a table to the eye. */
function textTable({ headings, numeric, rows }: TableCells): string {
  const lines = [headings, ...rows].map((cells) => cells.map(escapeMarkdown));
  const widths = headings.map((_, column) => Math.max(3, ...lines.map((line) => [...line[column]].length)));
  const padded = (cell: string, column: number) => {
    const space = " ".repeat(widths[column] - [...cell].length);
    return numeric[column] ? ` ${space}${cell} ` : ` ${cell}${space} `;
  };
  const rule = widths.map((width, column) =>
    numeric[column] ? "-".repeat(width + 1) + ":" : ":" + "-".repeat(width + 1)
  );
  const [head, ...body] = lines.map((line) => `|${line.map(padded).join("|")}|`);
  return [head, `|${rule.join("|")}|`, ...body].join("\n");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\|]/g, "\\$&").replace(/\s+/g, " ");
}
