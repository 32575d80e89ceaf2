import { Buffer } from "node:buffer";
import { type Figure, renderPng } from "@lib/plots";
import { type Display, display } from "./display.ts";

/**
 * Environment variable of a kernel. "interactive": its front end draws plotly figures by itself and adds the picture to
 * the notebook, so none is sent, which would hide the figure until the mouse is over it, and nothing has to be drawn.
 */
export const FIGURES_VARIABLE = "NOTEBOOK_FIGURES";

/** Options of {@linkcode showFigure}. */
export interface ShowFigureOptions {
  /** The figure as PNG, where it has been drawn already. Default: drawn when the notebook asks. */
  png?: Uint8Array;
}

/**
 * Shows a figure: interactive in JupyterLab with the plotly extension, as a picture everywhere else, as its title in
 * plain text.
 *
 * A picture as PNG, not SVG or a script: front ends draw neither of these in a notebook that was run elsewhere.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { JUPYTER_DISPLAY } from "@lib/notebook";
 * import { histogramOf } from "@lib/plots";
 * const shown = showFigure(histogramOf([{ name: "forecast", values: [1, 2, 3] }], { title: "Three" }));
 * const forms = await shown[JUPYTER_DISPLAY]();
 * assert.equal(forms["text/plain"], "Figure: Three");
 * ```
 */
export function showFigure(figure: Figure, { png }: ShowFigureOptions = {}): Display {
  return display(async () => ({
    "application/vnd.plotly.v1+json": { data: figure.data, layout: figure.layout, config: { displaylogo: false } },
    ...(Deno.env.get(FIGURES_VARIABLE) !== "interactive" && {
      "image/png": Buffer.from(png ?? await renderPng(figure)).toString("base64"),
    }),
    "text/plain": `Figure: ${titleOf(figure)}`,
  }));
}

function titleOf({ layout: { title } }: Figure): string {
  const text = typeof title === "object" && title !== null && "text" in title ? title.text : title;
  return typeof text === "string" ? text.replaceAll("<br>", " ") : "untitled";
}
