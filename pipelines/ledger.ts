/**
 * Shows what has been tried on held-out rows, what the next claim on each family of trials has to show for it, and
 * whether the ledger is whole; or admits looks that nobody counted when they were made.
 *
 * Reads experiments/ledger, or the folder that LAB_LEDGER names. Seconds.
 *
 *   make ledger
 *   make ledger ADMIT=60 WHAT=book MARKET=panel TIER=final WORDS='variants seen before the recorded one, see LOG.md'
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { checkOneOf, repositoryPath } from "@lib/core";
import { Ledger, ledgerFaultWords, LIMITS } from "@lib/f4";
import { chalk } from "zx";
import { admitLooks } from "./ledger/admit_looks.ts";
import { familyRows, trialRows } from "./ledger/ledger_tables.ts";
import { printTable } from "./print_table.ts";

const HELP = `Shows the ledger of trials, or admits looks that nobody counted

  --last=40        how many of the newest records to show; 0 for all
  --admit=COUNT    looks to admit; with them:
  --what=forecast  forecast or book
  --market=panel   whose rows were looked at: panel, bars or a folder of bars
  --tier=final     development, or final where the final block was looked at too
  --words=TEXT     what was seen, and where that is written down
  --help           show this text

Admitting the same once more admits nothing.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      last: { type: "string", default: "40" },
      admit: { type: "string", default: "" },
      what: { type: "string", default: "forecast" },
      market: { type: "string", default: "" },
      tier: { type: "string", default: "final" },
      words: { type: "string", default: "" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const ledger = await Ledger.open(process.env.LAB_LEDGER ?? repositoryPath("experiments", "ledger"));
  if (values.admit !== "") {
    const { what, market, tier, words } = values;
    checkOneOf("admit looks", "WHAT", what, ["forecast", "book"]);
    checkOneOf("admit looks", "TIER", tier, ["development", "final"]);
    const { trials, when } = await admitLooks(ledger, { what, market, tier, words, trials: Number(values.admit) });
    console.log(`${trials} looks at ${what}s on ${market} stand in the ledger as admitted, since ${when}`);
  }
  const faults = await ledger.verify();
  for (const fault of faults) console.error(chalk.red(ledgerFaultWords(fault)));
  const records = await ledger.records();
  if (records.length === 0) {
    console.log("Nothing has been tried yet.");
    return 0;
  }
  const rows = trialRows(records);
  printTable(
    ["when", "record", "tier", "what", "judged by", "value", "t", "new against the trial before"],
    rows.slice(-Number(values.last)),
  );
  const titles = ["looks", "admitted", "best of noise", "a claim needs", "looks at final block", "needs there"];
  printTable(["family", "measure", "days", ...titles], await familyRows(ledger));
  console.log(
    "\nlooks: recorded and admitted on rows that the newest trial shares. best of noise: what the best of as many trials\n" +
      "and one more shows on average without skill. a claim needs: that for a deflated probability of " +
      `${LIMITS.deflatedProbability.value}. As t, or for books\n` +
      "as annual Sharpe ratio over the days of the newest; on the final block alone, which earlier days do not use up, as t.",
  );
  return faults.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
