import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkOneOf, currentTime, isIsoDay, repositoryPath } from "@lib/core";
import {
  Connection,
  type ConnectionOptions,
  fetchBars,
  type FetchedSymbol,
  fetchRecords,
  RawStore,
  recordSources,
  yahooBars,
} from "@lib/sources";

export const HELP = `Fetches from a service into a folder

  --source=NAME     yahoo: daily bars with splits and dividends
                    yahoo_options: volatility at the money, skew and share of puts, as of now
                    finnhub: news of companies; wants FINNHUB_API_KEY
                    fred: series with all their revisions; wants FRED_API_KEY
                    sec: trades of insiders, from Form 4; wants SEC_USER_AGENT
  --symbols=LIST    with commas between, as the service writes them; for fred names of series
  --from=DAY        first day, YYYY-MM-DD, of bars, news and filings; default 2000-01-01
  --to=DAY          last day; default today, or of bars the last session that is over
  --out=FOLDER      default data/derived/fetched/NAME
  --raw=FOLDER      where answers are kept; default data/raw/answers
  --attempts=N      how often a question is asked in all; default 5
  --help            show this text`;

/**
 * The command behind `make fetch`: reads arguments, fetches, tells how it goes.
 *
 * @param replace Parts of the connection that are not the computer's, as tests have them.
 * @returns Exit code: 0 if all that was asked for is there.
 */
export async function runFetch(
  args: readonly string[],
  tell: (line: string) => void,
  replace: Partial<ConnectionOptions> = {},
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      source: { type: "string", default: "" },
      symbols: { type: "string", default: "" },
      from: { type: "string", default: "2000-01-01" },
      to: { type: "string" },
      out: { type: "string" },
      raw: { type: "string" },
      attempts: { type: "string", default: "5" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    tell(HELP);
    return 0;
  }
  const { source } = values;
  checkOneOf("fetch", "SOURCE", source, ["yahoo", ...recordSources]);
  for (const [name, day] of [["FROM", values.from], ["TO", values.to ?? "2000-01-01"]]) {
    if (!isIsoDay(day)) {
      throw new RangeError(`Cannot fetch: ${name} must be a date as YYYY-MM-DD, current value is ${day}`);
    }
  }
  const symbols = values.symbols.split(/[\s,]+/).filter((symbol) => symbol !== "");
  const connection = new Connection({
    store: new RawStore(values.raw ?? repositoryPath("data", "raw", "answers")),
    environment: (variable) => Deno.env.get(variable),
    seed: currentTime().getTime() % 2 ** 32, // pauses of many machines should differ, and results do not hang on them
    attempts: Number(values.attempts),
    ...replace,
  });
  const out = resolve(values.out ?? repositoryPath("data", "derived", "fetched", source));
  let done = 0;
  const onSymbol = (fetched: FetchedSymbol) => tell(`${++done} of ${symbols.length}  ${wordsOn(fetched)}`);
  const { from, to } = values;
  const results = source === "yahoo"
    ? await fetchBars(symbols, { source: yahooBars, connection, from, to, out, onSymbol })
    : await fetchRecords(symbols, { source, connection, from, to: to ?? today(connection), out, onSymbol });
  const failed = results.filter(({ error }) => error);
  if (failed.length === 0) {
    tell(`All is in ${out}${source === "yahoo" ? `; read it with BARS=${out}` : ""}`);
    return 0;
  }
  tell(`Not fetched: ${failed.map(({ symbol }) => symbol).join(", ")}. The same command goes on where it ended.`);
  return 1;
}

const today = ({ clock }: Connection) => new Date(clock.now()).toISOString().slice(0, 10);

function wordsOn({ symbol, rows, isNew, error }: FetchedSymbol): string {
  if (error) return `${symbol}: ${error.message}`;
  return `${symbol}: ${rows} rows${isNew ? "" : ", fetched before"}`;
}
