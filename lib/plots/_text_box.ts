import { FONT_FILES, type FontMetrics, type FontWeight, readFontMetrics } from "./_font_advances.ts";

/** A rectangle; y grows downwards. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** As much of a DOM element as measuring needs. */
export interface SvgElement {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: ArrayLike<SvgElement>;
  readonly parentNode: SvgElement | null;
  readonly style?: { fontSize: string; fontWeight: string; display: string };
  getAttribute?(name: string): string | null;
}

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const NOTHING: Box = { x: 0, y: 0, width: 0, height: 0 };
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const TEXT_NODE = 3;

const fonts: Partial<Record<FontWeight, FontMetrics>> = {};

function font(weight: FontWeight): FontMetrics {
  return fonts[weight] ??= readFontMetrics(FONT_FILES[weight]);
}

/** Width in pixels of one line in the house font. */
export function textWidth(text: string, sizePixels: number, weight: FontWeight = "regular"): number {
  let width = 0;
  for (const character of text) width += font(weight).advance(character);
  return width * sizePixels;
}

/** The box of all text in an element, in the element's own coordinates: what `getBBox` gives for text in a browser. */
export function localTextBox(element: SvgElement): Box {
  return union(boxesOf(element, IDENTITY, true));
}

/** The box of all text in an element, in the coordinates of the drawing: `getBoundingClientRect` of a browser. */
export function drawingTextBox(element: SvgElement): Box {
  let matrix = IDENTITY;
  for (let above = element.parentNode; above; above = above.parentNode) {
    matrix = multiply(transformOf(above), matrix);
  }
  return union(boxesOf(element, matrix, false));
}

function boxesOf(element: SvgElement, outer: Matrix, ownCoordinates: boolean): Box[] {
  if (element.style?.display === "none") return [];
  const matrix = ownCoordinates ? outer : multiply(outer, transformOf(element));
  if (element.nodeName === "text" || element.nodeName === "tspan") {
    return linesOf(element).map((line) => mapped(line, matrix));
  }
  return Array.from(element.childNodes).flatMap((child) => boxesOf(child, matrix, false));
}

/** Plotly breaks a text into `tspan.line`s, each with its own x, y and a dy in em. */
function linesOf(text: SvgElement): Box[] {
  const lines = Array.from(text.childNodes).filter((child) => child.getAttribute?.("class") === "line");
  return (lines.length > 0 ? lines : [text]).map((line) => {
    const size = fontSize(line);
    const width = inlineWidth(line);
    const anchor = textAnchor(text);
    const x = position(line, text, "x") - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
    const y = position(line, text, "y") + parseFloat(line.getAttribute?.("dy") ?? "0") * size;
    const { ascent, descent } = font("regular");
    return { x, y: y - ascent * size, width, height: (ascent + descent) * size };
  });
}

function inlineWidth(node: SvgElement): number {
  if (node.nodeType === TEXT_NODE) {
    const parent = node.parentNode!;
    return textWidth(node.textContent ?? "", fontSize(parent), fontWeight(parent));
  }
  return Array.from(node.childNodes).reduce((width, child) => width + inlineWidth(child), 0);
}

function position(line: SvgElement, text: SvgElement, axis: "x" | "y"): number {
  return parseFloat(line.getAttribute?.(axis) ?? text.getAttribute?.(axis) ?? "0");
}

function textAnchor(text: SvgElement): string {
  return text.getAttribute?.("text-anchor") ?? "start";
}

function fontSize(element: SvgElement): number {
  const own = element.style?.fontSize || element.getAttribute?.("font-size") || "";
  if (own.endsWith("%")) return fontSize(element.parentNode!) * parseFloat(own) / 100;
  if (own) return parseFloat(own);
  return element.parentNode ? fontSize(element.parentNode) : 12;
}

function fontWeight(element: SvgElement): FontWeight {
  const own = element.style?.fontWeight;
  if (own) return own === "bold" || Number(own) >= 600 ? "bold" : "regular";
  return element.parentNode ? fontWeight(element.parentNode) : "regular";
}

function transformOf(element: SvgElement): Matrix {
  let matrix = IDENTITY;
  for (const [, name, list] of (element.getAttribute?.("transform") ?? "").matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [first = 0, second, third] = list.split(/[\s,]+/).filter(Boolean).map(Number);
    if (name === "translate") matrix = multiply(matrix, [1, 0, 0, 1, first, second ?? 0]);
    else if (name === "scale") matrix = multiply(matrix, [first, 0, 0, second ?? first, 0, 0]);
    else if (name === "rotate") matrix = multiply(matrix, rotation(first, second ?? 0, third ?? 0));
    else {throw new SyntaxError(
        `Cannot measure text: transforms must be translate, scale or rotate, current value is ${name}`,
      );}
  }
  return matrix;
}

function rotation(degrees: number, x: number, y: number): Matrix {
  const [cos, sin] = [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)];
  return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
}

function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [p, q, r, s, t, u] = inner;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

function mapped({ x, y, width, height }: Box, [a, b, c, d, e, f]: Matrix): Box {
  const corners = [[x, y], [x + width, y], [x, y + height], [x + width, y + height]];
  return around(corners.map(([u, v]) => a * u + c * v + e), corners.map(([u, v]) => b * u + d * v + f));
}

function union(boxes: Box[]): Box {
  if (boxes.length === 0) return NOTHING;
  return around(
    boxes.flatMap((box) => [box.x, box.x + box.width]),
    boxes.flatMap((box) => [box.y, box.y + box.height]),
  );
}

function around(xs: number[], ys: number[]): Box {
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}
