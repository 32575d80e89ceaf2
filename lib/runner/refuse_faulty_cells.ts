import { checkCells, describeFault } from "./check_cells.ts";

/**
 * Makes sure that no cell of any of the notebooks is faulty, before the first of them runs: it would be a pity to learn
 * after an hour that the last cannot be parsed. Takes some 30 ms where nothing has changed since the last look.
 *
 * @throws {SyntaxError} If a cell cannot be parsed or its types do not fit, naming each. What the linter finds is left
 * to the report of the run.
 */
export async function refuseFaultyCells(paths: readonly string[], signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return;
  const faults = await checkCells([...new Set(paths)], { lint: false, signal }).catch((error) => {
    if (signal?.aborted) return []; // the check was ended, and nothing will run
    throw error;
  });
  if (faults.length === 0) return;
  throw new SyntaxError(
    `Cannot run notebooks: their cells must be sound, current faults are\n${faults.map(describeFault).join("\n")}`,
  );
}
