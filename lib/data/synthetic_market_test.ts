import assert from "node:assert/strict";
import { mean, pearsonCorrelation, standardDeviation } from "@lib/core";
import type { Market } from "./market.ts";
import { syntheticMarket } from "./synthetic_market.ts";

/** Correlation across symbols of the planted signal with the next day's return, for each day but the last. */
function dailyCorrelations({ panel }: Market): Float64Array {
  const [signal, returns] = [panel.column("planted_signal"), panel.column("return")];
  return Float64Array.from({ length: panel.dates.length - 1 }, (_, day) =>
    pearsonCorrelation(
      Float64Array.from(panel.rowsOfDay(day), (row) => signal[row]),
      Float64Array.from(panel.rowsOfDay(day + 1), (row) => returns[row]),
    ));
}

Deno.test("syntheticMarket() plants the correlation that was asked for, within sampling error", () => {
  for (const [seed, informationCoefficient] of [[1, 0], [2, 0.03], [3, 0.1], [4, -0.3], [5, 1]]) {
    const market = syntheticMarket({ seed, symbols: 100, days: 400, informationCoefficient });
    const daily = dailyCorrelations(market);
    const error = standardDeviation(daily) / Math.sqrt(daily.length);
    const small = informationCoefficient * (1 - informationCoefficient ** 2) / 200; // bias of a small sample
    const deviation = mean(daily) - informationCoefficient + small;
    assert.ok(Math.abs(deviation) < 3 * error + 1e-12, `${informationCoefficient}: ${deviation} beside ${error}`);
  }
});

Deno.test("syntheticMarket() lets nobody know the return of the same day", () => {
  const { panel } = syntheticMarket({ seed: 8, symbols: 100, days: 400, informationCoefficient: 0.5 });
  const known = Array.from(panel.dayOf.keys()).filter((row) => panel.dayOf[row] > 0);
  const [signal, returns] = ["planted_signal", "return"].map((name) =>
    Float64Array.from(known, (row) => panel.column(name)[row])
  );
  assert.ok(Math.abs(pearsonCorrelation(signal, returns)) < 3 / Math.sqrt(known.length));
});

Deno.test("syntheticMarket() gives the same bytes for the same seed, others for another", () => {
  const digest = (seed: number) => syntheticMarket({ seed, symbols: 3, days: 20 }).source.digest;
  assert.equal(digest(1), "d8dcef1de7b2c0bbe9b23f807de407b7483da8ba985ce5a5e9f990af79437bf0");
  assert.equal(digest(1), digest(1));
  assert.notEqual(digest(1), digest(2));
});

Deno.test("syntheticMarket() leaves the earlier as it is when days or symbols are added", () => {
  const few = syntheticMarket({ seed: 5, symbols: 3, days: 40 }).panel;
  const more = syntheticMarket({ seed: 5, symbols: 7, days: 90 }).panel;
  const same = more.select((row) => more.symbolOf[row] < 3 && more.dayOf[row] < 40);
  assert.deepEqual(same.symbols, few.symbols);
  for (const name of few.names.filter((name) => name !== "market_return")) {
    assert.deepEqual(same.column(name), few.column(name), name);
  }
});

Deno.test("syntheticMarket() makes bars that pass every check, and returns of the volatility asked for", () => {
  const { panel, report } = syntheticMarket({
    seed: 6,
    symbols: 30,
    days: 750,
    annualMarketVolatility: 0.2,
    annualVolatilityRange: [0.3, 0.3],
  });
  assert.deepEqual(report.findings, []);
  for (const name of ["open", "high", "low", "close", "volume"]) {
    assert.ok(panel.column(name).every((value) => value > 0), name);
  }
  const annual = (values: Float64Array) => standardDeviation(values) * Math.sqrt(252);
  const own = panel.column("return").map((value, row) => value - panel.column("market_return")[row]);
  const market = Float64Array.from(panel.dates.keys(), (day) => panel.column("market_return")[day]).slice(1);
  assert.ok(Math.abs(annual(own.filter(Number.isFinite)) / (0.3 * Math.sqrt(29 / 30)) - 1) < 0.02);
  assert.ok(Math.abs(annual(market) / Math.hypot(0.2, 0.3 / Math.sqrt(30)) - 1) < 0.1);
});

Deno.test("syntheticMarket() has a single symbol or day too, and refuses what cannot be", () => {
  assert.equal(syntheticMarket({ seed: 1, symbols: 1, days: 1 }).panel.rows, 1);
  assert.throws(() => syntheticMarket({ seed: 1, informationCoefficient: 1.5 }), {
    name: "RangeError",
    message:
      "Cannot make a synthetic market: informationCoefficient must be a finite number from -1 to 1, current value is 1.5",
  });
  assert.throws(() => syntheticMarket({ seed: -1 }), RangeError);
  assert.throws(() => syntheticMarket({ seed: 1, symbols: 0 }), RangeError);
  assert.throws(() => syntheticMarket({ seed: 1, annualVolatilityRange: [0.4, 0.2] }), RangeError);
  assert.throws(() => syntheticMarket({ seed: 1, firstDay: "soon" }), RangeError);
});
