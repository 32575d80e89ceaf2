/** A process of its own for tests: appends trials of books to the ledger in a folder, and says each once it is in. */
import { bookTrial } from "./made_up_trials.ts";
import { Ledger } from "../ledger/ledger.ts";

if (import.meta.main) {
  const [folder, first, trials] = Deno.args;
  const ledger = await Ledger.open(folder, { now: () => new Date("2026-01-05T09:00:00Z") });
  for (let seed = Number(first); seed < Number(first) + Number(trials); seed++) {
    await ledger.append(bookTrial(seed));
    console.log(seed);
  }
}
