/**
 * Judges what a person brings: tables of forecasts, or a book day by day. What it is worth, with errors, baselines, what
 * was tried before, and a verdict.
 *
 * Reads CSV or parquet; leaves scorecard.json, report.md and report.html in a folder, one folder below it for each where
 * a table holds several; counts each look in the ledger of trials. Some seconds for a million rows. Exit 0 when the table
 * was judged, whatever the verdict; 1 when it could not be read, and then nothing is written.
 * Run: make f4 FORECASTS=file.csv OUT=folder HORIZON=5
 */
import { relative } from "node:path";
import process from "node:process";
import { judgeBooks } from "./f4/judge_books.ts";
import { judgeForecasts } from "./f4/judge_forecasts.ts";
import { judgeKinds } from "./f4/judge_kinds.ts";
import type { Judged } from "./f4/judged.ts";
import { leave } from "./f4/leave.ts";
import { checkFolder, HELP, type Options, readOptions } from "./f4/options.ts";
import { lostSinceCommit } from "./ledger/lost_since_commit.ts";

function judgeBy({ kind, ...options }: Options): Promise<Judged[]> {
  if (kind === "book") return judgeBooks({ kind, ...options });
  return kind === "forecast" ? judgeForecasts({ kind, ...options }) : judgeKinds({ kind, ...options });
}

try {
  const options = readOptions(Deno.args);
  if (options === "help") console.log(HELP);
  else {
    const { ledger, out } = options;
    await checkFolder(out);
    const [lost] = await lostSinceCommit(ledger);
    if (lost !== undefined) throw new RangeError(`Cannot judge forecasts: ${lost}`);
    await leave(out, await judgeBy(options));
    console.log(
      `\nLooks are counted in ${relative(Deno.cwd(), ledger)}, to be committed with what is claimed. ` +
        "LEDGER=folder keeps one of its own for a market that was never tried here.",
    );
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
