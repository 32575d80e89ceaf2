import assert from "node:assert/strict";
import { assertAlmostEqual, normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import { forecastDeciles, rankIcByYear } from "./mod.ts";

const normal = normalRandom(seededRandom(8));
const [names, days] = [20, 400];
const date = weekdays("2019-06-03", days);
const forecast = Float64Array.from({ length: names * days }, normal);
const panel = Panel.fromRows({
  symbol: Array.from(forecast, (_, row) => `N${String(Math.floor(row / days)).padStart(2, "0")}`),
  date: Array.from(forecast, (_, row) => date[row % days]),
  columns: { forecast, actual: forecast.map((value) => 0.2 * value + normal()) },
});

Deno.test("forecastDeciles() puts a tenth of each day in each group and covers the true means", () => {
  const deciles = forecastDeciles(panel);
  assert.deepEqual(Array.from(deciles.rows), Array(10).fill(800));
  let covered = 0;
  for (let group = 0; group < 10; group++) {
    const wanted = 0.2 * deciles.forecastMean[group];
    if (deciles.realisedLow[group] <= wanted && wanted <= deciles.realisedHigh[group]) covered++;
  }
  assert.ok(covered >= 8, `${covered} of 10 intervals cover`);
});

Deno.test("forecastDeciles() over all rows orders them by forecast alone", () => {
  const { forecastMean, rows } = forecastDeciles(panel, { among: "all", groups: 4, draws: 10 });
  assert.deepEqual(Array.from(rows), Array(4).fill(2000));
  assertAlmostEqual(forecastMean.toSorted(), forecastMean);
  assertAlmostEqual([forecastMean.reduce((sum, value) => sum + value, 0) / 4], [
    forecast.reduce((sum, value) => sum + value, 0) / 8000,
  ]);
});

Deno.test("forecastDeciles() relative to the day sees no move of the whole market", () => {
  const moved = panel.with({ actual: panel.column("actual").map((value, row) => value + Math.sin(panel.dayOf[row])) });
  const relative = forecastDeciles(moved, { relativeToDay: true, draws: 10 }).realisedMean;
  assertAlmostEqual(relative, forecastDeciles(panel, { relativeToDay: true, draws: 10 }).realisedMean);
  assertAlmostEqual([relative.reduce((sum, value) => sum + value, 0)], [0]);
});

Deno.test("forecastDeciles() refuses groups that stay empty", () => {
  assert.throws(() => forecastDeciles(panel, { groups: 21 }), { name: "RangeError" });
});

Deno.test("rankIcByYear() splits at the turn of the year, and its interval shrinks with days", () => {
  const { years, rankIc, low, high, days: count } = rankIcByYear(panel);
  assert.deepEqual(years, ["2019", "2020"]);
  assert.equal(count[0] + count[1], days);
  assert.ok(rankIc.every((value) => Math.abs(value - 0.19) < 0.05));
  assert.ok(high[0] - low[0] > high[1] - low[1]);
});

Deno.test("rankIcByYear() keeps a year in which no day has a coefficient", () => {
  const date = ["2020-12-31", "2020-12-31", "2021-01-04", "2021-01-04"];
  const columns = { forecast: Float64Array.of(1, 1, 1, 2), actual: Float64Array.of(0.1, 0.2, 0.1, 0.2) };
  const flat = Panel.fromRows({ symbol: ["A", "B", "A", "B"], date, columns });
  const { years, rankIc, days } = rankIcByYear(flat, { minimumNames: 2 });
  assert.deepEqual([years, Array.from(rankIc), Array.from(days)], [["2020", "2021"], [NaN, 1], [0, 1]]);
});
