import { randomUUID } from "node:crypto";
import { CellOutputs, type Displays } from "./_cell_outputs.ts";
import { explainSyntaxError } from "./_explain_syntax_error.ts";
import { drainRequest, type PreludeReport, readPreludeReport, SIGNAL_ID } from "./_prelude.ts";
import { within } from "./_within.ts";
import type { Kernel } from "./kernel.ts";
import type { JupyterMessage } from "./message.ts";
import type { CellOutput } from "./notebook_file.ts";

/**
 * How the execution of a cell ended: `ok`; `error`, the cell threw, or something that it started did; `timeout`;
 * `interrupted`, by the caller's signal; `died`, the kernel ended.
 */
export type CellStatus = "ok" | "error" | "timeout" | "interrupted" | "died";

/** Options of {@linkcode executeCell}. */
export interface ExecuteCellOptions {
  /** Displays of the cells before, which this cell may update; those of this cell are added. Default: none. */
  displays?: Displays;
  /** Number to show beside the value of the cell. Default: none. */
  executionCount?: number | null;
  /** Default 3600. */
  timeoutSeconds?: number;
  /** Stops the cell when aborted. */
  signal?: AbortSignal;
}

/** What {@linkcode executeCell} gives. */
export interface CellExecution {
  status: CellStatus;
  /** What the cell showed, in order. Where the status is not `ok`, an error that says why is among the last. */
  outputs: CellOutput[];
}

type LateError = Extract<PreludeReport, { kind: "late" }>;

/** How a cell came to its end: by the reply to it, or for another reason. */
interface CellEnding {
  status: CellStatus;
  reply?: JupyterMessage;
  reason?: string;
}

/** Names of the errors that this program adds to what a cell shows. */
const ERROR_NAMES = {
  ok: "",
  error: "Error",
  timeout: "CellTimeout",
  interrupted: "CellInterrupted",
  died: "KernelDied",
} as const;

/** How long a cell may go on after something that it started threw. */
const LATE_ERROR_GRACE_MS = 1000;
const SIGNAL_WAIT_MS = 250;
const INTERRUPT_WAIT_MS = 3000;

/** What the kernel says, without a reason, of code that cannot be parsed, of missing packages and of interrupts. */
const EXECUTION_FAILED = "Execution failed";

/**
 * Executes code and collects everything that it shows, without losing or misplacing any.
 *
 * The kernel says that it is idle before its output has left, so that message proves nothing. Instead, a second request
 * prints a secret mark on stdout and on stderr. The outputs of the cell are what arrives, in order of arrival, until the
 * mark was seen on both and the second request is idle.
 *
 * A throw in a timer or an unhandled rejection fails the cell during which it happens.
 *
 * The kernel is stopped if the cell does not end by itself: an interrupted kernel is in an unknown state.
 */
export async function executeCell(
  kernel: Kernel,
  code: string,
  { displays = new Map(), executionCount = null, timeoutSeconds = 3600, signal }: ExecuteCellOptions = {},
): Promise<CellExecution> {
  const outputs = new CellOutputs(displays);
  const lateErrors: LateError[] = [];
  const timers: ReturnType<typeof setTimeout>[] = [];
  const heard = new Heard();
  const { promise: ending, resolve: end } = Promise.withResolvers<CellEnding>();
  const endAfter = (milliseconds: number, how: CellEnding) => timers.push(setTimeout(() => end(how), milliseconds));

  kernel.onOutput = (message) => {
    const report = message.type === "stream" ? readPreludeReport(kernel.mark, String(message.content.text)) : undefined;
    if (report?.kind === "late") {
      lateErrors.push(report);
      endAfter(LATE_ERROR_GRACE_MS, { status: "error" });
    } else if (report?.kind === "drained") {
      heard.add(`${report.id} ${message.content.name}`);
    } else if (report?.kind === "exiting") {
      heard.add(`exiting ${message.content.name}`);
      const reason = `the cell ended the kernel with exit code ${report.code}`;
      heard.all("exiting stdout", "exiting stderr").then(() => end({ status: "died", reason }));
    } else if (message.type === "status" && message.content.execution_state === "idle") {
      heard.add(`${message.parentId} idle`);
    } else {
      outputs.take(message);
    }
  };
  const drain = async () => {
    const id = randomUUID();
    const request = kernel.execute(drainRequest(kernel.mark, id));
    await heard.all(`${id} stdout`, `${id} stderr`, `${request.id} idle`);
  };

  const request = kernel.execute(code);
  const finished = request.reply.then(async (reply) => {
    if (reply === undefined) return; // the kernel has ended, see below
    await drain();
    end({ status: reply.content.status === "ok" ? "ok" : "error", reply });
  });
  kernel.ended.then((how) => end({ status: "died", reason: `the kernel ended with ${how}` }));
  endAfter(timeoutSeconds * 1000, { status: "timeout", reason: `the cell did not end within ${timeoutSeconds} s` });
  const interrupt = () => end({ status: "interrupted", reason: "the run was interrupted" });
  if (signal?.aborted) interrupt();
  signal?.addEventListener("abort", interrupt);

  const { status, reply, reason } = await ending;
  timers.forEach(clearTimeout);
  signal?.removeEventListener("abort", interrupt);
  if (reply === undefined) {
    kernel.signal(); // reaches a cell that awaits; after an interrupt it would be swallowed
    const answered = heard.all(`${SIGNAL_ID} stdout`, `${SIGNAL_ID} stderr`);
    if (!await within(SIGNAL_WAIT_MS, Promise.race([answered, kernel.ended]))) {
      kernel.interrupt(); // reaches a cell that computes
      await within(INTERRUPT_WAIT_MS, Promise.race([finished, kernel.ended]));
      outputs.removeErrors(EXECUTION_FAILED);
    }
    await kernel.stop();
  } else if (reply.content.status !== "ok") {
    await explainFailure(outputs, code, kernel);
  }
  kernel.onOutput = () => {};

  outputs.settle(executionCount);
  for (const { name, message, stack } of lateErrors) outputs.addError(name, message, stack.split("\n"));
  if (reason !== undefined) {
    const printed = status === "died" ? `\n${kernel.text}`.trimEnd() : "";
    outputs.addError(ERROR_NAMES[status], reason, `${ERROR_NAMES[status]}: ${reason}${printed}`.split("\n"));
  }
  return { status: status === "ok" && lateErrors.length > 0 ? "error" : status, outputs: outputs.list };
}

/** Says what the kernel leaves unsaid about a cell that failed. */
async function explainFailure(outputs: CellOutputs, code: string, kernel: Kernel): Promise<void> {
  const error = outputs.list.findLast((output) => output.output_type === "error");
  if (error !== undefined && (error.evalue !== EXECUTION_FAILED || error.traceback.length > 0)) return;
  outputs.removeErrors(EXECUTION_FAILED);
  const syntaxError = await explainSyntaxError(code);
  if (syntaxError) outputs.addError("SyntaxError", syntaxError.message, syntaxError.traceback);
  else outputs.addError("Error", EXECUTION_FAILED, kernel.text.trim().split("\n"));
}

/** Remembers what was heard from the kernel, and tells when all of some things were. */
class Heard {
  #things = new Set<string>();
  #waiting: { wanted: string[]; resolve: () => void }[] = [];

  add(thing: string): void {
    this.#things.add(thing);
    this.#waiting = this.#waiting.filter(({ wanted, resolve }) => {
      const complete = wanted.every((each) => this.#things.has(each));
      if (complete) resolve();
      return !complete;
    });
  }

  all(...wanted: string[]): Promise<void> {
    if (wanted.every((each) => this.#things.has(each))) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ wanted, resolve }));
  }
}
