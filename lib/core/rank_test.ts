import assert from "node:assert/strict";
import { centredRanksByDay } from "./centred_ranks_by_day.ts";
import { Panel } from "./panel.ts";
import { seededRandom } from "./random.ts";
import { centredRanks, midRanks } from "./rank.ts";

/** Ranks by the definition: one more than the number below, plus half of the number that ties with it. */
function countedRanks(values: Float64Array): Float64Array {
  return values.map((value) => {
    if (Number.isNaN(value)) return NaN;
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

const random = seededRandom(3);
const draws = (count: number) =>
  Float64Array.from({ length: count }, () => random() < 0.1 ? NaN : Math.round(40 * random()) - 20);

Deno.test("midRanks() counts what is below, ties halved, at every length", () => {
  for (let count = 0; count < 70; count++) {
    const values = draws(count);
    assert.deepEqual(midRanks(values), countedRanks(values));
  }
});

Deno.test("midRanks() counts what is below, however unevenly the values lie", () => {
  const uniform = Float64Array.from({ length: 300 }, () => random() - 0.5);
  const shapes: Record<string, (value: number) => number> = {
    even: (value) => value,
    "far apart": (value) => Math.sign(value) * Math.exp(700 * Math.abs(value)),
    "a wider range than a number holds": (value) => 2 * value * Number.MAX_VALUE,
    "a narrower one than has an inverse": (value) => Math.round(500 * value) * Number.MIN_VALUE,
    "an outlier and a crowd": (value) => value > 0.49 ? 1e12 : value,
  };
  for (const [shape, change] of Object.entries(shapes)) {
    const values = uniform.map(change);
    assert.deepEqual(midRanks(values), countedRanks(values), shape);
  }
});

Deno.test("midRanks() places infinities at the ends, and takes 0 and -0 for equal", () => {
  const values = Float64Array.of(Infinity, 0, -Infinity, -0, Infinity);
  assert.deepEqual(midRanks(values), Float64Array.of(4.5, 2.5, 1, 2.5, 4.5));
});

Deno.test("centredRanks() have mean 0 and stay within half of it", () => {
  const ranks = centredRanks(draws(50)).filter((rank) => !Number.isNaN(rank));
  assert.ok(Math.abs(ranks.reduce((sum, rank) => sum + rank)) < 1e-12);
  assert.ok(ranks.every((rank) => Math.abs(rank) < 0.5));
});

Deno.test("centredRanksByDay() is centredRanks() of each day, to the last bit, where symbols come and go", () => {
  const keys = Array.from({ length: 40 }, (_, symbol) => Array.from({ length: 30 }, (_, day) => ({ symbol, day })))
    .flat().filter(() => random() < 0.8);
  const panel = Panel.fromRows({
    symbol: keys.map(({ symbol }) => `S${symbol + 10}`),
    date: keys.map(({ day }) => `2020-01-${day + 10}`),
    columns: { value: draws(keys.length) },
  });
  const ranks = centredRanksByDay(panel, panel.column("value"));
  for (let day = 0; day < panel.dates.length; day++) {
    const rows = panel.rowsOfDay(day);
    const values = Float64Array.from(rows, (row) => panel.column("value")[row]);
    assert.deepEqual(Float64Array.from(rows, (row) => ranks[row]), centredRanks(values));
  }
});

Deno.test("centredRanksByDay() refuses values that are not one for each row", () => {
  const panel = Panel.fromRows({ symbol: ["A"], date: ["2020-01-02"], columns: {} });
  assert.throws(() => centredRanksByDay(panel, new Float64Array(2)), { name: "TypeError" });
});
