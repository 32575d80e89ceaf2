import assert from "node:assert/strict";
import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import { buyAndHoldWeights, rankWeights } from "@lib/portfolio";
import { backtest } from "./mod.ts";

const days = 250;
const names = 20;

/** Independent returns, tomorrow's return, and tomorrow's shifted by a day either way. */
function market(): Panel {
  const normal = normalRandom(seededRandom(11));
  const dates = weekdays("2019-01-01", days);
  const symbol = Array.from({ length: names * days }, (_, row) => `S${Math.floor(row / days)}`);
  const date = symbol.map((_, row) => dates[row % days]);
  const returns = Float64Array.from(symbol, () => 0.01 * normal());
  const shifted = (by: number) =>
    returns.map((_, row) => (row % days) + by < 0 || (row % days) + by >= days ? NaN : returns[row + by]);
  return Panel.fromRows({
    symbol,
    date,
    columns: { return: returns, today: returns, tomorrow: shifted(1), after_tomorrow: shifted(2) },
  });
}

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
const close = (actual: number, wanted: number, tolerance = 1e-12) =>
  assert.ok(Math.abs(actual - wanted) < tolerance, `${actual} is not ${wanted}`);

Deno.test("backtest() pays a forecast of tomorrow's return, and of no other day's", () => {
  const panel = market();
  const earned = (forecast: string) => {
    const { gross } = backtest({ weights: rankWeights(panel, { forecast }) });
    const mean = total(gross) / gross.length;
    return mean / Math.sqrt(gross.reduce((sum, value) => sum + (value - mean) ** 2, 0) / gross.length);
  };
  assert.ok(earned("tomorrow") > 3);
  const noise = 4 / Math.sqrt(days);
  assert.ok(Math.abs(earned("today")) < noise);
  assert.ok(Math.abs(earned("after_tomorrow")) < noise);
});

Deno.test("backtest() counts drift, trades and costs as by hand", () => {
  const dates = weekdays("2020-01-01", 3);
  const panel = Panel.fromRows({
    symbol: ["A", "A", "A", "B", "B", "B"],
    date: [...dates, ...dates],
    columns: {
      weight: Float64Array.of(0.5, 0.5, 0, 0.5, 0.5, 0),
      return: Float64Array.of(0.3, 0.1, -0.2, 0.3, 0, 0.1),
    },
  });
  const book = backtest({ weights: panel }, { costsBps: [0, 100] });
  assert.deepEqual(book.dates, dates.slice(1));
  close(book.gross[0], 0.05);
  close(book.gross[1], -0.05);
  close(book.turnover[0], 1);
  close(book.turnover[1], Math.abs(0.5 - 0.55 / 1.05) + Math.abs(0.5 - 0.5 / 1.05));
  close(book.net[1].returns[1], book.gross[1] - 0.01 * book.turnover[1]);
  assert.deepEqual(book.net[0].returns, book.gross);
  assert.deepEqual([...book.grossExposure, ...book.netExposure], [1, 1, 1, 1]);
});

Deno.test("backtest() finds nothing to trade in a book that is bought and held", () => {
  const panel = market();
  const { turnover, gross } = backtest({ weights: buyAndHoldWeights(panel) });
  close(turnover[0], 1);
  assert.ok(turnover.slice(1).every((traded) => traded < 1e-12));
  const growth = Array.from({ length: names }, (_, name) => {
    const own = panel.column("return").slice(name * days + 1, (name + 1) * days);
    return own.reduce((product, value) => product * (1 + value), 1);
  });
  close(gross.reduce((product, value) => product * (1 + value), 1), growth.reduce((a, b) => a + b) / names);
});

Deno.test("backtest() lets a book drift on days without a decision", () => {
  const panel = market();
  const whole = buyAndHoldWeights(panel);
  const once = whole.select((row) => whole.dayOf[row] === 0);
  const drifting = backtest({ weights: once, returns: panel }).gross;
  backtest({ weights: whole }).gross.forEach((value, day) => close(value, drifting[day]));
});

Deno.test("backtest() is unchanged when the future is cut off", () => {
  const panel = rankWeights(market(), { forecast: "today" });
  const whole = backtest({ weights: panel });
  const cut = backtest({ weights: panel.select((row) => panel.dayOf[row] < 100) });
  assert.deepEqual(cut.net[2].returns, whole.net[2].returns.slice(0, 99));
});

Deno.test("backtest() counts a missing return of a held name, and only of a held one", () => {
  const dates = weekdays("2020-01-01", 2);
  const panel = Panel.fromRows({
    symbol: ["A", "A", "B", "B", "C"],
    date: [...dates, ...dates, dates[0]],
    columns: { weight: Float64Array.of(0.5, 0, 0, 0, 0.5), return: Float64Array.of(0, NaN, 0, NaN, 0) },
  });
  const book = backtest({ weights: panel });
  assert.deepEqual(book.missingReturns, { count: 2, examples: [`A ${dates[1]}`, `C ${dates[1]}`] });
  assert.deepEqual(book.gross, Float64Array.of(0));
});

Deno.test("backtest() has nothing to say of one day or of no rows", () => {
  const empty = Panel.fromRows({
    symbol: [],
    date: [],
    columns: { weight: new Float64Array(), return: new Float64Array() },
  });
  assert.deepEqual(backtest({ weights: empty }).dates, []);
  const day = Panel.fromRows({
    symbol: ["A"],
    date: ["2020-01-01"],
    columns: { weight: Float64Array.of(1), return: Float64Array.of(1) },
  });
  assert.deepEqual(backtest({ weights: day }).gross, new Float64Array(0));
});

Deno.test("backtest() refuses what it cannot price", () => {
  const dates = weekdays("2020-01-01", 2);
  const panel = (weight: number, rate: number) =>
    Panel.fromRows({
      symbol: ["A", "A"],
      date: dates,
      columns: { weight: Float64Array.of(weight, weight), return: Float64Array.of(0, rate) },
    });
  assert.throws(() => backtest({ weights: panel(Infinity, 0) }), /the weight of A on 2020-01-01/);
  assert.throws(() => backtest({ weights: panel(1, Infinity) }), /the return of A on 2020-01-02/);
  assert.throws(() => backtest({ weights: panel(-1, 1.5) }), /must be above -1, current value of 2020-01-02 is -1.5/);
  assert.throws(() => backtest({ weights: panel(1, 0) }, { costsBps: [-1] }), RangeError);
  const other = Panel.fromRows({ symbol: ["B"], date: [dates[0]], columns: { return: Float64Array.of(0) } });
  assert.throws(() => backtest({ weights: panel(1, 0), returns: other }), /without any/);
});
