import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { seededRandom } from "@lib/core";
import { type Box, drawingTextBox, localTextBox, type SvgElement } from "./_text_box.ts";
import type { Figure } from "./figure.ts";

/** The graph element after plotly.js has drawn into it. */
export interface GraphElement {
  readonly _fullData: readonly { readonly type: string; readonly visible: boolean | string }[];
  readonly _fullLayout: { readonly legend?: unknown };
  remove(): void;
}

/** As much of plotly.js as drawing needs. */
export interface Plotly {
  readonly version: string;
  newPlot(graph: GraphElement, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
  purge(graph: GraphElement): void;
  validate(data: unknown, layout: unknown): readonly { readonly code: string; readonly msg: string }[] | undefined;
  readonly Snapshot: { toSVG(graph: GraphElement, format: "svg"): string };
}

/** A page without a screen in which plotly.js runs. */
export interface PlotlyWindow {
  readonly Plotly: Plotly;
  /** A fresh graph element; the identifiers drawn into it start from the same seed each time. */
  createGraph(): GraphElement;
  /** A copy of the figure made of the page's own objects, which plotly.js recognises as plain. */
  adopt(figure: Figure): Figure;
}

/**
 * Loads jsdom and plotly.js, which takes some seconds and 120 MB: ask once, keep the answer.
 *
 * jsdom does no layout, so text is measured from the font itself. Canvas and object addresses are only touched by
 * trace types that {@linkcode TRACE_TYPES} leaves out; the page merely has to offer them.
 */
export async function openPlotlyWindow(): Promise<PlotlyWindow> {
  const { JSDOM } = await import("jsdom");
  const source = await readFile(createRequire(import.meta.url).resolve("plotly.js-dist-min/plotly.min.js"), "utf8");
  const { window } = new JSDOM("<!doctype html><html><body></body></html>", { runScripts: "outside-only" });
  window.URL.createObjectURL = () => "";
  window.HTMLCanvasElement.prototype.getContext = () => null;
  window.SVGElement.prototype.getBBox = function (this: SvgElement) {
    return rectangle(localTextBox(this));
  };
  window.SVGElement.prototype.getBoundingClientRect = function (this: SvgElement) {
    return rectangle(drawingTextBox(this));
  };
  window.eval(source);
  return {
    Plotly: window.Plotly,
    createGraph() {
      window.Math.random = seededRandom(0);
      return window.document.body.appendChild(window.document.createElement("div"));
    },
    adopt: (figure) => window.JSON.parse(JSON.stringify(figure)),
  };
}

function rectangle({ x, y, width, height }: Box) {
  return { x, y, width, height, left: x, top: y, right: x + width, bottom: y + height };
}
