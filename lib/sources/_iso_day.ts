import { isIsoDay } from "@lib/core";
import type { JsonNode } from "./_json_node.ts";

/** @throws {SyntaxError} If it is no day as YYYY-MM-DD. */
export function isoDay(node: JsonNode): string {
  if (!isIsoDay(node.text())) throw node.refusal("a date as YYYY-MM-DD");
  return node.text();
}
