import { JsonNode } from "../_json_node.ts";

/**
 * Reads EDGAR's list of symbols as they are today, with the number (CIK) of each company.
 *
 * Format: https://www.sec.gov/files/company_tickers.json, described in
 * https://www.sec.gov/search-filings/edgar-search-assistance/accessing-edgar-data
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = '{"0":{"cik_str":1234,"ticker":"ACME","title":"Acme Corp"}}';
 * assert.equal(readCompanyTickers(new TextEncoder().encode(text)).get("ACME"), 1234);
 * ```
 *
 * @throws {SyntaxError} If the bytes are not such a list.
 */
export function readCompanyTickers(bytes: Uint8Array): Map<string, number> {
  const entries = JsonNode.parse(bytes).values();
  return new Map(entries.map((entry) => [entry.at("ticker").text(), entry.at("cik_str").integer()]));
}
