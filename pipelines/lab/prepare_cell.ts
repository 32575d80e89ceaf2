import { wrapAwaits } from "@lib/code";

/** A cell's code as the kernel is to run it, with the functions of `prelude.ts` around what it waits for. */
export function prepareCell(code: string): string {
  try {
    return wrapAwaits(code, {
      value: `globalThis[Symbol.for("lab")].orStopped`,
      each: `globalThis[Symbol.for("lab")].eachOrStopped`,
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return code; // the kernel shall refuse it
  }
}
