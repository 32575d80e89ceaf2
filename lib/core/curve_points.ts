import { appendFileSync } from "node:fs";
import process from "node:process";
import { currentTime } from "./current_time.ts";

/** One point of a curve that is still being drawn, such as the loss after a round of a training. */
export interface CurvePoint {
  /** Name of the curve. */
  readonly curve: string;
  /** Whole number that orders the points: a round, a fold. */
  readonly step: number;
  readonly value: number;
  /** When it was told, milliseconds since 1970. */
  readonly time: number;
}

/** Environment variable with the file that {@linkcode tellCurvePoints} writes to; whoever starts a notebook sets it. */
export const CURVES_FILE = "LAB_CURVES";

/**
 * Tells whoever watches where curves have got to, while what draws them goes on: one line for each value, at the end of a
 * file. Nothing happens where nobody asked for a file. What is computed never depends on it: a file that cannot be written
 * is passed over.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const path = await Deno.makeTempFile();
 * tellCurvePoints(1, { loss: 0.5, "rank IC": null }, { path });
 * const [{ curve, step, value }] = readCurvePoints(await Deno.readTextFile(path));
 * assert.deepEqual([curve, step, value], ["loss", 1, 0.5]);
 * ```
 *
 * @param values By the name of the curve; null and what is not finite make no point.
 */
export function tellCurvePoints(
  step: number,
  values: Readonly<Record<string, number | null>>,
  { path = process.env[CURVES_FILE] }: { path?: string } = {},
): void {
  if (!path) return;
  const time = currentTime().getTime();
  const lines = Object.entries(values).filter(([, value]) => value !== null && Number.isFinite(value))
    .map(([curve, value]) => `${JSON.stringify({ curve, step, value, time })}\n`);
  try {
    appendFileSync(path, lines.join(""));
  } catch {
    // A full disk or a folder that is gone ends the watching, not what is watched.
  }
}

/**
 * The points of a file of {@linkcode tellCurvePoints}. A last line that is still being written waits for its end.
 *
 * @throws {SyntaxError} If a line is none.
 */
export function readCurvePoints(text: string): CurvePoint[] {
  return text.slice(0, text.lastIndexOf("\n") + 1).split("\n").filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}
