import type { InfoSheet } from "./info_sheet.ts";

const OUTCOMES = { clear: "clear", found: "**found**", "not checked": "not checked" } as const;

/** An {@linkcode InfoSheet} as a page of Markdown: questions with their answers, checks below them, hashes at the end. */
export function infoSheetMarkdown({ sections, parts, record, signature }: InfoSheet): string {
  const lines = ["# Model info sheet", ""];
  for (const { title, answers } of sections) {
    lines.push(`## ${title}`, "");
    for (const { question, answer, checks } of answers) {
      lines.push(`**${question}** ${escaped(answer)}`, "");
      if (checks.length === 0) continue;
      lines.push("| check | outcome | step | column | what was seen |", "| --- | --- | --- | --- | --- |");
      for (const { check, outcome, step, column, words } of checks) {
        lines.push(`| ${[check, OUTCOMES[outcome], step, column ?? "", words].map(escaped).join(" | ")} |`);
      }
      lines.push("");
    }
  }
  lines.push("## Signed", "", "| part | SHA-256 |", "| --- | --- |");
  for (const [part, hash] of Object.entries(parts)) lines.push(`| ${part} | \`${hash}\` |`);
  lines.push(`| record in the ledger of trials | ${record === null ? "none: not counted" : `\`${record}\``} |`);
  lines.push(`| the sheet | \`${signature}\` |`, "");
  return lines.join("\n");
}

/** Text that a cell of a table can hold, shown as it is. */
function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll(/\s+/g, " ").replaceAll("<", "&lt;");
}
