/** Executes notebooks of the Deno kernel headlessly, without losing an output, and renders what came out as HTML. */
export * from "./check_cells.ts";
export * from "./execute_cell.ts";
export { explainSyntaxError } from "./_explain_syntax_error.ts";
export * from "./kernel.ts";
export * from "./notebook_file.ts";
export * from "./parameters.ts";
export * from "./parameter_sweep.ts";
export * from "./progress_board.ts";
export * from "./progress_lines.ts";
export * from "./refuse_faulty_cells.ts";
export * from "./run_notebook.ts";
export * from "./run_notebooks.ts";
export * from "./html_page.ts";
export * from "./sweep_jobs.ts";
