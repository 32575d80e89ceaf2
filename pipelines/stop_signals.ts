/**
 * A signal that is aborted by the first Ctrl-C, hang-up or request to terminate, so that what runs can be left in order.
 * A second one ends the program at once; kernels do not outlive it.
 */
export function stopSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => controller.signal.aborted ? Deno.exit(130) : controller.abort());
  }
  return controller.signal;
}
