import { dayInZone } from "../day_in_zone.ts";
import { JsonNode } from "../_json_node.ts";
import { SourceError } from "../source_error.ts";
import type { CorporateAction } from "../traded_bars.ts";

/** Daily bars as Yahoo tells them: adjusted for all splits up to the moment at which they were fetched. */
export interface YahooChart {
  readonly symbol: string;
  readonly currency: string;
  /** As Yahoo calls it: EQUITY, ETF, INDEX, CURRENCY, CRYPTOCURRENCY, ... */
  readonly instrument: string;
  /** Of the exchange, in the IANA data base. */
  readonly zone: string;
  /** ISO days of the exchange, in order, each once. */
  readonly days: readonly string[];
  /** Shape (days,), NaN for null. */
  readonly columns: Readonly<Record<"open" | "high" | "low" | "close" | "volume", Float64Array>>;
  /** In order of their days; amounts are adjusted for later splits, like prices. */
  readonly actions: readonly CorporateAction[];
}

const names = ["open", "high", "low", "close", "volume"] as const;

/**
 * Reads Yahoo's answer about daily bars.
 *
 * Yahoo publishes no documentation; the format is that of the schema in the package yahoo-finance2 3.14.3
 * (`chart.schema`, https://github.com/gadicc/yahoo-finance2). A day is the one that the calendar of the exchange shows
 * at the time stamp. While a session runs, and for a while after it, the last day can come twice, the second time as of
 * now: the later word counts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = await Deno.readTextFile(new URL("../testdata/yahoo_chart.json", import.meta.url));
 * const { symbol, days, actions } = readYahooChart(new TextEncoder().encode(text));
 * assert.equal(symbol, "ACME");
 * assert.equal(days[0], "2024-01-11");
 * assert.equal(actions[0].kind, "dividend");
 * ```
 *
 * @throws {SyntaxError} If the bytes are not such an answer.
 * @throws {SourceError} Of the kind `missing`, if Yahoo says that it has none.
 */
export function readYahooChart(bytes: Uint8Array): YahooChart {
  const chart = JsonNode.parse(bytes).at("chart");
  const error = chart.at("error");
  if (error.exists) {
    const said = `${error.at("code").text()}: ${error.at("description").text()}`;
    throw new SourceError("missing", `Cannot read bars from yahoo: it must know the symbol, currently it says ${said}`);
  }
  const [result, ...others] = chart.at("result").items();
  if (result === undefined || others.length > 0) throw chart.at("result").refusal("an array of one");
  const meta = result.at("meta");
  // for what is too long or too old Yahoo answers with weeks or months and says so nowhere else
  if (meta.at("dataGranularity").text() !== "1d") throw meta.at("dataGranularity").refusal("1d");
  const zone = zoneOf(meta.at("exchangeTimezoneName"));
  const dayOf = (stamp: JsonNode) => dayInZone(stamp.integer() * 1000, zone);
  const stamps = result.at("timestamp").exists ? result.at("timestamp").items() : [];
  const quote = result.at("indicators").at("quote").items()[0];
  if (quote === undefined) throw result.at("indicators").at("quote").refusal("an array of one");
  const days = stamps.map(dayOf);
  const late = days.findIndex((day, row) => row > 0 && day < days[row - 1]);
  if (late >= 0) throw stamps[late].refusal("no earlier than the one before");
  const isLast = (row: number) => days[row] !== days[row + 1];
  const column = (name: typeof names[number]) => {
    const values = stamps.length === 0 ? [] : quote.at(name).items();
    if (values.length !== stamps.length) {
      throw quote.at(name).refusal(`an array of ${stamps.length}, as of time stamps`);
    }
    return Float64Array.from(values.filter((_, row) => isLast(row)), (value) => value.numberOrMissing());
  };
  return {
    symbol: meta.at("symbol").text(),
    currency: meta.at("currency").exists ? meta.at("currency").text() : "",
    instrument: meta.at("instrumentType").text(),
    zone,
    days: days.filter((_, row) => isLast(row)),
    columns: Object.fromEntries(names.map((name) => [name, column(name)])) as YahooChart["columns"],
    actions: readActions(result.at("events"), dayOf),
  };
}

function zoneOf(node: JsonNode): string {
  try {
    dayInZone(0, node.text());
  } catch (error) {
    if (error instanceof RangeError) throw node.refusal("a time zone");
    throw error;
  }
  return node.text();
}

function readActions(events: JsonNode, dayOf: (stamp: JsonNode) => string): CorporateAction[] {
  if (!events.exists) return [];
  const under = (key: string) => events.at(key).exists ? events.at(key).values() : [];
  const dividends = [...under("dividends"), ...under("capitalGains")].map((event) => {
    if (!(event.at("amount").number() > 0)) throw event.at("amount").refusal("above 0");
    return { kind: "dividend" as const, day: dayOf(event.at("date")), amount: event.at("amount").number() };
  });
  const splits = under("splits").map((event) => {
    const [numerator, denominator] = [event.at("numerator"), event.at("denominator")];
    for (const part of [numerator, denominator]) if (!(part.number() > 0)) throw part.refusal("above 0");
    return { kind: "split" as const, day: dayOf(event.at("date")), ratio: numerator.number() / denominator.number() };
  });
  return [...dividends, ...splits].sort((a, b) => a.day < b.day ? -1 : a.day > b.day ? 1 : 0);
}
