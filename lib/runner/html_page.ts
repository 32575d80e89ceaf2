import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import { escapeHtml } from "./_ansi_html.ts";
import { markdownToHtml } from "./_markdown_html.ts";
import { isFigure, outputToHtml } from "./_output_html.ts";
import { FIGURE_SCRIPT, FOLD_SCRIPT, PAGE_STYLE } from "./_page_parts.ts";
import type { CodeCell, Notebook } from "./notebook_file.ts";
import { type Parameter, readParameters } from "./parameters.ts";

/** Options of {@linkcode htmlPage}. */
export interface HtmlPageOptions {
  /** Title of the page. Default: the first heading of the notebook. */
  title?: string;
}

/** What the page may load: nothing but itself. */
const POLICY = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; " +
  "img-src data: blob:; font-src data:; worker-src blob:; base-uri 'none'; form-action 'none'";

hljs.registerLanguage("typescript", typescript);

/**
 * An executed notebook as one HTML page that needs nothing else: no other file, no network (a content security policy
 * forbids it), no script for reading. Code is folded; a failed cell is open.
 *
 * Figures given as `application/vnd.plotly.v1+json` become interactive: the page then carries plotly.js once, packed
 * (about 2 MB). Until it is unpacked, without scripts and on paper, their pictures are shown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const page = htmlPage({
 *   cells: [{ cell_type: "markdown", id: "a", metadata: {}, source: "# Momentum" }],
 *   metadata: {}, nbformat: 4, nbformat_minor: 5,
 * });
 * assert.match(page, /<title>Momentum<\/title>/);
 * ```
 */
export function htmlPage(notebook: Notebook, { title = firstHeading(notebook) }: HtmlPageOptions = {}): string {
  const body = notebook.cells.map((cell) => {
    if (cell.cell_type === "code") return codeToHtml(cell);
    if (cell.cell_type === "raw") return `<pre class="value">${escapeHtml(cell.source)}</pre>`;
    return `<section>${markdownToHtml(cell.source, cell.attachments)}</section>`;
  });
  const hasFigures = notebook.cells.some((cell) => cell.cell_type === "code" && cell.outputs.some(isFigure));
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
${headerToHtml(notebook)}
${body.join("\n")}
</main>
<script>${FOLD_SCRIPT}</script>
${
    hasFigures
      ? `<script type="text/plain" id="plotly-js">${packedPlotly()}</script>\n<script>${FIGURE_SCRIPT}</script>`
      : ""
  }
</body>
</html>
`;
}

function headerToHtml(notebook: Notebook): string {
  const { status, startedAt, seconds, parameters = {}, deno } = (notebook.metadata.runner ?? {}) as Record<
    string,
    unknown
  >;
  const facts = [
    status === undefined
      ? ""
      : `<span class="status${status === "ok" ? "" : " failed"}">${escapeHtml(String(status))}</span>`,
    startedAt === undefined ? "" : `<span>${escapeHtml(String(startedAt).slice(0, 19).replace("T", " "))} UTC</span>`,
    seconds === undefined ? "" : `<span>${formatSeconds(Number(seconds))}</span>`,
    deno === undefined ? "" : `<span>Deno ${escapeHtml(String(deno))}</span>`,
    `<button id="fold" type="button">Show or hide code</button>`,
  ];
  return `<header><p>${facts.join("")}</p>${
    parametersToHtml(notebook, parameters as Record<string, unknown>)
  }</header>`;
}

/** The values of a run; beside those that are not the defaults stand the defaults, where the notebook declares them. */
function parametersToHtml(notebook: Notebook, values: Record<string, unknown>): string {
  const declared = new Map(declaredParameters(notebook).map((parameter) => [parameter.name, parameter]));
  const rows = Object.entries(values).map(([name, value]) => {
    const { defaultValue, rule } = declared.get(name) ?? { defaultValue: value };
    const isOverridden = JSON.stringify(value) !== JSON.stringify(defaultValue);
    const withUnit = (shown: unknown) => escapeHtml(`${JSON.stringify(shown)} ${rule?.unit ?? ""}`.trimEnd());
    const notes = declared.has(name)
      ? `<td>${isOverridden ? `default ${withUnit(defaultValue)}` : ""}</td><td>${escapeHtml(rule?.meaning ?? "")}</td>`
      : "";
    return `<tr${isOverridden ? ' class="overridden"' : ""}><td><code>${escapeHtml(name)}</code></td>` +
      `<td>${withUnit(value)}</td>${notes}</tr>`;
  });
  return rows.length === 0 ? "" : `<table class="parameters"><tbody>${rows.join("")}</tbody></table>`;
}

function declaredParameters(notebook: Notebook): Parameter[] {
  try {
    return readParameters(notebook);
  } catch {
    return []; // a page shows any notebook
  }
}

function codeToHtml(cell: CodeCell): string {
  const source = cell.source.trimEnd();
  if (source === "") return "";
  const { seconds, status } = (cell.metadata.runner ?? {}) as { seconds?: number; status?: string };
  const failed = status !== undefined && status !== "ok";
  const code = hljs.highlight(source, { language: "typescript" }).value;
  const first = source.trimStart().split("\n", 1)[0];
  return `<section>
<details class="code${failed ? " failed" : ""}"${failed ? " open" : ""}>` +
    `<summary><span>[${cell.execution_count ?? " "}]</span><code>${escapeHtml(first)}</code>` +
    `<span>${
      seconds === undefined ? "" : formatSeconds(seconds)
    }</span></summary><pre><code>${code}</code></pre></details>
${cell.outputs.map(outputToHtml).join("\n")}
</section>`;
}

function firstHeading(notebook: Notebook): string {
  for (const cell of notebook.cells) {
    const heading = cell.cell_type === "markdown" ? cell.source.match(/^#\s+(.+)$/m)?.[1] : undefined;
    if (heading !== undefined) return heading.trim();
  }
  return "Notebook";
}

function formatSeconds(seconds: number): string {
  return seconds < 100 ? `${seconds.toFixed(seconds < 10 ? 2 : 1)} s` : `${(seconds / 60).toFixed(1)} min`;
}

function packedPlotly(): string {
  const path = createRequire(import.meta.url).resolve("plotly.js-dist-min");
  return gzipSync(Deno.readFileSync(path), { level: 9 }).toString("base64");
}
