import { JsonNode } from "../_json_node.ts";

/** An article about a company; the sentiment room takes it as it is. */
export interface NewsRecord {
  readonly symbol: string;
  /** When it was published, by the word of its publisher. */
  readonly knownAt: Date;
  readonly headline: string;
  /** Empty where there is none. */
  readonly summary: string;
  /** Name of the publisher. */
  readonly source: string;
  readonly url: string;
  /** Finnhub's number of it. */
  readonly id: number;
}

/**
 * Reads Finnhub's answer about the news of a company.
 *
 * Format: https://finnhub.io/docs/api/company-news
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = await Deno.readTextFile(new URL("../testdata/finnhub_news.json", import.meta.url));
 * const [article] = readCompanyNews(new TextEncoder().encode(text), "ACME");
 * assert.equal(article.headline, "Acme beats estimates");
 * assert.equal(article.knownAt.toISOString(), "2024-01-16T21:30:00.000Z");
 * ```
 *
 * @param symbol That was asked for; articles that name other companies too (`related`) count as its own.
 * @throws {SyntaxError} If the bytes are not such an answer.
 */
export function readCompanyNews(bytes: Uint8Array, symbol: string): NewsRecord[] {
  return JsonNode.parse(bytes).items().map((item) => {
    const seconds = item.at("datetime");
    // an article without a time cannot be joined by when it was known
    if (!(seconds.integer() > 0)) throw seconds.refusal("seconds since 1970");
    return {
      symbol,
      knownAt: new Date(seconds.integer() * 1000),
      headline: item.at("headline").text(),
      summary: item.at("summary").text(),
      source: item.at("source").text(),
      url: item.at("url").text(),
      id: item.at("id").integer(),
    };
  });
}
