import assert from "node:assert/strict";
import { normalRandom, seededRandom, standardDeviation } from "@lib/core";
import type { SymbolBars } from "./feature.ts";
import { garmanKlassVolatility } from "./garman_klass_volatility.ts";
import { parkinsonVolatility } from "./parkinson_volatility.ts";
import { rogersSatchellVolatility } from "./rogers_satchell_volatility.ts";

const days = 250;
const steps = 1000;

/** Days of a random walk in many steps, with a volatility of 1 % a day and a drift. */
function walk(drift: number): Pick<SymbolBars, "open" | "high" | "low" | "close"> {
  const random = normalRandom(seededRandom(12));
  const bars = { open: [], high: [], low: [], close: [] } as Record<"open" | "high" | "low" | "close", number[]>;
  for (let day = 0; day < days; day++) {
    let [level, most, least] = [0, 0, 0];
    for (let step = 0; step < steps; step++) {
      level += drift / steps + 0.01 * random() / Math.sqrt(steps);
      most = Math.max(most, level);
      least = Math.min(least, level);
    }
    bars.open.push(100);
    bars.high.push(100 * Math.exp(most));
    bars.low.push(100 * Math.exp(least));
    bars.close.push(100 * Math.exp(level));
  }
  return {
    open: Float64Array.from(bars.open),
    high: Float64Array.from(bars.high),
    low: Float64Array.from(bars.low),
    close: Float64Array.from(bars.close),
  };
}

const kernels = { parkinsonVolatility, garmanKlassVolatility, rogersSatchellVolatility };

for (const [name, kernel] of Object.entries(kernels)) {
  Deno.test(`${name}() finds the volatility of a random walk, a little low since it sees steps only`, () => {
    const volatility = kernel(walk(0), { windowDays: days })[days - 1];
    assert.ok(volatility > 0.0093 && volatility < 0.0103, `${volatility}`);
  });
}

Deno.test("rogersSatchellVolatility() alone is not misled by drift", () => {
  const bars = walk(0.03);
  const [parkinson, , rogersSatchell] = Object.values(kernels)
    .map((kernel) => kernel(bars, { windowDays: days })[days - 1]);
  assert.ok(parkinson > 0.015, `${parkinson}`);
  assert.ok(rogersSatchell > 0.0085 && rogersSatchell < 0.0105, `${rogersSatchell}`);
});

Deno.test("range volatilities are more certain than that of closes", () => {
  const bars = walk(0);
  const windowDays = 10;
  const spread = (values: Float64Array) =>
    standardDeviation(values.slice(windowDays - 1).filter((_, day) => day % 10 === 0));
  const closes = bars.close.map((price) => Math.log(price / 100) ** 2);
  const ofCloses = closes.map((_, day) =>
    Math.sqrt(closes.slice(Math.max(0, day - 9), day + 1).reduce((sum, square) => sum + square) / windowDays)
  );
  for (const kernel of Object.values(kernels)) assert.ok(spread(kernel(bars, { windowDays })) < 0.7 * spread(ofCloses));
});

Deno.test("range volatilities are missing where a price is not positive", () => {
  const bars = walk(0);
  bars.low[20] = 0;
  for (const kernel of Object.values(kernels)) {
    const values = kernel(bars, { windowDays: 5 });
    assert.deepEqual([19, 20, 24, 25].map((day) => Number.isNaN(values[day])), [false, true, true, false]);
  }
});
