/**
 * Fetches from a service into a folder: daily bars as CSV files that the lab reads, or records (news, macroeconomic
 * series, trades of insiders, options), each with the time from which it was known.
 *
 * Asks for each symbol as often as the service allows, keeps its answers as they came in data/raw/answers, and leaves a
 * file for each symbol in data/derived/fetched or OUT. About a second for a symbol's bars. Cut off, the same command goes
 * on. Keys are read from the environment.
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
