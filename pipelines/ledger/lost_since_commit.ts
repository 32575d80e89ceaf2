import { basename, dirname, join } from "node:path";
import { lostRecords } from "@lib/f4";
import { $ } from "zx";

/**
 * What a ledger has lost of what the newest commit of its repository holds, one sentence for each record; nothing where
 * it lies in no repository, or was never committed. The chain alone cannot show it: without its newest lines it is whole.
 *
 * @param folder Of the ledger, which may be gone.
 */
export async function lostSinceCommit(folder: string): Promise<string[]> {
  const committed = await $({ nothrow: true, quiet: true })`git -C ${dirname(folder)} show HEAD:./${
    basename(folder)
  }/ledger.jsonl`;
  if (committed.exitCode !== 0) return [];
  const lines = await Deno.readTextFile(join(folder, "ledger.jsonl")).catch(() => "");
  return lostRecords(committed.stdout, lines).map(({ when, source, hash }) =>
    `the ledger must keep what was committed, current state lacks the record of ${when} ${source} (${
      hash.slice(0, 12)
    }); git restore ${basename(folder)} in ${dirname(folder)} brings it back, with the loss of what was tried since`
  );
}
