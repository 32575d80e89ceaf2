/** A part of a report: sentences, then a figure where pages can show one, then a table. */
export interface Section {
  title: string;
  sentences: string[];
  /** Inline SVG; left out of Markdown. */
  figure?: string;
  table?: { head: string[]; rows: string[][] };
}

/** Sections as Markdown; cells with bars or line breaks keep their tables in shape. */
export function markdownPage(title: string, sections: readonly Section[]): string {
  const cell = (text: string) => text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll("\n", " ");
  const row = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  const parts = sections.map(({ title, sentences, table }) => {
    const lines = table ? [row(table.head), row(table.head.map(() => "---")), ...table.rows.map(row)] : [];
    return [`## ${title}`, ...sentences, ...(lines.length > 0 ? [lines.join("\n")] : [])].join("\n\n");
  });
  return [`# ${title}`, ...parts].join("\n\n") + "\n";
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:76rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}
table{border-collapse:collapse;font-size:.85rem;margin:1rem 0}td,th{padding:.25rem .5rem;text-align:left;vertical-align:top;
border-bottom:1px solid #d8dee4}thead th{border-bottom:2px solid #59636e}p{max-width:50rem}.table{overflow-x:auto}
td{min-width:15rem}.short{white-space:nowrap;min-width:0}h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}figure{margin:1.5rem 0}
svg{max-width:100%;height:auto}@media print{body{margin:0;max-width:none}table{font-size:.68rem}tr{break-inside:avoid}
td,th{padding:.2rem .35rem;min-width:0;white-space:normal!important}}`;

/** Up to so many characters a cell stays on one line: a value with its interval is read at a glance. */
const LONGEST_LINE = 30;

/** Sections as one HTML page that needs nothing from outside. */
export function htmlPage(title: string, sections: readonly Section[]): string {
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title>` +
    `<style>${STYLE}</style></head>`,
    `<body><h1>${escaped(title)}</h1>`,
    ...sections.map(htmlSection),
    "</body></html>",
    "",
  ].join("\n");
}

function htmlSection({ title, sentences, figure = "", table }: Section): string {
  const row = (tag: string, cells: readonly string[]) => {
    const shown = cells.map((text) =>
      `<${tag}${text.length <= LONGEST_LINE ? ' class="short"' : ""}>${escaped(text)}</${tag}>`
    );
    return `<tr>${shown.join("")}</tr>`;
  };
  const rows = table?.rows.map((cells) => row("td", cells)).join("\n");
  const body = table === undefined
    ? ""
    : `<div class="table"><table><thead>${row("th", table.head)}</thead><tbody>${rows}</tbody></table></div>`;
  const words = sentences.map((text) => `<p>${escaped(text)}</p>`).join("");
  return `<section><h2>${escaped(title)}</h2>${words}${figure}${body}</section>`;
}

/** Text that HTML and SVG show as it is. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
