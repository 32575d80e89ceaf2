import { type CellValue, columnNames, isMissing, type TableRows } from "./_table_cells.ts";

/** Rows as CSV (RFC 4180, line feeds): numbers with all their digits, missing values as empty fields. */
export function csvOf(rows: TableRows): string {
  const names = columnNames(rows);
  return [names, ...rows.map((row) => names.map((name) => fieldOf(row[name])))]
    .map((fields) => fields.map(quoted).join(",") + "\n").join("");
}

function fieldOf(value: CellValue): string {
  if (isMissing(value)) return "";
  return value instanceof Date ? value.toISOString() : `${value}`;
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
