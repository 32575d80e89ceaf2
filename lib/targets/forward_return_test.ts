import assert from "node:assert/strict";
import { Panel, seededRandom } from "@lib/core";
import { forwardReturn } from "./forward_return.ts";

const days = Array.from({ length: 12 }, (_, day) => `2020-01-${day + 10}`);

/** A market of three symbols: A whole, B without rows on days 4 and 5, C from day 3 on. */
function market(level: (symbol: string, day: number) => number): Panel {
  const keys = ["A", "B", "C"].flatMap((symbol) => days.map((_, day) => ({ symbol, day })))
    .filter(({ symbol, day }) => !(symbol === "B" && (day === 4 || day === 5)) && !(symbol === "C" && day < 3));
  return Panel.fromRows({
    symbol: keys.map(({ symbol }) => symbol),
    date: keys.map(({ day }) => days[day]),
    columns: { index: Float64Array.from(keys, ({ symbol, day }) => level(symbol, day)) },
  });
}

const valueAt = (panel: Panel, values: Float64Array, symbol: string, day: number) =>
  Array.from(values).find((_, row) => panel.key(row).symbol === symbol && panel.key(row).date === days[day]);

const powers = market((_, day) => 2 ** day);

Deno.test("forwardReturn() is the ratio of the index at t + h to the index at t, less 1", () => {
  for (const horizonDays of [1, 2, 5]) {
    const values = forwardReturn(powers, { horizonDays });
    assert.equal(valueAt(powers, values, "A", 3), 2 ** horizonDays - 1);
    assert.equal(valueAt(powers, values, "C", 3), 2 ** horizonDays - 1);
  }
});

Deno.test("forwardReturn() counts trading days of the calendar, not rows of the symbol", () => {
  const oneDay = forwardReturn(powers, { horizonDays: 1 });
  assert.equal(valueAt(powers, oneDay, "B", 3), NaN, "no row on the very next day");
  const twoDays = forwardReturn(powers, { horizonDays: 2 });
  assert.equal(valueAt(powers, twoDays, "B", 2), NaN);
  assert.equal(valueAt(powers, twoDays, "B", 3), NaN);
  const threeDays = forwardReturn(powers, { horizonDays: 3 });
  assert.equal(valueAt(powers, threeDays, "B", 3), 7, "the row on day t + 3 exists; those between do not matter");
});

Deno.test("forwardReturn() is missing on the last h days, and on no other day of a whole symbol", () => {
  for (const horizonDays of [1, 5, 11, 12, 100]) {
    const values = forwardReturn(powers, { horizonDays });
    days.forEach((_, day) =>
      assert.equal(Number.isNaN(valueAt(powers, values, "A", day)), day >= days.length - horizonDays)
    );
  }
});

Deno.test("forwardReturn() is missing where the index is missing or 0 at an end", () => {
  const holed = market((symbol, day) => symbol === "A" && day === 6 ? NaN : symbol === "C" && day === 6 ? 0 : 1);
  const values = forwardReturn(holed, { horizonDays: 2 });
  assert.deepEqual([4, 5, 6].map((day) => valueAt(holed, values, "A", day)), [NaN, 0, NaN]);
  assert.deepEqual([4, 5, 6].map((day) => valueAt(holed, values, "C", day)), [-1, 0, NaN]);
});

Deno.test("forwardReturn() is unchanged to the last bit by anything that comes after t + h", () => {
  const random = seededRandom(1);
  const first = market(() => 1 + random());
  for (const horizonDays of [1, 3]) {
    for (const lastDay of [2, 6, 10]) {
      const later = first.with({
        index: first.column("index").map((value, row) => first.dayOf[row] > lastDay ? value * 7 : value),
      });
      const [before, after] = [first, later].map((panel) => forwardReturn(panel, { horizonDays }));
      const judged = before.map((_, row) => first.dayOf[row] + horizonDays <= lastDay ? 1 : 0);
      assert.ok(judged.includes(1) || lastDay < horizonDays);
      judged.forEach((isJudged, row) => isJudged && assert.ok(Object.is(before[row], after[row])));
    }
  }
});

Deno.test("forwardReturn() is unchanged to the last bit by anything that comes before t", () => {
  const random = seededRandom(2);
  const first = market(() => 1 + random());
  const earlier = first.with({
    index: first.column("index").map((value, row) => first.dayOf[row] < 5 ? value * 7 : value),
  });
  const [before, after] = [first, earlier].map((panel) => forwardReturn(panel, { horizonDays: 2 }));
  before.forEach((value, row) => first.dayOf[row] >= 5 && assert.ok(Object.is(value, after[row])));
});

Deno.test("forwardReturn() of an empty panel is empty", () => {
  const empty = Panel.fromRows({ symbol: [], date: [], columns: { index: new Float64Array(0) } });
  assert.deepEqual(forwardReturn(empty, { horizonDays: 1 }), new Float64Array(0));
});

Deno.test("forwardReturn() refuses a horizon that is none, and a panel without an index", () => {
  assert.throws(() => forwardReturn(powers, { horizonDays: 0 }), {
    name: "RangeError",
    message: "Cannot compute a forward return: horizonDays must be an integer of at least 1, current value is 0",
  });
  assert.throws(() => forwardReturn(powers.pick([]), { horizonDays: 1 }), { name: "RangeError" });
});
