import { JsonNode } from "../_json_node.ts";
import { isoDay } from "../_iso_day.ts";

/**
 * Reads FRED's answer about the days on which a series was published or revised.
 *
 * Format: https://fred.stlouisfed.org/docs/api/fred/series_vintagedates.html
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const answer = { count: 2, offset: 0, limit: 10000, vintage_dates: ["2024-01-25", "2024-02-28"] };
 * assert.deepEqual(readFredVintages(new TextEncoder().encode(JSON.stringify(answer))), ["2024-01-25", "2024-02-28"]);
 * ```
 *
 * @returns ISO days in order.
 * @throws {SyntaxError} If the bytes are not such an answer, or not all of it.
 */
export function readFredVintages(bytes: Uint8Array): string[] {
  const answer = JsonNode.parse(bytes);
  const days = answer.at("vintage_dates").items().map(isoDay);
  const count = answer.at("count").integer();
  // ten thousand vintages fit into an answer: daily ones of forty years
  if (days.length !== count) throw answer.at("count").refusal(`${days.length}, the number of vintage_dates`);
  return days.sort();
}
