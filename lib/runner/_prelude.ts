/**
 * What the prelude tells the runner, beside what cells show. On the iopub channel, as messages of these types:
 * `runner_drained`: the cell is evaluated, and all that it showed so far was sent; `runner_late`: an error that no cell
 * would have reported, with the cell that caused it; `runner_exiting`: a cell ends the kernel.
 */
export type PreludeReport =
  | { type: "runner_drained"; cell: number; event: number }
  | { type: "runner_late"; cell?: number; name: string; message: string; stack: string }
  | { type: "runner_exiting"; code: number; event: number };

/** The cell of the `runner_drained` report that answers SIGINT. */
export const SIGNAL_CELL = -1;

/** Key of the metadata of a display that holds the number of its event. */
export const EVENT_KEY = "runner_event";

/** Code that the kernel runs before the first cell. */
export function preludeCode(mark: string, workingFolder: string): string {
  return `(${prelude})(...${JSON.stringify([mark, workingFolder, SIGNAL_CELL, EVENT_KEY])})`;
}

/** Code that says which cell runs from here on. */
export function enterCell(mark: string, cell: number): string {
  return `globalThis[Symbol.for(${JSON.stringify(mark)})].enter(${cell});`;
}

/** Code before and after an expression whose value the cell shows. */
export function keepValue(mark: string): [before: string, after: string] {
  return [`globalThis[Symbol.for(${JSON.stringify(mark)})].keep((`, "))"];
}

interface KernelInternals {
  Console: new (print: (text: string, level: number) => void) => Console;
  jupyter: {
    broadcastResult(executionCount: number, value: unknown): Promise<void>;
    formatInner(value: unknown, isRaw?: boolean): Promise<Record<string, unknown>>;
  };
}

interface DisplayOptions {
  raw?: boolean;
  update?: boolean;
  display_id?: string;
}

/**
 * Runs inside the kernel, so it uses nothing from outside of it.
 *
 * - What the console prints goes to the pipes of the kernel's own stdout and stderr, where it stays in order with what
 *   native libraries and child processes write there, and is not lost however the kernel ends. Every event (a print, a
 *   display, the end of a cell) has a number, which is written to both pipes before it: the mark, the number and how
 *   many bytes the event itself prints here. So the order across pipes and displays is known.
 * - What cells and child processes write to `Deno.stdout` and `Deno.stderr`, which the kernel sends nowhere, goes to
 *   the same pipes.
 * - The value of a cell is shown also where the kernel forgets it, and then the cell is reported as drained.
 * - Throws in timers and event listeners, which would hang the kernel for ever, and unhandled rejections, which it
 *   would swallow, are reported with the cell that started what threw.
 * - `Deno.exit` and `process.exit` wait until what was shown has left the kernel, which otherwise loses it.
 */
function prelude(mark: string, workingFolder: string, signalCell: number, eventKey: string): void {
  const builtin = (name: string) => globalThis.process.getBuiltinModule(name);
  const internal: KernelInternals = Reflect.get(Deno, Reflect.get(Deno, "internal"));
  const send = Deno.jupyter.broadcast;
  const encoder = new TextEncoder();
  const runningCell = new (builtin("node:async_hooks") as typeof import("node:async_hooks")).AsyncLocalStorage<
    number
  >();
  const pipes = ["/dev/stdout", "/dev/stderr"].map((path) => Deno.openSync(path, { write: true }));
  const noText = new Uint8Array();
  let event = 0;
  let cell = 0;
  let kept: { value: unknown } | undefined;

  const writeWhole = (pipe: Deno.FsFile, bytes: Uint8Array) => {
    for (let sent = 0; sent < bytes.length;) sent += pipe.writeSync(sent === 0 ? bytes : bytes.subarray(sent));
  };
  /** Begins an event, which may print. */
  const begin = (printing = -1, text = noText): number => {
    event++;
    const markOther = encoder.encode(`${mark}${event} 0\n`);
    for (const [i, pipe] of pipes.entries()) {
      if (i !== printing) writeWhole(pipe, markOther);
    }
    if (printing >= 0) {
      const markOwn = encoder.encode(`${mark}${event} ${text.length}\n`);
      const bytes = new Uint8Array(markOwn.length + text.length);
      bytes.set(markOwn);
      bytes.set(text, markOwn.length);
      writeWhole(pipes[printing], bytes);
    }
    return event;
  };
  const drained = (of: number) => send("runner_drained", { cell: of, event: begin() });
  let timerError: { thrown: unknown; cell: number | undefined } | undefined;
  const late = (thrown: unknown, cell = runningCell.getStore()) => {
    const isError = thrown instanceof Error;
    const message = isError ? thrown.message : typeof thrown === "string" ? thrown : Deno.inspect(thrown);
    const name = isError ? thrown.name : "Error";
    send("runner_late", { cell, name, message, stack: Deno.inspect(thrown) });
  };

  Object.assign(
    console,
    new internal.Console((text, level) => void begin(level > 1 ? 1 : 0, encoder.encode(text))),
  );
  const broadcast: typeof send = (type, content, { metadata = {}, buffers = [] } = {}) =>
    send(type, content, { metadata: { ...metadata, [eventKey]: begin() }, buffers });
  Object.assign(Deno.jupyter, {
    broadcast,
    async display(value: unknown, { raw = false, update = false, display_id }: DisplayOptions = {}) {
      const data = await internal.jupyter.formatInner(value, raw);
      const transient = display_id ? { display_id } : {};
      await broadcast(update ? "update_display_data" : "display_data", { data, metadata: {}, transient });
    },
  });
  const { broadcastResult } = internal.jupyter;
  internal.jupyter.broadcastResult = async (executionCount, value) => {
    const of = cell;
    const shown = kept === undefined ? value : kept.value;
    kept = undefined;
    await broadcastResult(executionCount, shown);
    await new Promise((go) => (builtin("node:timers") as typeof import("node:timers")).setImmediate(go)); // for rejections
    drained(of);
  };
  Object.defineProperty(globalThis, Symbol.for(mark), {
    value: {
      enter(number: number) {
        cell = number;
        kept = undefined;
        runningCell.enterWith(number);
      },
      keep(value: unknown) {
        kept = { value };
        return value;
      },
    },
  });

  // what a timer throws is reported when its context has gone
  for (const name of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"] as const) {
    const start = new Proxy(Reflect.get(globalThis, name), {
      apply(target, self, [callback, ...more]) {
        const remembering = function (this: unknown, ...values: unknown[]) {
          try {
            return Reflect.apply(callback, this, values);
          } catch (thrown) {
            timerError = { thrown, cell: runningCell.getStore() };
            throw thrown;
          }
        };
        return Reflect.apply(target, self, [typeof callback === "function" ? remembering : callback, ...more]);
      },
    });
    Object.defineProperty(globalThis, name, { value: start, writable: true, configurable: true });
  }
  addEventListener("error", (event) => {
    event.preventDefault();
    const thrown = event.error ?? event.message;
    late(thrown, timerError?.thrown === thrown ? timerError?.cell : undefined);
  });
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    late(event.reason);
  });
  Deno.addSignalListener("SIGINT", () => drained(signalCell));
  const exit = Deno.exit;
  Deno.exit = globalThis.process.exit = (code) => {
    send("runner_exiting", { code: Number(code ?? Deno.exitCode), event: begin() });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000);
    return exit(Number(code));
  };
  Deno.chdir(workingFolder);

  // On Linux the kernel's `Deno.stdout` is an inner pipe that nobody reads: find its descriptor by trying, and let it be
  // the process's own stdout. The other descriptors of that pipe are the kernel's, and stay.
  if (Deno.build.os !== "linux") return;
  const { fstatSync } = builtin("node:fs") as typeof import("node:fs");
  const libc = Deno.dlopen("libc.so.6", {
    dup: { parameters: ["i32"], result: "i32" },
    dup2: { parameters: ["i32", "i32"], result: "i32" },
    close: { parameters: ["i32"], result: "i32" },
  });
  for (const stream of [1, 2]) {
    const { ino } = fstatSync(stream);
    for (const { name } of Deno.readDirSync("/proc/self/fd")) {
      const descriptor = Number(name);
      let target = "";
      try {
        target = Deno.readLinkSync(`/proc/self/fd/${name}`);
      } catch {
        continue; // that of the listing itself
      }
      if (descriptor <= 2 || target !== `pipe:[${ino}]`) continue;
      const former = libc.symbols.dup(descriptor);
      libc.symbols.dup2(stream, descriptor);
      if (fstatSync(stream).ino === ino) libc.symbols.dup2(former, descriptor);
      libc.symbols.close(former);
    }
  }
  libc.close();
}
