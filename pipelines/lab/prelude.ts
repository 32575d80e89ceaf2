// What a kernel of JupyterLab runs before the first cell. The kernel knows no way to stop a cell that waits, so each wait
// of a cell's own goes through `orStopped` (see prepare_cell.ts), and SIGINT ends those that are under way.
(() => {
  const waits = new Set<() => void>();

  function orStopped<Value>(value: Value): Promise<Awaited<Value>> {
    const { promise: stopped, reject } = Promise.withResolvers<never>();
    const stop = () => {
      const error = new Error("the cell was stopped while it waited; what it waited for may go on");
      reject(Object.assign(error, { name: "Stopped", stack: `Stopped: ${error.message}` }));
    };
    waits.add(stop);
    return Promise.race([value, stopped]).finally(() => waits.delete(stop));
  }

  async function* eachOrStopped<Value>(values: AsyncIterable<Value> | Iterable<Value>): AsyncGenerator<Awaited<Value>> {
    const iterator = Symbol.asyncIterator in values ? values[Symbol.asyncIterator]() : values[Symbol.iterator]();
    let isDone = false;
    try {
      while (true) {
        const { value, done } = await orStopped(iterator.next());
        isDone = done ?? false;
        if (isDone) return;
        yield await orStopped(value);
      }
    } finally {
      if (!isDone) Promise.resolve(iterator.return?.()).catch(() => {}); // a stopped one may never answer
    }
  }

  Object.defineProperty(globalThis, Symbol.for("lab"), { value: { orStopped, eachOrStopped } });
  Deno.addSignalListener("SIGINT", () => waits.forEach((stop) => stop()));
  // A throw in a timer would hang the kernel for ever, a rejection that nobody handles would pass unseen.
  addEventListener("error", (event) => {
    event.preventDefault();
    console.error("Uncaught", event.error ?? event.message);
  });
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    console.error("Uncaught (in promise)", event.reason);
  });
})();
