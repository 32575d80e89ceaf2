import { join } from "node:path";
import { Ledger, ledgerFaultWords } from "@lib/f4";
import type { Recorded } from "@lib/study";
import { lostSinceCommit } from "../ledger/lost_since_commit.ts";

/** Of a repository: where looks at held-out rows are counted. */
export const LEDGER_FOLDER = "experiments/ledger";

/**
 * What is wrong with the ledger of a repository, one sentence each: a chain or series that is not whole, records that
 * the newest commit has and the ledger has no more, recorded studies whose trial is not in it.
 *
 * @param root Of the repository.
 * @param recorded What is recorded of each study, by its name.
 */
export async function ledgerFaults(root: string, recorded: Readonly<Record<string, Recorded>>): Promise<string[]> {
  const folder = join(root, LEDGER_FOLDER);
  const ledger = await Ledger.open(folder);
  const broken = (await ledger.verify()).map((fault) => `${LEDGER_FOLDER}: ${ledgerFaultWords(fault)}`);
  const lines = await Deno.readTextFile(join(folder, "ledger.jsonl")).catch(() => "");
  const lost = await lostSinceCommit(folder);
  const hashes = new Set(lines.split("\n").filter((line) => line !== "").map(hashOfLine));
  const unknown = Object.entries(recorded).flatMap(([study, { steps }]) =>
    Object.entries(steps).flatMap(([step, { tags }]) =>
      tags.trial === undefined || hashes.has(tags.trial)
        ? []
        : [`${study}/${step} is recorded with the trial ${tags.trial.slice(0, 12)}, which the ledger does not have`]
    )
  );
  return [...broken, ...lost, ...unknown];
}

function hashOfLine(line: string): string | undefined {
  try {
    return JSON.parse(line).hash;
  } catch {
    return undefined;
  }
}
