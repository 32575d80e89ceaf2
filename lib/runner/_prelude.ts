/**
 * Lines with this program's secret mark, printed by the prelude inside the kernel and never shown:
 * `drained`: everything printed before has arrived; `late`: an error that no cell would have reported;
 * `exiting`: a cell ends the kernel.
 */
export type PreludeReport =
  | { kind: "drained"; id: string }
  | { kind: "late"; name: string; message: string; stack: string }
  | { kind: "exiting"; code: number };

/** Id of the `drained` report that answers SIGINT. */
export const SIGNAL_ID = "signal";

/**
 * The code that the kernel runs before the first cell. It keeps the console as it was (a cell may replace it) and
 *
 * - answers {@linkcode drainRequest} and SIGINT with a `drained` report on stdout and on stderr;
 * - reports throws in timers and event listeners, which would hang the kernel for ever, and unhandled rejections, which
 *   it would swallow;
 * - lets `Deno.exit` and `process.exit` wait until what was printed has left the kernel, which otherwise loses it.
 */
export function preludeCode(mark: string, workingFolder: string): string {
  return `(() => {
  const { log, error } = console;
  const line = (report) => ${JSON.stringify(mark)} + JSON.stringify(report);
  const drained = (id) => { const text = line({ kind: "drained", id }); log(text); error(text); };
  const late = (thrown) => {
    const isError = thrown instanceof Error;
    const message = isError ? thrown.message : Deno.inspect(thrown);
    error(line({ kind: "late", name: isError ? thrown.name : "Error", message, stack: Deno.inspect(thrown) }));
  };
  addEventListener("error", (event) => { event.preventDefault(); late(event.error ?? event.message); });
  addEventListener("unhandledrejection", (event) => { event.preventDefault(); late(event.reason); });
  Deno.addSignalListener("SIGINT", () => drained(${JSON.stringify(SIGNAL_ID)}));
  const exit = Deno.exit;
  Deno.exit = globalThis.process.exit = (code) => {
    const text = line({ kind: "exiting", code: Number(code ?? Deno.exitCode) });
    log(text);
    error(text);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000);
    exit(code);
  };
  Object.defineProperty(globalThis, Symbol.for(${JSON.stringify(mark)}), { value: drained });
  Deno.chdir(${JSON.stringify(workingFolder)});
})()`;
}

/** The code that makes the kernel report `drained` with the given id. */
export function drainRequest(mark: string, id: string): string {
  return `globalThis[Symbol.for(${JSON.stringify(mark)})](${JSON.stringify(id)})`;
}

/** The report in a printed text, if it is one: each is printed by one call, so it is a message of its own. */
export function readPreludeReport(mark: string, text: string): PreludeReport | undefined {
  const start = text.indexOf(mark); // an open console.group indents it
  return start < 0 ? undefined : JSON.parse(text.slice(start + mark.length));
}
