/** Executes notebooks of the Deno kernel headlessly, without losing an output, and renders what came out as HTML. */
export * from "./execute_cell.ts";
export * from "./kernel.ts";
export * from "./notebook_file.ts";
export * from "./parameters.ts";
export * from "./run_notebook.ts";
export * from "./run_notebooks.ts";
export * from "./html_page.ts";
