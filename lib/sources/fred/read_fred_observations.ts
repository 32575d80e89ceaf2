import { isoDay } from "../_iso_day.ts";
import { JsonNode } from "../_json_node.ts";

/** What was said of a period while nothing newer was said of it. */
export interface FredObservation {
  /** First day of the period, ISO. */
  readonly date: string;
  /** NaN where the source says that there is none. */
  readonly value: number;
  /** First day on which it was so in FRED. */
  readonly realtimeStart: string;
  /** Last such day. */
  readonly realtimeEnd: string;
}

/** A page of observations. */
export interface FredPage {
  /** Of all pages together. */
  readonly count: number;
  readonly observations: readonly FredObservation[];
}

/**
 * Reads a page of FRED's answer about the values of a series.
 *
 * Format: https://fred.stlouisfed.org/docs/api/fred/series_observations.html, output type 1; a missing value is a dot.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = await Deno.readTextFile(new URL("../testdata/fred_observations.json", import.meta.url));
 * const { observations } = readFredObservations(new TextEncoder().encode(text));
 * assert.deepEqual(observations[0], {
 *   date: "2023-10-01",
 *   value: 3.3,
 *   realtimeStart: "2024-01-25",
 *   realtimeEnd: "2024-02-27",
 * });
 * ```
 *
 * @throws {SyntaxError} If the bytes are not such an answer, or not all of it.
 */
export function readFredObservations(bytes: Uint8Array): FredPage {
  const page = JsonNode.parse(bytes);
  if (page.at("output_type").integer() !== 1) throw page.at("output_type").refusal("1");
  if (page.at("units").text() !== "lin") throw page.at("units").refusal("lin: the values as they are");
  const [count, offset, limit] = ["count", "offset", "limit"].map((name) => page.at(name).integer());
  const items = page.at("observations").items();
  const wanted = Math.max(0, Math.min(limit, count - offset));
  if (items.length !== wanted) throw page.at("count").refusal(`one by which ${items.length} observations are here`);
  const observations = items.map((item) => ({
    date: isoDay(item.at("date")),
    value: valueOf(item.at("value")),
    realtimeStart: isoDay(item.at("realtime_start")),
    realtimeEnd: isoDay(item.at("realtime_end")),
  }));
  return { count, observations };
}

function valueOf(node: JsonNode): number {
  const text = node.text();
  if (text === ".") return NaN;
  if (!/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) throw node.refusal("a number, or a dot");
  return Number(text);
}
