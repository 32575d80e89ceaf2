import { ansiToHtml, escapeHtml } from "./_ansi_html.ts";
import { markdownToHtml } from "./_markdown_html.ts";
import type { CellOutput, MimeBundle } from "./notebook_file.ts";

const PLOTLY = "application/vnd.plotly.v1+json";

/** Whether an output holds a figure that needs plotly.js. */
export function isFigure(output: CellOutput): boolean {
  return "data" in output && PLOTLY in output.data;
}

/** One output as HTML: of several media types the richest that a page can show. */
export function outputToHtml(output: CellOutput): string {
  switch (output.output_type) {
    case "stream":
      return `<pre class="stream ${output.name === "stderr" ? "stderr" : "stdout"}">${ansiToHtml(output.text)}</pre>`;
    case "error": {
      const headline = `${output.ename}: ${output.evalue}`;
      const traceback = output.traceback.join("\n");
      const text = traceback.includes(output.evalue) ? traceback : `${headline}\n${traceback}`.trimEnd();
      return `<pre class="error" role="alert">${ansiToHtml(text)}</pre>`;
    }
    default:
      return dataToHtml(output.data, output.metadata);
  }
}

function dataToHtml(data: MimeBundle, metadata: Record<string, unknown>): string {
  if (PLOTLY in data) return figureToHtml(data, metadata);
  const text = (type: string) => typeof data[type] === "string" ? data[type] : JSON.stringify(data[type], null, 2);
  if ("text/html" in data) return `<div class="rich">${text("text/html")}</div>`;
  const image = imageToHtml(data, metadata);
  if (image !== undefined) return image;
  if ("text/markdown" in data) return `<div class="rich">${markdownToHtml(text("text/markdown"))}</div>`;
  for (const type of ["text/plain", "text/latex", "application/json", ...Object.keys(data)]) {
    if (type in data) return `<pre class="value">${ansiToHtml(text(type))}</pre>`;
  }
  return "";
}

/** The picture, which a script on the page replaces by the interactive figure, save on paper. */
function figureToHtml(data: MimeBundle, metadata: Record<string, unknown>): string {
  const picture = imageToHtml(data, metadata) ??
    `<pre class="value">${escapeHtml(String(data["text/plain"] ?? "A figure"))}</pre>`;
  const json = JSON.stringify(data[PLOTLY]).replaceAll("<", "\\u003c");
  return `<figure class="plotly"><div class="interactive"></div><div class="picture">${picture}</div>` +
    `<script type="application/json">${json}</script></figure>`;
}

function imageToHtml(data: MimeBundle, metadata: Record<string, unknown>): string | undefined {
  const type = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"].find((each) => each in data);
  if (type === undefined) return undefined;
  const content = String(data[type]);
  const source = type === "image/svg+xml"
    ? `data:${type},${encodeURIComponent(content)}`
    : `data:${type};base64,${content.replace(/\s/g, "")}`;
  const { width } = (metadata[type] ?? {}) as { width?: unknown };
  const size = typeof width === "number" ? ` width="${width}"` : "";
  return `<img src="${escapeHtml(source)}" alt="${escapeHtml(String(data["text/plain"] ?? ""))}"${size}>`;
}
