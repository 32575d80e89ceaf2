/** What a notebook needs: to show figures, tables and text, and to leave a record of its run on disk. */
export * from "./display.ts";
export * from "./read_frame.ts";
export * from "./read_run.ts";
export * from "./run.ts";
export * from "./run_file.ts";
export * from "./run_notes.ts";
export * from "./show_figure.ts";
export * from "./show_markdown.ts";
export * from "./show_table.ts";
export type { CellValue, ColumnFormat, TableRows } from "./_table_cells.ts";
