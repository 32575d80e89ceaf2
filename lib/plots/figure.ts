/** Whatever JSON can hold: plotly figures are plain JSON, so that they can be stored, hashed and shown anywhere. */
export type FigureValue = string | number | boolean | null | readonly FigureValue[] | FigureAttributes;

/** Attributes by name, as in the plotly.js reference. */
export interface FigureAttributes {
  readonly [name: string]: FigureValue;
}

/** Trace types that draw to plain SVG. `scattergl` and its kin need a graphics card and come out empty without one. */
export const TRACE_TYPES = ["bar", "box", "histogram", "scatter", "violin"] as const;

/** One series of marks. */
export interface Trace extends FigureAttributes {
  readonly type: typeof TRACE_TYPES[number];
}

/** Everything around the marks. The size is part of the figure, in pixels. */
export interface Layout extends FigureAttributes {
  readonly width: number;
  readonly height: number;
}

/** A plotly figure: traces and layout, nothing else. */
export interface Figure {
  readonly data: readonly Trace[];
  readonly layout: Layout;
}

/** Numbers as a figure holds them: what is not finite becomes null, which plotly draws as a gap. */
export function figureNumbers(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, (value) => Number.isFinite(value) ? value : null);
}
