import { FONT_FILES } from "./_font_advances.ts";
import { type GraphElement, openPlotlyWindow, type Plotly, type PlotlyWindow } from "./_plotly_window.ts";
import { type Figure, TRACE_TYPES } from "./figure.ts";

/** Options of {@linkcode renderPng}. */
export interface RenderPngOptions {
  /** Picture pixels for each pixel of the figure's layout, above 0. Default 1.5, sharp on most screens. */
  scale?: number;
}

let opening: Promise<PlotlyWindow> | undefined;
let queue: Promise<unknown> = Promise.resolve();

/**
 * Draws a figure as SVG with plotly.js, without a browser: the same figure gives the same bytes in every process.
 *
 * The first call loads plotly.js into the process (some seconds, about 120 MB); later ones take a fraction of a second.
 * Calls are drawn one after the other. The text is set in DejaVu Sans and measured from its tables.
 *
 * @throws {RangeError} If a trace type is not one of {@linkcode TRACE_TYPES}.
 * @throws {TypeError} If plotly.js does not know an attribute, would draw a trace as another type or leave it out, or
 * if a coordinate is not a number.
 */
export function renderSvg(figure: Figure): Promise<string> {
  const drawn = queue.then(async () => draw(await (opening ??= openPlotlyWindow()), figure));
  queue = drawn.catch(() => {});
  return drawn;
}

/**
 * Draws a figure as PNG on white: {@linkcode renderSvg}, then resvg with the same font, no system font.
 *
 * @throws {RangeError} If `scale` is not a finite number above 0, or as {@linkcode renderSvg}.
 * @throws {TypeError} As {@linkcode renderSvg}.
 */
export async function renderPng(figure: Figure, { scale = 1.5 }: RenderPngOptions = {}): Promise<Uint8Array> {
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new RangeError(`Cannot render a figure: scale must be a finite number above 0, current value is ${scale}`);
  }
  const svg = await renderSvg(figure);
  const { Resvg } = await import("@resvg/resvg-js");
  const picture = new Resvg(svg, {
    background: "white",
    fitTo: { mode: "zoom", value: scale },
    font: { loadSystemFonts: false, fontFiles: Object.values(FONT_FILES), defaultFontFamily: "DejaVu Sans" },
  });
  return new Uint8Array(picture.render().asPng());
}

async function draw({ Plotly, createGraph, adopt }: PlotlyWindow, figure: Figure): Promise<string> {
  for (const { type } of figure.data) {
    if (TRACE_TYPES.includes(type)) continue;
    throw new RangeError(
      `Cannot render a figure: every trace type must be one of ${TRACE_TYPES.join(", ")}, current value is ${type}`,
    );
  }
  const { data, layout } = adopt(figure);
  const graph = createGraph();
  try {
    await Plotly.newPlot(graph, data, layout, { staticPlot: true });
    checkDrawn(figure, graph);
    checkAttributes(Plotly, adopt(figure), graph);
    const svg = Plotly.Snapshot.toSVG(graph, "svg");
    if (/[\s"(,]NaN/.test(svg.replace(/>[^<]*</g, "><"))) {
      throw new TypeError("Cannot render a figure: every coordinate must be a number, current drawing has NaN");
    }
    return svg;
  } finally {
    Plotly.purge(graph);
    graph.remove();
  }
}

/** Plotly turns a type it does not know into scatter, and hides a trace whose data it cannot use, without a word. */
function checkDrawn({ data }: Figure, graph: GraphElement): void {
  data.forEach(({ type, visible = true }, index) => {
    const { type: drawnType, visible: drawnVisible } = graph._fullData[index];
    if (drawnType === type && drawnVisible === visible) return;
    throw new TypeError(
      `Cannot render a figure: trace ${index} must be drawn as ${type} with visible ${visible}, ` +
        `current values are ${drawnType} and ${drawnVisible}`,
    );
  });
}

/** An attribute that plotly knows and has no use for here does no harm; a misspelt or mistyped one does. */
function checkAttributes(Plotly: Plotly, { data, layout }: Figure, graph: GraphElement): void {
  const { legend, ...withoutLegend } = layout; // validate() itself breaks on a legend that is not drawn
  const problem = Plotly.validate(data, legend && graph._fullLayout.legend ? layout : withoutLegend)
    ?.find(({ code }) => code !== "unused");
  if (!problem) return;
  throw new TypeError(`Cannot render a figure: plotly.js must know every attribute, current problem: ${problem.msg}`);
}
