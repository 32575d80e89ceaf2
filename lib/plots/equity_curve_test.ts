import assert from "node:assert/strict";
import { type EquityBook, equityCurve } from "./equity_curve.ts";

const book: EquityBook = Object.freeze({
  name: "long-short <small>",
  costBps: 10,
  dates: Object.freeze(["2020-01-02", "2020-01-03", "2020-01-06", "2020-01-07"]),
  dailyReturns: Object.freeze([0.1, -0.5, 0.2, 1]),
});

Deno.test("equityCurve() compounds returns and measures each loss from the highest value so far", () => {
  const [wealth, drawdown] = equityCurve([book]).data;
  assert.deepEqual((wealth.y as number[]).map((value) => value.toFixed(4)), ["1.1000", "0.5500", "0.6600", "1.3200"]);
  assert.deepEqual((drawdown.y as number[]).map((value) => value.toFixed(2)), ["0.00", "-0.50", "-0.40", "0.00"]);
  assert.deepEqual(wealth.x, book.dates);
});

Deno.test("equityCurve() counts a loss on the first day", () => {
  const [, drawdown] = equityCurve([{ ...book, dates: ["2020-01-02"], dailyReturns: [-0.25] }]).data;
  assert.deepEqual(drawdown.y, [-0.25]);
});

Deno.test("equityCurve() names each book with its cost level, letter for letter", () => {
  const { data } = equityCurve([book, { ...book, costBps: 0 }]);
  assert.deepEqual([data[0].name, data[2].name], ["long-short &lt;small&gt;, 10 bp", "long-short &lt;small&gt;, 0 bp"]);
});

Deno.test("equityCurve() labels a log axis with round values also where no power of ten is crossed", () => {
  const labels = (last: number) => {
    const { yaxis } = equityCurve([{ ...book, dates: ["2020-01-02"], dailyReturns: [last] }]).layout;
    return (yaxis as { ticktext: string[] }).ticktext;
  };
  assert.deepEqual(labels(0.1), ["1.00", "1.02", "1.04", "1.06", "1.08", "1.10"]);
  assert.deepEqual(labels(8), ["1", "2", "5"]);
  assert.ok(labels(5000).includes("1000"));
});

Deno.test("equityCurve() refuses what it cannot compound", () => {
  assert.throws(() => equityCurve([]), {
    name: "RangeError",
    message: "Cannot draw equity curves: there must be at least one book, current number is 0",
  });
  assert.throws(() => equityCurve([{ ...book, dailyReturns: [0, NaN, 0, 0] }]), {
    name: "RangeError",
    message: "Cannot draw equity curves: every daily return must be a finite number, current value is NaN",
  });
  assert.throws(() => equityCurve([{ ...book, dailyReturns: [0, 0, -1, 0] }]), {
    name: "RangeError",
    message: "Cannot draw equity curves: every daily return must be above -1, current value is -1",
  });
  assert.throws(() => equityCurve([{ ...book, dailyReturns: [0] }]), { name: "TypeError" });
});
