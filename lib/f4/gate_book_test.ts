import assert from "node:assert/strict";
import { gateBook, judgeBook } from "./mod.ts";

const book = (drift: number, costBps = 5) => {
  const returns = Float64Array.from({ length: 1000 }, (_, day) => drift + 0.01 * Math.sin(day * day));
  return judgeBook({ gross: returns, turnover: new Float64Array(1000), net: [{ costBps, returns }] }, { draws: 200 });
};

Deno.test("gateBook() fails what does not earn for sure, and passes nothing that nobody counted", () => {
  assert.equal(gateBook(book(0.002)).verdict, "uncounted");
  assert.match(
    gateBook(book(0)).summary,
    /^Sharpe ratio -?0\.\d\d \(-\d.* at 5 bp a side, not told apart from 0 or below$/,
  );
  assert.equal(gateBook(book(-0.002)).verdict, "fail");
});

Deno.test("gateBook() suspects a leak in a book that nobody could have, and not in a short lucky one", () => {
  const verdict = gateBook(book(0.01));
  assert.equal(verdict.verdict, "suspected leak");
  assert.match(verdict.summary, /above 6, which no published book of daily forecasts sustains/);
  assert.notEqual(gateBook(book(0.002)).verdict, "suspected leak");
});

Deno.test("gateBook() refuses a book that was not judged at its costs", () => {
  assert.throws(() => gateBook(book(0, 10)), {
    name: "RangeError",
    message: "Cannot gate a book: it must be judged at 5 bp a side, current costs are 10",
  });
});
