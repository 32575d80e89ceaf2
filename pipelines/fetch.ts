/**
 * Fetches daily bars from a service into a folder of CSV files that the lab reads.
 *
 * Asks the service for each symbol, keeps its answers as they came in data/raw/answers, and leaves a file SYMBOL.csv with
 * prices adjusted for splits and dividends by us. About a second for a symbol, which is as often as we ask. Cut off, the
 * same command goes on.
 * Run: make fetch SOURCE=yahoo SYMBOLS=AAPL,MSFT FROM=2015-01-01
 */
import process from "node:process";
import { runFetch } from "./fetch/run_fetch.ts";

try {
  process.exitCode = await runFetch(Deno.args, console.log);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
