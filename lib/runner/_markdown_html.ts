import { Marked } from "marked";
import { escapeHtml } from "./_ansi_html.ts";
import type { MimeBundle } from "./notebook_file.ts";

/**
 * Markdown as HTML. Pictures attached to the cell are put into the page; others become links to them, so that the page
 * loads nothing.
 */
export function markdownToHtml(text: string, attachments: Record<string, MimeBundle> = {}): string {
  const marked = new Marked({
    gfm: true,
    renderer: {
      image({ href, text }) {
        const [type, content] = Object.entries(attachments[decodeURI(href.replace(/^attachment:/, ""))] ?? {})[0] ?? [];
        if (type === undefined) return `<a href="${escapeHtml(href)}">${escapeHtml(text || href)}</a>`;
        return `<img src="data:${type};base64,${escapeHtml(String(content))}" alt="${escapeHtml(text)}">`;
      },
    },
  });
  return marked.parse(text, { async: false });
}
