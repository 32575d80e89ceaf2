import assert from "node:assert/strict";
import fc from "fast-check";
import { seededRandom, weekdays } from "@lib/core";
import { adjustBars } from "./adjust_bars.ts";
import type { CorporateAction, TradedBars } from "./traded_bars.ts";

const TOLERANCE = 1e-12;

function barsOf(close: number[], actions: CorporateAction[]): TradedBars {
  const prices = Float64Array.from(close);
  return {
    symbol: "A",
    days: weekdays("2024-01-01", close.length),
    open: prices.map((price) => price * 0.99),
    high: prices.map((price) => price * 1.01),
    low: prices.map((price) => price * 0.98),
    close: prices,
    volume: prices.map((_, row) => 1000 + row),
    actions,
  };
}

const returnsOf = (prices: Float64Array) => Array.from(prices.subarray(1), (price, row) => price / prices[row] - 1);

function assertClose(current: ArrayLike<number>, wanted: ArrayLike<number>): void {
  assert.equal(current.length, wanted.length);
  Array.from(wanted, (value, row) => {
    if (Number.isNaN(value)) assert.ok(Number.isNaN(current[row]));
    else {assert.ok(
        Math.abs(current[row] - value) <= TOLERANCE * Math.max(1, Math.abs(value)),
        `${row}: ${current[row]}`,
      );}
  });
}

// 1 January 2024 is a Monday: 01, 02, 03, 04, 05, 08, 09
const golden = barsOf([40, 42, 21, 20, 20.5, 205, 200], [
  { kind: "dividend", day: "2024-01-01", amount: 9 }, // in the first price already
  { kind: "split", day: "2024-01-03", ratio: 2 },
  { kind: "dividend", day: "2024-01-04", amount: 0.5 },
  { kind: "split", day: "2024-01-08", ratio: 0.1 },
  { kind: "dividend", day: "2024-01-08", amount: 5 }, // for a share after the reverse split
]);

Deno.test("adjustBars() gives what is reckoned by hand", () => {
  // shares: 1 1 2 2 2 0.2 0.2, of which the last day has 0.2
  const { close, open, volume, adjusted } = adjustBars(golden);
  assertClose(close, [200, 210, 210, 200, 205, 205, 200]);
  assertClose(open, [198, 207.9, 207.9, 198, 202.95, 202.95, 198]);
  assertClose(volume, [200, 200.2, 1002 / 10, 100.3, 100.4, 1005, 1006]);
  // dividends: 1 + 0.5 / 20 = 1.025 on the fourth day, 1 + 5 / 205 = 42 / 41 on the sixth
  const [first, both] = [42 / 41, 1.025 * 42 / 41];
  assertClose(adjusted, [200 / both, 210 / both, 210 / both, 200 / first, 205 / first, 205, 200]);
  assertClose(returnsOf(adjusted), [0.05, 0, 20.5 / 21 - 1, 0.025, (205 + 5) / 205 - 1, 200 / 205 - 1]);
});

Deno.test("adjustBars() on the first day's base begins where prices traded", () => {
  const { close, volume, adjusted } = adjustBars(golden, { base: "first" });
  assertClose(close, [40, 42, 42, 40, 41, 41, 40]);
  assertClose(volume, [1000, 1001, 501, 501.5, 502, 5025, 5030]);
  assert.equal(adjusted[0], 40);
});

Deno.test("adjustBars() puts a dividend into shares at the next known close, through a split on the way", () => {
  const { adjusted } = adjustBars(barsOf([10, NaN, 5, 5], [
    { kind: "dividend", day: "2024-01-02", amount: 1 },
    { kind: "split", day: "2024-01-03", ratio: 2 },
  ]));
  // whoever held a share at 10 has two at 5 and a dollar: 11
  assertClose(adjusted, [5 / 1.1, NaN, 5, 5]);
});

/** Prices, splits and dividends by chance. */
const markets = fc.integer({ min: 0, max: 0xffffffff }).map((seed) => {
  const random = seededRandom(seed);
  const close = Array.from({ length: 30 }, () => random() < 0.05 ? NaN : 5 + 100 * random());
  close[0] = 50;
  const days = weekdays("2024-01-01", close.length);
  const actions = days.slice(1).flatMap((day): CorporateAction[] => {
    const chance = random();
    if (chance < 0.1) return [{ kind: "split", day, ratio: [2, 3, 0.1, 1.05, 7][Math.floor(random() * 5)] }];
    return chance < 0.25 ? [{ kind: "dividend", day, amount: random() }] : [];
  });
  return barsOf(close, actions);
});

Deno.test("adjustBars() as known on any day gives the same returns up to it as knowing all", () => {
  fc.assert(fc.property(markets, fc.integer({ min: 1, max: 28 }), (bars, cut) => {
    const asOf = bars.days[cut];
    const [whole, known] = [adjustBars(bars), adjustBars(bars, { asOf })];
    assert.equal(known.days.at(-1), asOf);
    for (const name of ["open", "close", "adjusted"] as const) {
      assertClose(returnsOf(known[name]), returnsOf(whole[name].subarray(0, cut + 1)));
    }
    const paid = (row: number) => known.close[row] * known.volume[row];
    assertClose(known.days.map((_, row) => paid(row)), known.days.map((_, row) => bars.close[row] * bars.volume[row]));
  }));
});

Deno.test("adjustBars() on the first day's base never changes what was written, to the last bit", () => {
  fc.assert(fc.property(markets, fc.integer({ min: 1, max: 28 }), (bars, cut) => {
    const whole = adjustBars(bars, { base: "first" });
    const known = adjustBars(bars, { base: "first", asOf: bars.days[cut] });
    for (const name of ["open", "high", "low", "close", "volume", "adjusted"] as const) {
      assert.deepEqual(known[name], whole[name].slice(0, cut + 1));
    }
  }));
});

Deno.test("adjustBars() with no bars, and on nonsense", () => {
  assert.equal(adjustBars(barsOf([], golden.actions as CorporateAction[])).days.length, 0);
  assert.throws(() => adjustBars(golden, { asOf: "yesterday" }), RangeError);
  assert.throws(
    () => adjustBars(barsOf([1], [{ kind: "split", day: "2024-01-02", ratio: 0 }])),
    /ratio must be above 0/,
  );
  assert.throws(() => adjustBars({ ...golden, days: golden.days.toReversed() }), /after the one before/);
});
