import assert from "node:assert/strict";
import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import { rankWeights } from "./mod.ts";

const close = (actual: number, wanted: number) => assert.ok(Math.abs(actual - wanted) < 1e-12, `${actual} ${wanted}`);

function randomPanel(names: number, days: number): Panel {
  const normal = normalRandom(seededRandom(5));
  const dates = weekdays("2020-01-01", days);
  const [symbol, date]: string[][] = [[], []];
  for (let name = 0; name < names; name++) {
    for (const day of dates) {
      symbol.push(`S${name}`);
      date.push(day);
    }
  }
  const score = Float64Array.from(symbol, () => normal());
  return Panel.fromRows({ symbol, date, columns: { score } });
}

const exposures = (panel: Panel, day: number) => {
  const weights = [...panel.rowsOfDay(day)].map((row) => panel.column("weight")[row]);
  return { gross: weights.reduce((sum, w) => sum + Math.abs(w), 0), net: weights.reduce((sum, w) => sum + w, 0) };
};

Deno.test("rankWeights() holds half long and half short, and all of it in a long-only book", () => {
  const panel = randomPanel(7, 20);
  const both = rankWeights(panel, { forecast: "score" });
  const long = rankWeights(panel, { forecast: "score", book: "long_only" });
  for (let day = 0; day < 20; day++) {
    close(exposures(both, day).gross, 1);
    close(exposures(both, day).net, 0);
    close(exposures(long, day).net, 1);
  }
  assert.ok(long.column("weight").every((weight) => weight >= 0));
});

Deno.test("rankWeights() gives no weight to a name without a forecast, and shares it among the others", () => {
  const panel = Panel.fromRows({
    symbol: ["A", "B", "C"],
    date: Array(3).fill("2020-01-02"),
    columns: { score: Float64Array.of(1, NaN, 2) },
  });
  assert.deepEqual(rankWeights(panel, { forecast: "score" }).column("weight"), Float64Array.of(-0.5, 0, 0.5));
  const long = rankWeights(panel, { forecast: "score", book: "long_only" });
  assert.deepEqual(long.column("weight"), Float64Array.of(0, 0, 1));
});

Deno.test("rankWeights() takes no side where all forecasts tie or none is known", () => {
  const panel = Panel.fromRows({
    symbol: ["A", "B", "A", "B"],
    date: ["2020-01-02", "2020-01-02", "2020-01-03", "2020-01-03"],
    columns: { score: Float64Array.of(4, 4, NaN, NaN) },
  });
  assert.deepEqual(rankWeights(panel, { forecast: "score" }).column("weight"), new Float64Array(4));
  const long = rankWeights(panel, { forecast: "score", book: "long_only" });
  assert.deepEqual(long.column("weight"), Float64Array.of(0.5, 0, 0.5, 0));
});

Deno.test("rankWeights() is unchanged when forecasts change their unit or the future is cut off", () => {
  const panel = randomPanel(6, 15);
  const options = { forecast: "score", adjustment: 0.2, noTradeBand: 0.5, trancheDays: 3 };
  const weights = rankWeights(panel, options);
  const rescaled = panel.with({ score: panel.column("score").map((score) => Math.exp(3 * score)) });
  assert.deepEqual(rankWeights(rescaled, options).column("weight"), weights.column("weight"));
  const early = (row: number) => panel.dayOf[row] < 9;
  const cut = rankWeights(panel.select(early), options);
  assert.deepEqual(cut.column("weight"), weights.select(early).column("weight"));
});

Deno.test("rankWeights() refuses infinite forecasts and unknown books", () => {
  const panel = Panel.fromRows({ symbol: ["A"], date: ["2020-01-02"], columns: { score: Float64Array.of(Infinity) } });
  assert.throws(() => rankWeights(panel, { forecast: "score" }), {
    name: "RangeError",
    message: /the forecast of A on 2020-01-02 must be a finite number, current value is Infinity/,
  });
  // @ts-expect-error a book that does not exist
  assert.throws(() => rankWeights(panel, { forecast: "score", book: "short_only" }), RangeError);
});
