import { LIMITS } from "./limits.ts";

/**
 * Every limit of the judge as a Markdown table, for pages: its name in {@linkcode LIMITS}, value, what it bounds, why.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(limitsTable(), /^\| limit +\| value \| bounds/);
 * ```
 */
export function limitsTable(): string {
  const heading = ["limit", "value", "bounds", "because"];
  const rows = Object.entries(LIMITS).map(([name, { value, bounds, argument }]) =>
    [`\`${name}\``, String(value), bounds, argument].map((cell) => cell.replaceAll("|", "\\|"))
  );
  const widths = heading.map((_, column) => Math.max(...[heading, ...rows].map((line) => line[column].length)));
  const lines = [heading, widths.map((width) => "-".repeat(width)), ...rows];
  return lines
    .map((cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |\n`)
    .join("");
}
