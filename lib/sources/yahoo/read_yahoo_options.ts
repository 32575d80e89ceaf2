import { JsonNode } from "../_json_node.ts";
import type { OptionChain, OptionQuote } from "../options/option_chain.ts";
import { SourceError } from "../source_error.ts";

/**
 * Reads Yahoo's answer about the options of a share: all days of expiry, and the options of one of them.
 *
 * Yahoo publishes no documentation; the format is that of the schema in the package yahoo-finance2 3.14.3
 * (`options.schema`, https://github.com/gadicc/yahoo-finance2). Days of expiry come as midnight UTC.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const bytes = await Deno.readFile(new URL("../testdata/yahoo_options.json", import.meta.url));
 * const { spot, expiryDays, expiries } = readYahooOptions(bytes);
 * assert.equal(spot, 100);
 * assert.deepEqual(expiryDays, ["2024-02-02", "2024-02-23", "2024-03-22"]);
 * assert.equal(expiries[0].puts.length, 2);
 * ```
 *
 * @throws {SyntaxError} If the bytes are not such an answer.
 * @throws {SourceError} Of the kind `missing`, if there are no options of the symbol.
 */
export function readYahooOptions(bytes: Uint8Array): OptionChain {
  const chain = JsonNode.parse(bytes).at("optionChain");
  if (chain.at("error").exists) throw missing(chain.at("error").at("description").text());
  const [result] = chain.at("result").items();
  if (result === undefined || result.at("options").items().length === 0) throw missing("it has none");
  const quote = result.at("quote");
  const spot = quote.at("regularMarketPrice");
  if (!(spot.number() > 0)) throw spot.refusal("above 0");
  return {
    symbol: result.at("underlyingSymbol").text(),
    spot: spot.number(),
    quotedAt: new Date(quote.at("regularMarketTime").integer() * 1000),
    expiryDays: result.at("expirationDates").items().map(dayOf).sort(),
    expiries: result.at("options").items().map((expiry) => ({
      day: dayOf(expiry.at("expirationDate")),
      calls: expiry.at("calls").items().map(readQuote),
      puts: expiry.at("puts").items().map(readQuote),
    })),
  };
}

function readQuote(node: JsonNode): OptionQuote {
  const countOf = (name: string) => node.at(name).exists ? node.at(name).number() : 0; // left out where it is none
  return {
    strike: node.at("strike").number(),
    bid: node.at("bid").numberOrMissing(),
    ask: node.at("ask").numberOrMissing(),
    volume: countOf("volume"),
    openInterest: countOf("openInterest"),
    impliedVolatility: node.at("impliedVolatility").numberOrMissing(),
  };
}

function dayOf(stamp: JsonNode): string {
  if (stamp.integer() % 86_400 !== 0) throw stamp.refusal("midnight UTC in seconds since 1970");
  return new Date(stamp.integer() * 1000).toISOString().slice(0, 10);
}

function missing(said: string): SourceError {
  return new SourceError(
    "missing",
    `Cannot read options from yahoo: it must know some of the symbol, currently ${said}`,
  );
}
