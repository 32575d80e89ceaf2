import { type OptionMeasures, optionMeasures } from "../options/option_measures.ts";
import type { OptionChain } from "../options/option_chain.ts";
import type { Source } from "../source.ts";
import { throughYahoo } from "./_through_yahoo.ts";
import { readYahooOptions } from "./read_yahoo_options.ts";
import { yahooService } from "./yahoo_service.ts";
import { checkYahooSymbol } from "./yahoo_symbol.ts";

/** What options said of a share when they were fetched. */
export interface OptionRecord extends OptionMeasures {
  readonly symbol: string;
  /** When the last of the answers behind it came. */
  readonly knownAt: Date;
}

/** What is asked of {@linkcode yahooOptions}. */
export interface YahooOptionsQuery {
  symbol: string;
  /** Calendar days ahead for which volatility and skew are told. Default 30. */
  horizonDays?: number;
}

/** The symbol as it stands in the path of an address. */
const pathOf = (symbol: string) => `/v7/finance/options/${symbol}`;

/**
 * Volatility at the money, skew and share of puts of a share's options from Yahoo Finance, as of now: the next expiry and
 * those before and behind the horizon.
 *
 * Yahoo tells no past. Whoever fetches each day after the close has a history some day; answers are kept for that, and
 * a record is known from when it was fetched.
 */
export const yahooOptions: Source<YahooOptionsQuery, OptionRecord[]> = {
  name: "yahoo_options",
  service: yahooService,
  async fetch({ symbol, horizonDays = 30 }, connection) {
    checkYahooSymbol(symbol);
    const ask = (day?: string) =>
      throughYahoo(connection, {
        path: pathOf(symbol),
        call: (client, options) => client.options(symbol, day === undefined ? {} : { date: new Date(day) }, options),
        read: (bytes) => ofSymbol(readYahooOptions(bytes), { symbol, day }),
      });
    const answers = [await ask()];
    const [{ value: chain }] = answers;
    const told = chain.expiries.map(({ day }) => day);
    const horizon = new Date(connection.clock.now() + horizonDays * 86_400_000).toISOString().slice(0, 10);
    const before = chain.expiryDays.findLast((day) => day <= horizon);
    const behind = chain.expiryDays.find((day) => day > horizon);
    for (const day of [before, behind]) if (day !== undefined && !told.includes(day)) answers.push(await ask(day));
    const expiries = answers.flatMap(({ value }) => value.expiries);
    const records = answers.map(({ record }) => record);
    const row: OptionRecord = {
      symbol,
      knownAt: new Date(records.at(-1)!.fetchedAt),
      ...optionMeasures({ ...chain, expiries }, { horizonDays }),
    };
    return { rows: [row], records, isNew: true };
  },
};

function ofSymbol(chain: OptionChain, { symbol, day }: { symbol: string; day?: string }): OptionChain {
  if (chain.symbol.toUpperCase() !== symbol.toUpperCase()) {
    throw new SyntaxError(`underlyingSymbol must be ${symbol}, current value is ${chain.symbol}`);
  }
  const current = chain.expiries.map((expiry) => expiry.day).join(", ");
  if (day !== undefined && current !== day) {
    throw new SyntaxError(`expirationDate must be ${day}, current is ${current}`);
  }
  return chain;
}
