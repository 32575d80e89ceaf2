import type { Section } from "./_page.ts";
import { isEstimate, type Measure } from "./measure.ts";

/** How a number is written. */
export type Style = "plain" | "share" | "ratio" | "return" | "probability" | "compact";

/** Numbers as text, by what they are. */
export const formats: Record<Style, (value: number) => string> = {
  plain: (value) => value.toFixed(4),
  share: (value) => `${(100 * value).toFixed(2)} %`,
  ratio: (value) => value.toFixed(2),
  return: (value) => `${(100 * value).toFixed(1)} %`,
  probability: (value) => value.toFixed(3),
  compact: (value) => String(Number(value.toPrecision(4))),
};

/** A number with its interval in words. */
export function worded(measure: Measure, style: Style = "plain"): string {
  if (!isEstimate(measure)) return "none";
  const format = formats[style];
  const { value, low, high } = measure;
  return low === null || high === null ? format(value) : `${format(value)} [${format(low)}, ${format(high)}]`;
}

/** A number by its name, and how it is written. */
export type Line = [name: string, measure: Measure, style?: Style];

/** A table of numbers with their intervals and how they were made; the reason where there is none. */
export function numbers(lines: readonly Line[]): Section["table"] {
  return {
    head: ["quantity", "value [interval]", "n", "how"],
    rows: lines.map(([name, measure, style]) =>
      isEstimate(measure)
        ? [name, worded(measure, style), measure.n.toLocaleString("en"), measure.method]
        : [name, "none", "", measure.reason]
    ),
  };
}
