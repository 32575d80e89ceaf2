import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkOneOf, currentTime, isIsoDay, repositoryPath } from "@lib/core";
import { Connection, type ConnectionOptions, fetchBars, type FetchedSymbol, RawStore, yahooBars } from "@lib/sources";

export const HELP = `Fetches from a service into a folder

  --source=NAME     yahoo: daily bars with splits and dividends
  --symbols=LIST    with commas between, as the service writes them
  --from=DAY        first day, YYYY-MM-DD
  --to=DAY          last day; default: the last that is over
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
      from: { type: "string", default: "" },
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
  checkOneOf("fetch", "SOURCE", values.source, ["yahoo"]);
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
  const out = resolve(values.out ?? repositoryPath("data", "derived", "fetched", values.source));
  let done = 0;
  const onSymbol = (fetched: FetchedSymbol) => tell(`${++done} of ${symbols.length}  ${wordsOn(fetched)}`);
  const { from, to } = values;
  const results = await fetchBars(symbols, { source: yahooBars, connection, from, to, out, onSymbol });
  const failed = results.filter(({ error }) => error);
  if (failed.length === 0) {
    tell(`All is in ${out}; read it with BARS=${out}`);
    return 0;
  }
  tell(`Not fetched: ${failed.map(({ symbol }) => symbol).join(", ")}. The same command goes on where it ended.`);
  return 1;
}

function wordsOn({ symbol, rows, isNew, error }: FetchedSymbol): string {
  if (error) return `${symbol}: ${error.message}`;
  return `${symbol}: ${rows} days${isNew ? "" : ", fetched before"}`;
}
