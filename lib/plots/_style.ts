import type { FigureAttributes, FigureValue, Layout, Trace } from "./figure.ts";

/** What every figure lets its caller say. */
export interface FigureText {
  /** The claim, in words. Each figure has a plain default. */
  title?: string;
  /** Below the title: what the marks are, of what, in which unit. Each figure has a default where it can know. */
  subtitle?: string;
}

/** Okabe and Ito (2008), told apart by people who confuse colours; in the order in which series take them. */
export const SERIES_COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"] as const;

/** Ink for what stands behind the series. */
export const INK = { text: "#222222", soft: "#5F6368", line: "#9AA0A6", grid: "#E8EAED" } as const;

const FONT_FAMILY = "DejaVu Sans, Verdana, sans-serif";
const WIDTH = 960;
const LEFT = 14;
const TITLE_CHARACTERS = 88;
const SUBTITLE_CHARACTERS = 130;

/** The nth series' colour; with more series than colours they come round again, and {@linkcode seriesDash} differs. */
export function seriesColour(series: number): string {
  return SERIES_COLOURS[series % SERIES_COLOURS.length];
}

/** The nth series' line: solid for the first round of colours, then dashed, then dotted. */
export function seriesDash(series: number): string {
  return ["solid", "dash", "dot"][Math.floor(series / SERIES_COLOURS.length) % 3];
}

/** The same colour, partly transparent. */
export function faded(colour: string, opacity: number): string {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${red},${green},${blue},${opacity})`;
}

/** Text from outside as plotly shows it letter for letter: its labels read a small HTML. */
export function literal(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The house frame: white, light grid, title and subtitle at the left above the plot, legend below, room for labels. */
export function layoutOf(
  { title, subtitle = "" }: { title: string; subtitle?: string },
  { height = 540, margin = {}, ...own }: { height?: number; margin?: FigureAttributes } & FigureAttributes,
): Layout {
  const titleLines = wrapped(title, TITLE_CHARACTERS);
  const subtitleLines = wrapped(subtitle, SUBTITLE_CHARACTERS);
  const headHeight = 18 + 25 * titleLines.length + (subtitle ? 17 * subtitleLines.length + 6 : 0);
  return {
    width: WIDTH,
    height: height + headHeight,
    font: { family: FONT_FAMILY, size: 13, color: INK.text },
    title: {
      text: titleLines.join("<br>"),
      font: { size: 18 },
      x: LEFT / WIDTH,
      xanchor: "left",
      xref: "container",
      y: 1 - 34 / (height + headHeight),
      yanchor: "bottom",
      yref: "container",
      ...(subtitle && { subtitle: { text: subtitleLines.join("<br>"), font: { size: 12.5, color: INK.soft } } }),
    },
    paper_bgcolor: "white",
    plot_bgcolor: "white",
    colorway: SERIES_COLOURS,
    margin: { l: 24, r: 28, t: headHeight + 34, b: 24, ...margin },
    legend: {
      orientation: "h",
      x: 0,
      xanchor: "left",
      y: 0,
      yanchor: "bottom",
      yref: "container",
      font: { size: 12.5 },
    },
    hovermode: "closest",
    ...own,
  };
}

/** An axis of the house: light grid, no frame, labels that make their own room. An empty title takes none. */
export function axisOf(title: string, own: FigureAttributes = {}): FigureAttributes {
  return {
    ...(title && { title: { text: title, font: { size: 13, color: INK.soft }, standoff: 12 } }),
    automargin: true,
    gridcolor: INK.grid,
    zeroline: false,
    linecolor: INK.line,
    ticks: "outside",
    tickcolor: INK.line,
    ticklen: 4,
    ...own,
  };
}

/** A time axis: dates as ISO days, labels with four-digit years. */
export function dateAxisOf(own: FigureAttributes = {}): FigureAttributes {
  return axisOf("", { type: "date", showline: true, showgrid: false, ...own });
}

/** The title of a vertical axis, level above its panel: turned text is read last. */
export function panelTitle(text: string, yAxis: "y" | "y2" = "y"): FigureAttributes {
  return {
    text,
    xref: "paper",
    x: 0,
    xanchor: "left",
    yref: `${yAxis} domain`,
    y: 1,
    yanchor: "bottom",
    yshift: 5,
    showarrow: false,
    font: { size: 13, color: INK.soft },
  };
}

/** A line across the plot at one value, under the marks. */
export function levelLine(y: number, own: FigureAttributes = {}): FigureAttributes {
  return {
    type: "line",
    xref: "paper",
    x0: 0,
    x1: 1,
    y0: y,
    y1: y,
    layer: "below",
    line: { color: INK.line, width: 1.2 },
    ...own,
  };
}

/** Asymmetric error bars from interval ends: plotly wants distances. */
export function errorBars(
  estimate: ArrayLike<number>,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
  own: FigureAttributes = {},
): FigureAttributes {
  const distance = (end: ArrayLike<number>, sign: 1 | -1): FigureValue =>
    Array.from(estimate, (value, i) => Number.isFinite(end[i]) ? sign * (end[i] - value) : null);
  return {
    type: "data",
    symmetric: false,
    array: distance(high, 1),
    arrayminus: distance(low, -1),
    thickness: 1.6,
    width: 4,
    ...own,
  };
}

/** A trace of the scatter family; a shorthand that keeps the type literal. */
export function scatter(own: FigureAttributes): Trace {
  return { type: "scatter", ...own };
}

function wrapped(text: string, characters: number): string[] {
  const lines = [""];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const line = lines[lines.length - 1];
    if (line && line.length + 1 + word.length > characters) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.map(literal);
}
