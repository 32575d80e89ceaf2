import { basename, dirname, join, resolve } from "node:path";
import type { Displays } from "./_cell_outputs.ts";
import { Checkpoints } from "./_checkpoints.ts";
import { rescueNotebook } from "./_rescue_notebook.ts";
import { type CellFault, checkCells, describeFault } from "./check_cells.ts";
import { type CellExecution, type CellStatus, executeCell } from "./execute_cell.ts";
import { Kernel } from "./kernel.ts";
import { type CodeCell, executedCells, readNotebook, stripNotebook, writeNotebook } from "./notebook_file.ts";
import {
  injectParameters,
  type ParameterOverrides,
  type ParameterValue,
  readParameters,
  resolveParameters,
} from "./parameters.ts";

/** How a run ended: as its last cell did; or `refused`, nothing was executed since cells are faulty. */
export type RunStatus = CellStatus | "refused";

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
  /** Longest time for the whole run, from the start of the kernel. Default: none. */
  runTimeoutSeconds?: number;
  /**
   * Which faults of the code keep the notebook from being executed: `types`, what cannot be parsed and types that do
   * not fit; `all`, what the linter finds too; `none`, cells are not checked. Default `types`.
   */
  check?: "types" | "all" | "none";
  /** Folder in which cells run. Default: that of the notebook. `deno.json` is always looked for from the notebook upwards. */
  workingFolder?: string;
  /** Environment variables for the kernel beside those of this process, and `JPY_SESSION_NAME`, the notebook's path. */
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
  /** Such as `RangeError`, `CellFault`, `CellTimeout`, `CellInterrupted` or `KernelDied`. */
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
  /** What is wrong in the code of cells, whether it kept them from being executed or not. */
  faults: CellFault[];
}

const START_TIMEOUT_SECONDS = 60;
/** Tells cells which notebook they stand in, as Jupyter's server does: a record of what was tried can name it. */
const NOTEBOOK_VARIABLE = "JPY_SESSION_NAME";
const FAULT_NAME = "CellFault";
const LONGEST_TIMEOUT_SECONDS = 2_000_000; // timers count milliseconds in 31 bits

/**
 * Executes a notebook on a Deno kernel of its own, from its first cell to its last or to the first that fails.
 *
 * While the kernel starts, all cells are parsed, type-checked and linted (see {@linkcode checkCells}); where they are
 * faulty, none is executed.
 *
 * Whatever happens after the start, a valid notebook with all outputs up to that point is left at `executedPath`: when a
 * cell throws, takes too long, uses up the memory or ends the kernel, and when the run is interrupted. Where this
 * process is killed, it holds what was shown up to a few seconds before. It says how it went under the key `runner` of
 * its metadata.
 *
 * @throws {SyntaxError} If the file is no notebook for Deno.
 * @throws {RangeError | TypeError} If a parameter is unknown or does not fit, or an option cannot be. Nothing is
 * executed before these checks.
 * @throws {Error} If the kernel cannot start, the cells cannot be checked, or the executed notebook cannot be written,
 * such as to a full disk; it is then left in the folder for temporary files, if that has room.
 */
export async function runNotebook(path: string, options: RunNotebookOptions = {}): Promise<NotebookRun> {
  const { outputFolder = ".", timeoutSeconds = 3600, runTimeoutSeconds = Infinity, check = "types" } = options;
  const { signal, workingFolder, onProgress = () => {} } = options;
  const executedPath = options.executedPath ?? join(outputFolder, basename(path));
  if (resolve(executedPath) === resolve(path)) {
    throw new RangeError(
      `Cannot run ${path}: the executed notebook must go elsewhere, current path is ${executedPath}`,
    );
  }
  checkSeconds(path, { timeoutSeconds, ...runTimeoutSeconds === Infinity ? {} : { runTimeoutSeconds } });
  const source = stripNotebook(await readNotebook(path));
  const parameters = resolveParameters(readParameters(source), options.parameters ?? {});
  const notebook = injectParameters(source, parameters);
  const codeCells = executedCells(notebook);
  const start = new Date();
  const secondsLeft = () => runTimeoutSeconds - secondsSince(start);
  const run: NotebookRun = { status: "ok", parameters, executedPath, seconds: 0, cells: [], faults: [] };
  const save = (status: RunStatus | "running") => {
    run.seconds = secondsSince(start);
    notebook.metadata = describeRun(source.metadata, { ...run, status }, start);
    return writeNotebook(executedPath, notebook);
  };
  await save("running"); // a place that cannot be written shows now, not after an hour

  let showSoFar = () => {}; // of the cell that runs
  const checkpoints = new Checkpoints(() => {
    showSoFar();
    return save("running");
  });
  let kernel: Kernel | undefined;
  try {
    const startTimeoutSeconds = Math.min(START_TIMEOUT_SECONDS, runTimeoutSeconds);
    const [started, checked] = await Promise.allSettled([
      Kernel.start({
        ...options,
        folder: dirname(resolve(path)),
        environment: { [NOTEBOOK_VARIABLE]: resolve(path), ...options.environment },
        startTimeoutSeconds,
      }),
      check === "none" ? [] : checkCells(new Map([[path, source]]), { workingFolder, signal }),
    ]);
    if (started.status === "rejected") throw started.reason;
    kernel = started.value;
    if (checked.status === "fulfilled") run.faults = checked.value;
    else if (!signal?.aborted) throw checked.reason;
    options.onKernel?.(kernel.processId);
    const refusing = run.faults.filter(({ kind }) => check === "all" || kind !== "lint");
    if (refusing.length > 0) {
      run.status = "refused";
      run.failedCell = showFaults(refusing, codeCells);
    }
    const displays: Displays = new Map();
    const earlier: CellExecution[] = [];
    for (const [i, cell] of codeCells.entries()) {
      if (run.status === "ok" && (signal?.aborted || secondsLeft() <= 0)) {
        run.status = signal?.aborted ? "interrupted" : "timeout";
        const [errorName, errorMessage] = signal?.aborted
          ? ["CellInterrupted", "the run was interrupted before it"]
          : ["CellTimeout", `the ${runTimeoutSeconds} s of the run were over before it`];
        run.failedCell = { number: i + 1, id: cell.id, source: cell.source, errorName, errorMessage, traceback: [] };
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
      const isRunLimit = secondsLeft() < timeoutSeconds;
      const execution = await executeCell(kernel, cell.source, {
        displays,
        earlier,
        executionCount: cell.execution_count,
        timeoutSeconds: isRunLimit ? secondsLeft() : timeoutSeconds,
        ...isRunLimit ? { timeoutReason: `the run did not end within ${runTimeoutSeconds} s` } : {},
        onOutput: (soFar) => {
          showSoFar = () => cell.outputs = soFar();
          checkpoints.note();
        },
        signal,
      });
      const { status, outputs } = execution;
      showSoFar = () => {};
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
      checkpoints.note();
    }
  } catch (error) {
    run.status = "died";
    throw error;
  } finally {
    await kernel?.stop();
    await checkpoints.stop();
    await save(run.status).catch((cause) => rescueNotebook(executedPath, notebook, cause));
  }
  return run;
}

function checkSeconds(path: string, limits: Record<string, number>): void {
  for (const [name, value] of Object.entries(limits)) {
    if (value > 0 && value <= LONGEST_TIMEOUT_SECONDS) continue;
    throw new RangeError(
      `Cannot run ${path}: ${name} must be above 0 and at most ${LONGEST_TIMEOUT_SECONDS}, current value is ${value}`,
    );
  }
}

/** Shows each fault with its cell, as if the cell had thrown it; gives the first such cell. */
function showFaults(faults: readonly CellFault[], cells: readonly CodeCell[]): FailedCell {
  for (const fault of faults) {
    const evalue = describeFault(fault);
    cells.find(({ id }) => id === fault.id)?.outputs
      .push({ output_type: "error", ename: FAULT_NAME, evalue, traceback: [`${FAULT_NAME}: ${evalue}`] });
  }
  const number = cells.findIndex(({ id }) => id === faults[0].id) + 1;
  const { id, source } = cells[number - 1];
  const [first, ...others] = faults.map(describeFault);
  const errorMessage = others.length === 0 ? first : `${first}; ${others.length} more`;
  return { number, id, source, errorName: FAULT_NAME, errorMessage, traceback: others };
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

function describeRun(
  metadata: Record<string, unknown>,
  run: Omit<NotebookRun, "status"> & { status: RunStatus | "running" },
  start: Date,
): Record<string, unknown> {
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
