/**
 * Executes one notebook, for compare_executors.ts: a process like those of the other executors.
 * Run: deno run -A lib/runner/bench/execute_one.ts notebook.ipynb executed.ipynb
 */
import { runNotebook } from "../run_notebook.ts";

const [path, executedPath] = Deno.args;
const { status } = await runNotebook(path, { executedPath, check: "none" });
Deno.exit(status === "ok" ? 0 : 1);
