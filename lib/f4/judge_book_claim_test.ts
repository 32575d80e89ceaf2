import assert from "node:assert/strict";
import { normalRandom, seededRandom, stableJson, weekdays } from "@lib/core";
import { type DatedBook, judgeBookClaim, type JudgeBookClaimOptions, Ledger, probabilisticSharpeRatio } from "./mod.ts";

const trial = { source: "a test", parameters: {}, data: [{ name: "planted", digest: "d" }] };
const DAYS = 500;
const dates = weekdays("2020-01-01", DAYS);
const finalFrom = dates[400];

function book({ sharpe = 3, ofFinal = sharpe, seed = 1 }: { sharpe?: number; ofFinal?: number; seed?: number }) {
  const normal = normalRandom(seededRandom(seed));
  const gross = Float64Array.from(
    dates,
    (date) => 0.01 * (normal() + (date < finalFrom ? sharpe : ofFinal) / Math.sqrt(252)),
  );
  return {
    name: `book ${seed}`,
    dates,
    gross,
    turnover: new Float64Array(DAYS),
    net: [{ costBps: 5, returns: gross }],
  };
}

const quick = (judged: DatedBook, options: Partial<JudgeBookClaimOptions> = {}) =>
  judgeBookClaim(judged, { ledger: Ledger.inMemory(), trial, draws: 200, ...options });

Deno.test("`judgeBookClaim()` passes a book that earns, alone, by its probabilistic Sharpe ratio", async () => {
  const own = book({});
  const claim = await quick(own, { finalFrom });
  assert.equal(claim.verdict.verdict, "pass");
  assert.equal(claim.trials.trials, 1);
  const wanted = probabilisticSharpeRatio(own.gross);
  assert.ok(Math.abs(claim.trials.deflated.value! - wanted) < 1e-12);
  assert.ok("days" in claim.final && claim.final.days === 100 && claim.final.looks === 1);
});

Deno.test("`judgeBookClaim()` deflates the best of many books that earn nothing", async () => {
  const ledger = Ledger.inMemory();
  let best = { seed: 0, sharpe: -Infinity };
  for (let seed = 50; seed < 90; seed++) {
    const { costs: [{ sharpe }] } = await quick(book({ sharpe: 0, seed }), { ledger, draws: 100 });
    if (sharpe.value! > best.sharpe) best = { seed, sharpe: sharpe.value! };
  }
  const winner = book({ sharpe: 0, seed: best.seed });
  const alone = await quick(winner);
  const returns = winner.gross.map((value) => 2 * value);
  const counted = await quick({ ...winner, gross: returns, net: [{ costBps: 5, returns }] }, { ledger });
  assert.equal(counted.trials.trials, 41);
  assert.ok(alone.trials.deflated.value! > 0.95 && counted.trials.deflated.value! < 0.95);
  assert.equal(counted.verdict.verdict, "fail");
  assert.ok("probability" in counted.trials.overfitting);
});

Deno.test("`judgeBookClaim()` asks the final block, and one that loses there fails", async () => {
  const claim = await quick(book({ sharpe: 4, ofFinal: -1 }), { finalFrom });
  assert.equal(claim.verdict.verdict, "fail");
  assert.match(claim.verdict.summary, /^annual Sharpe ratio at 5 bp a side on the 100 days of the final block/);
  const early = await quick(book({ sharpe: 4 }), { finalFrom: "2030-01-01" });
  assert.match(early.verdict.summary, /no judged day lies in the final block/);
});

Deno.test("`judgeBookClaim()` counts a book once, whatever it is called", async () => {
  const ledger = Ledger.inMemory();
  const first = await quick(book({}), { ledger });
  await quick(book({ seed: 2 }), { ledger });
  assert.deepEqual(await quick({ ...book({}), name: "another" }, { ledger }), { ...first, name: "another" });
});

Deno.test("`judgeBookClaim()` says what it cannot know of a book that stands still", async () => {
  const still = new Float64Array(DAYS);
  const claim = await quick({ ...book({}), gross: still, net: [{ costBps: 5, returns: still }] }, { finalFrom });
  assert.equal(claim.verdict.verdict, "fail");
  stableJson(claim); // throws where a number is not finite
  assert.ok("reason" in claim.trials.deflated);
});

Deno.test("`judgeBookClaim()` refuses what does not fit before anything is counted", async () => {
  const ledger = Ledger.inMemory();
  await assert.rejects(quick({ ...book({}), dates: dates.slice(1) }, { ledger }), TypeError);
  await assert.rejects(quick({ ...book({}), net: [{ costBps: 1, returns: book({}).gross }] }, { ledger }), /at 5 bp/);
  await assert.rejects(quick({ ...book({}), dates: dates.toReversed() }, { ledger }), RangeError);
  assert.equal((await ledger.records()).length, 0);
});
