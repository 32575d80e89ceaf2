import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import { catalogue, catalogueTable, featuresNamed } from "./catalogue.ts";
import type { Feature, MarketColumn, SymbolBars } from "./feature.ts";
import golden from "./testdata/catalogue.json" with { type: "json" };

const known = [
  ...["open", "high", "low", "close", "volume", "dollar_volume", "return", "index", "market_return"] as const,
  ...["implied_volatility", "news_count", "sentiment", "sentiment_deviation", "sentiment_minimum"] as const,
  ...["sentiment_maximum", "positive_share", "negative_share", "shares_outstanding", "day"] as const,
  ...["short_rate", "long_rate", "credit_spread", "dollar_index", "crypto_price"] as const,
];
const prices: readonly MarketColumn[] = ["open", "high", "low", "close", "index"];

/** Bars of one symbol from the golden file; its first return is missing, as after any first price. */
function goldenBars(days = golden.bars.close.length): SymbolBars {
  const columns = Object.fromEntries(
    Object.entries(golden.bars).map(([name, values]) => [name, Float64Array.from(values.slice(0, days))]),
  );
  const { close, volume, index } = columns;
  return {
    ...columns as SymbolBars,
    return: index.map((value, day) => day === 0 ? NaN : value / index[day - 1] - 1),
    dollar_volume: close.map((price, day) => price * volume[day]),
  };
}

const bars = goldenBars();
const days = bars.close.length;

/** The same bars with some columns changed, value by value. */
function changed(names: readonly MarketColumn[], change: (value: number, day: number) => number): SymbolBars {
  return Object.fromEntries(
    known.map((name) => [name, names.includes(name) ? bars[name].map(change) : bars[name]]),
  ) as SymbolBars;
}

const named = (rule: (feature: Feature) => void) => {
  for (const feature of catalogue) {
    try {
      rule(feature);
    } catch (error) {
      throw new Error(`${feature.name}: ${(error as Error).message}`, { cause: error });
    }
  }
};

Deno.test("catalogue has a complete row for each feature", () => {
  named(({ name, needs, lookbackDays, expectedSign, formula, source, missing }) => {
    assert.match(name, /^[a-z]+(_[a-z0-9]+)*$/);
    assert.ok(needs.length > 0 && needs.every((column) => known.includes(column)));
    assert.ok(Number.isInteger(lookbackDays) && lookbackDays >= 0);
    assert.ok([-1, 0, 1].includes(expectedSign));
    for (const words of [formula, source, missing]) assert.ok(words.length >= 10, `too short: ${words}`);
  });
});

Deno.test("catalogue has each name once", () => {
  const names = catalogue.map(({ name }) => name);
  assert.deepEqual([...new Set(names)], names);
});

Deno.test("catalogue agrees with TA-Lib, pandas, scipy and statsmodels, feature by feature", () => {
  assert.deepEqual(Object.keys(golden.golden), catalogue.map(({ name }) => name), "each has golden values");
  named(({ name, compute }) => {
    const values = compute(bars);
    for (const [day, wanted] of Object.entries(golden.golden[name as keyof typeof golden.golden])) {
      // features of size 1e-4 must agree to as many digits as those of size 50
      if (wanted === 0) assert.equal(values[Number(day)], 0);
      else assertAlmostEqual([values[Number(day)] / wanted], [1], 1e-8);
    }
  });
});

Deno.test("catalogue's look-back is the number of days before the first value, exactly", () => {
  named(({ lookbackDays, compute }) => {
    const values = compute(bars);
    assert.ok(values.subarray(0, lookbackDays).every(Number.isNaN), "a value comes earlier");
    assert.ok(values.subarray(lookbackDays).every(Number.isFinite), "a value is missing later");
  });
});

Deno.test("catalogue's memory is enough to the last bit for the last day, and no feature claims more than it needs", () => {
  named(({ lookbackDays, memoryDays = lookbackDays, compute }) => {
    const silent = changed(["sentiment", "sentiment_deviation"], (value, day) => day % 3 === 0 ? value : NaN);
    const isExact = (from: (end: number) => number) =>
      [bars, silent].every((some) =>
        [days, days - 1, days - 9].every((end) => {
          const cut = (first: number) =>
            Object.fromEntries(known.map((name) => [name, some[name].subarray(first, end)])) as SymbolBars;
          return Object.is(compute(cut(Math.max(0, from(end)))).at(-1), compute(cut(0)).at(-1));
        })
      );
    if (memoryDays !== Infinity) assert.ok(isExact((end) => end - memoryDays - 1), "it rests on more rows");
    else assert.ok(!isExact((end) => end - lookbackDays - 1), "it rests on its look-back alone");
  });
});

Deno.test("catalogue's features read the columns they need and no others", () => {
  named(({ needs, compute }) => {
    const read = new Set<string>();
    compute(
      new Proxy(bars, {
        get: (target, column) => {
          read.add(String(column));
          return target[column as MarketColumn];
        },
      }),
    );
    assert.deepEqual([...read].sort(), [...needs].sort());
  });
});

Deno.test("catalogue's features leave their input as it was", () => {
  named(({ compute }) => {
    const own = goldenBars();
    compute(own);
    assert.deepEqual(own, bars);
  });
});

Deno.test("catalogue's features are unchanged to the last bit when prices change their unit", () => {
  const scaled = changed(prices, (price) => price * 4);
  named(({ compute }) => assert.deepEqual(compute(scaled), compute(bars)));
});

Deno.test("catalogue's features are unchanged to the last bit when volume changes its unit, save illiquidity", () => {
  const scaled = changed(["volume", "dollar_volume", "shares_outstanding"], (shares) => shares * 4);
  named(({ name, compute }) => {
    const own = compute(bars);
    if (name === "amihud_illiquidity_20") assert.deepEqual(compute(scaled), own.map((value) => value / 4));
    else if (name.startsWith("dollar_volume_trend") || name.startsWith("return_volume_correlation")) {
      assertAlmostEqual(compute(scaled), own); // logarithms add a constant, and round
    } else assert.deepEqual(compute(scaled), own);
  });
});

Deno.test("catalogue's features show a hole, and for no longer than their look-back", () => {
  const hole = 40;
  const holed = changed(known, (value, day) => day === hole ? NaN : value);
  holed.return[hole + 1] = NaN; // it starts from the price that is missing
  named(({ family, lookbackDays, compute }) => {
    const values = compute(holed);
    const end = hole + lookbackDays + 1;
    if (end >= days) return;
    const isSilence = family === "sentiment"; // a day without news is left out of averages
    assert.ok(isSilence || values.subarray(hole, end).some(Number.isNaN), "the hole must show");
    assert.ok(values.subarray(end).every(Number.isFinite), "the hole must heal");
  });
});

const flat = (value: number): SymbolBars =>
  Object.fromEntries(
    known.map((name) => [name, new Float64Array(days).fill(name.endsWith("return") ? 0 : value)]),
  ) as SymbolBars;

const hardCases: Record<string, SymbolBars> = {
  "no row": goldenBars(0),
  "one row": goldenBars(1),
  "two rows": goldenBars(2),
  "nothing known": changed(known, () => NaN),
  "every other day missing": changed(known, (value, day) => day % 2 ? NaN : value),
  "nothing moves": flat(0.1),
  "nothing is traded": changed(["volume", "dollar_volume"], () => 0),
  "trade on one day in ten": changed(["volume", "dollar_volume"], (volume, day) => day % 10 ? 0 : volume),
  "all prices 0": changed(prices, () => 0),
  "a price of 0": changed(prices, (price, day) => day === 50 ? 0 : price),
  "the market stands still": changed(["market_return"], () => 0),
  "high equals low": { ...bars, open: bars.close, high: bars.close, low: bars.close },
};

for (const [title, hard] of Object.entries(hardCases)) {
  Deno.test(`catalogue's features are finite or NaN, one for each row, where ${title}`, () => {
    named(({ compute }) => {
      const values = compute(hard);
      assert.equal(values.length, hard.close.length);
      const infinite = values.findIndex((value) => !Number.isNaN(value) && !Number.isFinite(value));
      assert.equal(infinite, -1);
    });
  });
}

Deno.test("featuresNamed() finds features in the order asked for, and refuses a name it does not know", () => {
  assert.deepEqual(featuresNamed(["rsi_7", "momentum_1"]).map(({ name }) => name), ["rsi_7", "momentum_1"]);
  assert.throws(() => featuresNamed(["rsi_7", "rsi_8"]), {
    name: "RangeError",
    message: "Cannot find a feature: name must be one of the catalogue, current value is rsi_8",
  });
});

Deno.test("catalogueTable() has a row of plain values for each feature", () => {
  const table = catalogueTable();
  assert.equal(table.length, catalogue.length);
  for (const row of table) {
    for (const value of Object.values(row)) assert.ok(["string", "number"].includes(typeof value));
  }
});
