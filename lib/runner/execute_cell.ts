import { cellCode, cellTraceback } from "./_cell_code.ts";
import { CellOutputs, type Displays } from "./_cell_outputs.ts";
import { explainSyntaxError } from "./_explain_syntax_error.ts";
import { enterCell, EVENT_KEY, type PreludeReport, SIGNAL_CELL } from "./_prelude.ts";
import { within } from "./_within.ts";
import type { Kernel, KernelOutput } from "./kernel.ts";
import type { JupyterMessage } from "./message.ts";
import type { CellOutput } from "./notebook_file.ts";

/**
 * How the execution of a cell ended: `ok`; `error`, the cell threw, or something that it started did; `timeout`;
 * `interrupted`, by the caller's signal or because a cell before it failed; `died`, the kernel ended.
 */
export type CellStatus = "ok" | "error" | "timeout" | "interrupted" | "died";

/** Options of {@linkcode executeCell}. */
export interface ExecuteCellOptions {
  /** Displays of the cells before, which this cell may update; those of this cell are added. Default: none. */
  displays?: Displays;
  /**
   * Executions of the cells before on this kernel. Where something that one of them started throws while this cell runs,
   * that one turns into an `error` and its outputs say so. Default: none, the error is this cell's.
   */
  earlier?: readonly CellExecution[];
  /** Number to show beside the value of the cell. Default: none. */
  executionCount?: number | null;
  /** Default 3600. */
  timeoutSeconds?: number;
  /** What is said when that time is over. Default: that the cell did not end in time. */
  timeoutReason?: string;
  /** Called whenever the cell shows something, with a function that gives all that it has shown so far. */
  onOutput?: (soFar: () => CellOutput[]) => void;
  /** Stops the cell when aborted. */
  signal?: AbortSignal;
}

/** What {@linkcode executeCell} gives. */
export interface CellExecution {
  /** Number of the cell among those that its kernel executed. */
  cell: number;
  status: CellStatus;
  /** What the cell showed, in order. Where the status is not `ok`, an error that says why is among the last. */
  outputs: CellOutput[];
}

type LateError = Extract<PreludeReport, { type: "runner_late" }>;

/** How a cell came to its end: by the reply to it, or for another reason. */
interface CellEnding {
  status: CellStatus;
  reply?: JupyterMessage;
  reason?: string;
}

/** Something that the kernel showed, and when. */
interface Shown {
  /** Number of the last event before it. */
  event: number;
  /** Whether it is that event rather than something after it. */
  isEvent: boolean;
  addTo: (outputs: CellOutputs) => void;
}

/** Names of the errors that this program adds to what a cell shows. */
const ERROR_NAMES = {
  ok: "",
  error: "Error",
  timeout: "CellTimeout",
  interrupted: "CellInterrupted",
  died: "KernelDied",
} as const;

/** How long a cell may go on after something that it, or a cell before, started threw. */
const LATE_ERROR_GRACE_MS = 1000;
const SIGNAL_WAIT_MS = 250;
const INTERRUPT_WAIT_MS = 3000;

/** What the kernel prints itself where a cell is ended, or has to wait for what the garbage collector has taken. */
const KERNEL_NOISE = /^CDP response has null result\..*\n/gm;
const NEVER_ENDS = {
  noise: /"Promise was collected"/,
  reason: "the cell awaits a promise that nothing can settle any more",
};

/** What the kernel says, without a reason, of code that cannot be parsed, of missing packages and of interrupts. */
const EXECUTION_FAILED = "Execution failed";

/**
 * Executes code and collects everything that it shows, without losing or misplacing any.
 *
 * The kernel says that it is idle before its output has left, so that message proves nothing. Instead, code that runs in
 * the kernel from its start (`_prelude.ts`) numbers all that is shown, on whichever way it comes, and tells the number
 * at the end of the cell; the cell has ended when everything before that number has come. What child processes and
 * native libraries write to the kernel's stdout and stderr belongs to the cell that runs at that time.
 *
 * A value is shown as the kernel shows it, and null, bigint, NaN, infinities and -0 too, which it forgets. A throw in a
 * timer or an unhandled rejection fails the cell that started what threw, even if that cell has ended.
 *
 * The kernel is stopped if the cell does not end by itself: an interrupted kernel is in an unknown state.
 */
export async function executeCell(
  kernel: Kernel,
  code: string,
  {
    displays = new Map(),
    earlier = [],
    executionCount = null,
    timeoutSeconds = 3600,
    timeoutReason = `the cell did not end within ${timeoutSeconds} s`,
    onOutput = () => {},
    signal,
  }: ExecuteCellOptions = {},
): Promise<CellExecution> {
  const cell = kernel.nextCell();
  const shown: Shown[] = [];
  const lateErrors: LateError[] = [];
  const timers: ReturnType<typeof setTimeout>[] = [];
  let lastEvent = 0;
  let drain: { cell: number; resolve: (event: number) => void } | undefined;
  const { promise: ending, resolve: end } = Promise.withResolvers<CellEnding>();
  const endAfter = (milliseconds: number, how: CellEnding) => timers.push(setTimeout(() => end(how), milliseconds));

  const collect = (displays: Displays): CellOutputs => {
    const outputs = new CellOutputs(displays);
    shown.sort((a, b) => a.event - b.event || Number(b.isEvent) - Number(a.isEvent)); // equals stay in order of arrival
    for (const { addTo } of shown) addTo(outputs);
    outputs.removeText("stderr", KERNEL_NOISE);
    return outputs;
  };
  const soFar = (): CellOutput[] => {
    const outputs = collect(new Map(displays));
    outputs.settle(executionCount);
    return outputs.list;
  };
  const show = (piece: Shown) => {
    shown.push(piece);
    onOutput(soFar);
  };
  const takeLate = (error: LateError) => {
    const culprit = earlier.find((execution) => execution.cell === error.cell);
    if (culprit === undefined) {
      lateErrors.push(error);
      endAfter(LATE_ERROR_GRACE_MS, { status: "error" });
    } else {
      culprit.status = "error";
      culprit.outputs.push(lateErrorOutput(error));
      endAfter(LATE_ERROR_GRACE_MS, { status: "interrupted", reason: "a cell before it failed while it ran" });
    }
  };
  const take = (output: KernelOutput) => {
    if ("text" in output) {
      const { stream, text, event, isOwn } = output;
      lastEvent = Math.max(lastEvent, event);
      show({ event, isEvent: isOwn, addTo: (outputs) => outputs.addStream(stream, text) });
      return;
    }
    const report = { type: output.type, ...output.content } as PreludeReport;
    if (report.type === "runner_late") {
      takeLate(report);
    } else if (report.type === "runner_drained") {
      if (report.cell === drain?.cell) drain.resolve(report.event);
    } else if (report.type === "runner_exiting") {
      const reason = `the cell ended the kernel with exit code ${report.code}`;
      kernel.reached(report.event).then(() => end({ status: "died", reason }));
    } else {
      const event = output.metadata[EVENT_KEY];
      const isEvent = typeof event === "number";
      if (isEvent) lastEvent = Math.max(lastEvent, event);
      // what the kernel itself says of the end of the cell may overtake what the cell showed before, or cleared
      const isEnd = output.type === "error" || output.type === "execute_result";
      const place = isEvent ? event : isEnd ? Infinity : lastEvent;
      show({ event: place, isEvent, addTo: (outputs) => outputs.take(output) });
    }
  };
  /** Waits until the cell with that number is evaluated and all that was shown until then has come. */
  const drained = async (cell: number) => {
    await kernel.reached(await new Promise<number>((resolve) => drain = { cell, resolve }));
  };

  const cellDrained = drained(cell);
  kernel.takeOutput(take);
  const request = kernel.execute(cellCode(kernel.mark, cell, code));
  const finished = request.reply.then(async (reply) => {
    if (reply === undefined) return; // the kernel has ended, see below
    if (reply.content.status === "ok") {
      await cellDrained;
    } else {
      const next = kernel.nextCell();
      const nextDrained = drained(next);
      kernel.execute(enterCell(kernel.mark, next));
      await nextDrained;
    }
    end({ status: reply.content.status === "ok" ? "ok" : "error", reply });
  });
  kernel.ended.then((how) => end({ status: "died", reason: `the kernel ended with ${how}` }));
  endAfter(timeoutSeconds * 1000, { status: "timeout", reason: timeoutReason });
  const interrupt = () => end({ status: "interrupted", reason: "the run was interrupted" });
  if (signal?.aborted) interrupt();
  signal?.addEventListener("abort", interrupt);

  const { status, reply, reason } = await ending;
  timers.forEach(clearTimeout);
  signal?.removeEventListener("abort", interrupt);
  let isForced = false;
  if (reply === undefined) {
    const answered = drained(SIGNAL_CELL);
    kernel.signal(); // reaches a cell that awaits; after an interrupt it would be swallowed
    if (!await within(SIGNAL_WAIT_MS, Promise.race([answered, kernel.ended]))) {
      kernel.interrupt(); // reaches a cell that computes
      isForced = true;
      await within(INTERRUPT_WAIT_MS, Promise.race([finished, kernel.ended]));
    }
    await kernel.stop();
  }
  kernel.takeOutput();

  const outputs = collect(displays);
  if (isForced) outputs.removeErrors(EXECUTION_FAILED);
  if (reply !== undefined && reply.content.status !== "ok") await explainFailure(outputs, code, kernel);
  outputs.settle(executionCount);
  const isThrown = outputs.list.some((output) => output.output_type === "error");
  for (const error of lateErrors) outputs.list.push(lateErrorOutput(error));
  if (reason !== undefined) {
    outputs.addError(ERROR_NAMES[status], reason, [`${ERROR_NAMES[status]}: ${reason}`]);
  }
  const isFailed = isThrown || lateErrors.length > 0;
  return { cell, status: status === "ok" && isFailed ? "error" : status, outputs: outputs.list };
}

function lateErrorOutput({ name, message, stack }: LateError): CellOutput {
  return { output_type: "error", ename: name, evalue: message, traceback: cellTraceback(stack.split("\n")) };
}

/** Says what the kernel leaves unsaid about a cell that failed. */
async function explainFailure(outputs: CellOutputs, code: string, kernel: Kernel): Promise<void> {
  const error = outputs.list.findLast((output) => output.output_type === "error");
  if (error !== undefined && (error.evalue !== EXECUTION_FAILED || error.traceback.length > 0)) return;
  outputs.removeErrors(EXECUTION_FAILED);
  if (NEVER_ENDS.noise.test(kernel.text)) return outputs.addError("Error", NEVER_ENDS.reason, [NEVER_ENDS.reason]);
  const syntaxError = await explainSyntaxError(code);
  if (syntaxError) outputs.addError("SyntaxError", syntaxError.message, syntaxError.traceback);
  else outputs.addError("Error", EXECUTION_FAILED, [EXECUTION_FAILED]);
}
