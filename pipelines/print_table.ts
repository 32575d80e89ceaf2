import { stripVTControlCharacters } from "node:util";
import { chalk } from "zx";

/** Prints a table whose columns are as wide as their widest cell; colours take no width. */
export function printTable(header: string[], rows: string[][]): void {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => stripVTControlCharacters(row[column]).length))
  );
  const line = (cells: string[]) =>
    cells.map((cell, column) => cell + " ".repeat(widths[column] - stripVTControlCharacters(cell).length)).join("  ")
      .trimEnd();
  console.log(`\n${chalk.bold(line(header))}`);
  for (const row of rows) console.log(line(row));
}
