import { basename } from "node:path";
import { sha256 } from "@lib/core";
import { bookSummaryTable, type DailyTable, judgeBookClaim, LIMITS, readDailyTable } from "@lib/f4";
import { badCellNotes, type Judged, judgedTitle, trialSource } from "./judged.ts";
import type { Options } from "./options.ts";
import { readFactors } from "./read_factors.ts";
import { withAdmitted } from "./with_admitted.ts";

const COSTS_BPS = [0, 5, 10, 20];

/** Judges books by their returns day by day; all looks go into the ledger, in the order of the columns. */
export async function judgeBooks(options: Options): Promise<Judged[]> {
  const { seed, periodsPerYear, finalFrom } = options;
  const file = basename(options.forecasts);
  const columns = options.columns ?? ["return"];
  const table = await readDailyTable(options.forecasts, { columns, optional: ["turnover", "market"] });
  for (const [name, values] of Object.entries(table.values)) refuseMissing(name, values, table.dates);
  const { turnover, market } = table.values;
  const data = [{ name: file, digest: sha256(table.dates.join(" ")) }];
  const factors = options.factors === undefined ? undefined : await readFactors(options.factors);
  const judged: Judged[] = [];
  for (const column of columns) {
    const book = { name: column, dates: table.dates, ...bookOf(table.values[column], turnover) };
    const trial = trialSource(file, { column, data, options });
    const card = await withAdmitted(
      file,
      options,
      (ledger, { draws = options.draws }) =>
        judgeBookClaim(book, { ledger, trial, finalFrom, market, factors, seed, draws, periodsPerYear }),
    );
    judged.push({
      name: column,
      card,
      title: judgedTitle(file, column, "return"),
      notes: [...badCellNotes(table.badCells), turnover === undefined ? AFTER_COSTS : BEFORE_COSTS],
      source: { file, rows: table.dates.length, badCells: table.badCells },
      summary: bookSummaryTable(card),
    });
  }
  return judged;
}

const AFTER_COSTS = "No turnover was brought: the returns are taken as earned after all costs, and stand below " +
  `${LIMITS.bookCostBps.value} bp only because the verdict asks there.`;
const BEFORE_COSTS = "A turnover was brought: the returns are taken as earned before costs.";

function bookOf(returns: Float64Array, turnover: Float64Array | undefined) {
  if (turnover === undefined) {
    const net = [{ costBps: LIMITS.bookCostBps.value, returns }];
    return { gross: returns, turnover: new Float64Array(returns.length), net };
  }
  const net = COSTS_BPS.map((costBps) => ({
    costBps,
    returns: returns.map((value, day) => value - costBps / 10_000 * turnover[day]),
  }));
  return { gross: returns, turnover, net };
}

function refuseMissing(name: string, values: Float64Array, dates: DailyTable["dates"]): void {
  const day = values.findIndex((value) => Number.isNaN(value));
  if (day < 0) return;
  throw new SyntaxError(`Cannot judge a book: each day must have a ${name}, ${dates[day]} has none`);
}
