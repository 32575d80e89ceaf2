import { type Display, display } from "./display.ts";

/**
 * Shows text written in Markdown; where numbers belong into a sentence, the sentence is made of them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { JUPYTER_DISPLAY } from "@lib/notebook";
 * const shown = showMarkdown("The judge says **no**.");
 * const forms = await shown[JUPYTER_DISPLAY]();
 * assert.equal(forms["text/markdown"], "The judge says **no**.");
 * ```
 */
export function showMarkdown(text: string): Display {
  return display({ "text/markdown": text, "text/plain": text });
}
