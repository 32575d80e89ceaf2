/** One thing to show in several forms, by MIME type: a front end takes the richest that it can and may draw. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** The method by which the Deno kernel asks a cell's last value how it wishes to be shown; it may take its time. */
export const JUPYTER_DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/**
 * Something a notebook shows when it is the last value of a cell.
 *
 * Within a cell, before its end: `await Deno.jupyter.display(...)`.
 */
export interface Display {
  [JUPYTER_DISPLAY](): Promise<MimeBundle>;
}

/**
 * A display of forms that are ready, or are made when the notebook asks.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const shown = display({ "text/plain": "hello" });
 * assert.deepEqual(await shown[JUPYTER_DISPLAY](), { "text/plain": "hello" });
 * ```
 */
export function display(bundle: MimeBundle | (() => Promise<MimeBundle>)): Display {
  return { [JUPYTER_DISPLAY]: async () => await (typeof bundle === "function" ? bundle() : bundle) };
}
