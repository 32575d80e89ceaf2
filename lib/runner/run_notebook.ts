import { basename, dirname, join, resolve } from "node:path";
import type { Displays } from "./_cell_outputs.ts";
import { type CellExecution, type CellStatus, executeCell } from "./execute_cell.ts";
import { Kernel } from "./kernel.ts";
import { type CodeCell, readNotebook, stripNotebook, writeNotebook } from "./notebook_file.ts";
import {
  injectParameters,
  type ParameterOverrides,
  type ParameterValue,
  readParameters,
  resolveParameters,
} from "./parameters.ts";

/** How a run ended: as its last cell did. */
export type RunStatus = CellStatus;

/** Options of {@linkcode runNotebook}. */
export interface RunNotebookOptions {
  /** Values to set instead of the defaults in the cell tagged `parameters`. Default: none. */
  parameters?: ParameterOverrides;
  /** Where the executed notebook goes. Default: under its own name in `outputFolder`. */
  executedPath?: string;
  /** Folder of the executed notebook where no `executedPath` is given. Default: the working folder of this process. */
  outputFolder?: string;
  /** Longest time for one cell. Default 3600. */
  timeoutSeconds?: number;
  /** Folder in which cells run. Default: that of the notebook. `deno.json` is always looked for from the notebook upwards. */
  workingFolder?: string;
  /** Environment variables for the kernel beside those of this process. */
  environment?: Record<string, string>;
  /** Called with the id of the kernel's process, which leads its group, once it answers. */
  onKernel?: (processId: number) => void;
  /** Called when a code cell starts and when it ends. */
  onProgress?: (progress: CellProgress) => void;
  /** Interrupts the run when aborted. */
  signal?: AbortSignal;
}

/** State of one code cell in a run. */
export interface CellProgress {
  /** Place among the code cells of the executed notebook, from 1: the number shown beside the cell. */
  number: number;
  /** How many code cells there are. */
  count: number;
  id: string;
  /** First line of the cell that is not empty. */
  title: string;
  status: "running" | CellStatus;
  /** Seconds since the cell started. */
  seconds: number;
}

/** The cell with which, or before which, a run ended early. */
export interface FailedCell {
  /** Place among the code cells, from 1. */
  number: number;
  id: string;
  source: string;
  /** Such as `RangeError`, `CellTimeout`, `CellInterrupted` or `KernelDied`. */
  errorName: string;
  errorMessage: string;
  traceback: string[];
}

/** What {@linkcode runNotebook} gives. */
export interface NotebookRun {
  status: RunStatus;
  /** Present unless the status is `ok`. */
  failedCell?: FailedCell;
  /** Values of all parameters, defaults included. */
  parameters: Record<string, ParameterValue>;
  executedPath: string;
  seconds: number;
  /** The code cells that were executed, in order. */
  cells: CellProgress[];
}

/** The executed notebook is also written while the run goes on, at most this often. */
const CHECKPOINT_SECONDS = 2;
const LONGEST_TIMEOUT_SECONDS = 2_000_000; // timers count milliseconds in 31 bits

/**
 * Executes a notebook on a Deno kernel of its own, from its first cell to its last or to the first that fails.
 *
 * Whatever happens after the start, a valid notebook with all outputs up to that point is left at `executedPath`: when a
 * cell throws, takes too long, uses up the memory or ends the kernel, and when the run is interrupted. It says how it
 * went under the key `runner` of its metadata.
 *
 * @throws {SyntaxError} If the file is no notebook for Deno.
 * @throws {RangeError | TypeError} If a parameter is unknown or does not fit, or an option cannot be. Nothing is
 * executed before these checks.
 * @throws {Error} If the kernel cannot start.
 */
export async function runNotebook(path: string, options: RunNotebookOptions = {}): Promise<NotebookRun> {
  const { outputFolder = ".", timeoutSeconds = 3600, signal, onProgress = () => {} } = options;
  const executedPath = options.executedPath ?? join(outputFolder, basename(path));
  if (resolve(executedPath) === resolve(path)) {
    throw new RangeError(
      `Cannot run ${path}: the executed notebook must go elsewhere, current path is ${executedPath}`,
    );
  }
  if (!(timeoutSeconds > 0 && timeoutSeconds <= LONGEST_TIMEOUT_SECONDS)) {
    throw new RangeError(
      `Cannot run ${path}: timeoutSeconds must be above 0 and at most ${LONGEST_TIMEOUT_SECONDS}, ` +
        `current value is ${timeoutSeconds}`,
    );
  }
  const source = stripNotebook(await readNotebook(path));
  const parameters = resolveParameters(readParameters(source), options.parameters ?? {});
  const notebook = injectParameters(source, parameters);
  const codeCells = notebook.cells.filter((cell) =>
    cell.cell_type === "code" && cell.source.trim() !== ""
  ) as CodeCell[];
  const start = new Date();
  const run: NotebookRun = { status: "ok", parameters, executedPath, seconds: 0, cells: [] };
  const save = () => {
    run.seconds = secondsSince(start);
    notebook.metadata = describeRun(source.metadata, run, start);
    return writeNotebook(executedPath, notebook);
  };
  await save(); // a place that cannot be written shows now, not after an hour

  const folder = dirname(resolve(path));
  let kernel: Kernel | undefined;
  try {
    kernel = await Kernel.start({ ...options, folder });
    options.onKernel?.(kernel.processId);
    const displays: Displays = new Map();
    const earlier: CellExecution[] = [];
    let lastSave = new Date();
    for (const [i, cell] of codeCells.entries()) {
      if (signal?.aborted) {
        run.status = "interrupted";
        const error = {
          errorName: "CellInterrupted",
          errorMessage: "the run was interrupted before it",
          traceback: [],
        };
        run.failedCell = { number: i + 1, id: cell.id, source: cell.source, ...error };
      }
      if (run.status !== "ok") break;
      const cellStart = new Date();
      const progress: CellProgress = {
        number: i + 1,
        count: codeCells.length,
        id: cell.id,
        title: cell.source.trim().split("\n", 1)[0],
        status: "running",
        seconds: 0,
      };
      onProgress(progress);
      cell.execution_count = i + 1;
      const execution = await executeCell(kernel, cell.source, {
        displays,
        earlier,
        executionCount: cell.execution_count,
        timeoutSeconds,
        signal,
      });
      const { status, outputs } = execution;
      cell.outputs = outputs;
      const seconds = secondsSince(cellStart);
      cell.metadata = { ...cell.metadata, runner: { status, startedAt: cellStart.toISOString(), seconds } };
      run.status = status;
      run.cells.push({ ...progress, status, seconds });
      if (status !== "ok") run.failedCell = describeFailure(cell, i + 1);
      onProgress({ ...progress, status, seconds });
      const culprit = earlier.findIndex((execution) => execution.status !== "ok");
      if (culprit >= 0) { // something that it started threw just now
        run.status = run.cells[culprit].status = "error";
        const { metadata } = codeCells[culprit];
        codeCells[culprit].metadata = { ...metadata, runner: { ...metadata.runner as object, status: "error" } };
        run.failedCell = describeFailure(codeCells[culprit], culprit + 1);
      }
      earlier.push(execution);
      if (secondsSince(lastSave) > CHECKPOINT_SECONDS) {
        await save();
        lastSave = new Date();
      }
    }
  } catch (error) {
    run.status = "died";
    throw error;
  } finally {
    await kernel?.stop();
    await save();
  }
  return run;
}

function describeFailure(cell: CodeCell, number: number): FailedCell {
  const error = cell.outputs.findLast((output) => output.output_type === "error");
  return {
    number,
    id: cell.id,
    source: cell.source,
    errorName: error?.ename ?? "Error",
    errorMessage: error?.evalue ?? "",
    traceback: error?.traceback ?? [],
  };
}

function describeRun(metadata: Record<string, unknown>, run: NotebookRun, start: Date): Record<string, unknown> {
  const { status, parameters, seconds, failedCell } = run;
  return {
    ...metadata,
    kernelspec: { name: "deno", display_name: "Deno", language: "typescript", ...metadata.kernelspec as object },
    language_info: { name: "typescript", file_extension: ".ts", ...metadata.language_info as object },
    runner: {
      status,
      startedAt: start.toISOString(),
      seconds,
      parameters,
      deno: Deno.version.deno,
      ...(failedCell ? { failedCell: failedCell.id } : {}),
    },
  };
}

function secondsSince(start: Date): number {
  return (Date.now() - start.getTime()) / 1000;
}
