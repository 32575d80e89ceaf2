import assert from "node:assert/strict";
import { bookTrial } from "../testdata/made_up_trials.ts";
import { judgeBookClaim } from "../judge_book_claim.ts";
import { Ledger } from "./ledger.ts";
import { nextClaim } from "./next_claim.ts";

Deno.test("nextClaim() foretells what the next claim of the family is held against", async () => {
  const ledger = Ledger.inMemory({ now: () => new Date("2026-01-05T09:00:00Z") });
  const { source } = bookTrial(0);
  const claim = async (seed: number) => {
    const { dates, values } = bookTrial(seed, 120).series!;
    const book = {
      name: "book",
      dates,
      gross: values,
      turnover: values.map(() => 0),
      net: [{ costBps: 5, returns: values }],
    };
    return await judgeBookClaim(book, { ledger, trial: { ...source, parameters: { seed } }, draws: 100 });
  };
  for (let seed = 1; seed <= 12; seed++) {
    const [newest] = (await ledger.records()).filter((record) => record.kind === "trial").slice(-1);
    const foretold = newest && nextClaim(newest, await ledger.standing(newest));
    const { trials, final } = await claim(seed);
    if (foretold === undefined) continue;
    assert.equal(trials.trials, foretold.trials + 1);
    if (trials.spread.source === "sampling") assert.equal(foretold.best.z, trials.expectedBest.z);
    assert.ok("reason" in final);
    assert.ok(foretold.needed.z > foretold.best.z && foretold.finalBlock.needed > foretold.finalBlock.best);
  }
});
