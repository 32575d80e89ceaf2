import assert from "node:assert/strict";
import { backtest } from "@lib/backtest";
import { assertAlmostEqual, mean, normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import { rankWeights } from "@lib/portfolio";
import { type HeldBooks, scorecard, sharpeRatio } from "./mod.ts";

/** Names with returns of the day, of the coming day, and forecasts; one name is halted for three days. */
function market() {
  const [names, days] = [12, 120];
  const normal = normalRandom(seededRandom(5));
  const calendar = weekdays("2020-01-01", days + 1);
  const rows = { symbol: [] as string[], date: [] as string[] };
  const columns = { forecast: [] as number[], actual: [] as number[], return: [] as number[] };
  for (let name = 0; name < names; name++) {
    const returns = calendar.map((_, day) => name === 3 && day > 40 && day < 44 ? NaN : 0.0005 + 0.02 * normal());
    calendar.forEach((date, day) => {
      rows.symbol.push(`S${10 + name}`);
      rows.date.push(date);
      columns.forecast.push(day === days ? NaN : normal());
      columns.actual.push(returns[day + 1] ?? NaN);
      columns.return.push(returns[day]);
    });
  }
  const arrays = Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)]);
  return Panel.fromRows({ ...rows, columns: Object.fromEntries(arrays) });
}

const books = (panel: Panel, options = {}): HeldBooks => {
  const { books } = scorecard(panel, { costsBps: [0, 10], draws: 100, ...options });
  assert.ok("daily" in books);
  return books;
};

Deno.test("scorecard() holds the books that portfolio and backtest hold, daily and in tranches", () => {
  const panel = market();
  const judged = panel.with({
    forecast: panel.column("forecast").map((value, row) => Number.isNaN(panel.column("actual")[row]) ? NaN : value),
  });
  const { daily, tranches, trancheDays, missingReturns } = books(panel, { returns: "return" });
  assert.equal(trancheDays, 5);
  for (const [held, days] of [[daily, 1], [tranches, 5]] as const) {
    const weights = rankWeights(judged, { forecast: "forecast", trancheDays: days, return: "return" });
    const { gross, net, turnover } = backtest({ weights, returns: panel }, { costsBps: [0, 10] });
    const [free, paid] = held.costs;
    assertAlmostEqual([free.annualReturn.value!, paid.annualReturn.value!], [
      252 * mean(gross),
      252 * mean(net[1].returns),
    ]);
    assertAlmostEqual([paid.sharpe.value!, held.turnover.value!], [sharpeRatio(net[1].returns), mean(turnover)]);
    const average = gross.map((_, day) => {
      const known = [...panel.rowsOfDay(day + 1)].map((row) => panel.column("return")[row]).filter(Number.isFinite);
      return mean(known);
    });
    const [x, y] = [mean(average), mean(gross)];
    const product = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, day) => sum + value * b[day], 0);
    const slope = (product(average, gross) - 120 * x * y) / (product(average, average) - 120 * x * x);
    assertAlmostEqual([held.beta.value!], [slope]);
  }
  assert.ok(missingReturns > 0);
});

Deno.test("scorecard() takes outcomes of one day for returns, and needs a column of them beyond", () => {
  const panel = market();
  const complete = panel.select((row) => panel.symbolOf[row] !== 3);
  assert.deepEqual(books(complete), books(complete, { returns: "return" }));
  const { books: none } = scorecard(panel, { horizonDays: 5, draws: 100 });
  assert.deepEqual(none, {
    value: null,
    reason: "a book held day by day needs one-day returns, and outcomes cover 5 days",
  });
  assert.equal(books(panel, { returns: "return", horizonDays: 20 }).trancheDays, 20);
});

Deno.test("scorecard() trades less in tranches", () => {
  const { daily, tranches } = books(market());
  assert.ok(tranches.turnover.value! < daily.turnover.value! / 2);
});
