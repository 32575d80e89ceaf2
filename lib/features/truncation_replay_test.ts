import assert from "node:assert/strict";
import { normalRandom, Panel, rollingMean, seededRandom, weekdays } from "@lib/core";
import { loadBars, loadPanel } from "@lib/data";
import { buildFeatures } from "./build_features.ts";
import { catalogue, featuresNamed } from "./catalogue.ts";
import { defineFeature, type Feature } from "./feature.ts";
import { featureSet } from "./feature_sets.ts";
import { truncationReplay } from "./truncation_replay.ts";

/** Adds what other sources would bring: implied volatility, and news on one day in three. */
function withOtherSources(market: Panel): Panel {
  const random = seededRandom(4);
  const news = Uint8Array.from({ length: market.rows }, () => Number(random() < 1 / 3));
  const onNews = (from: number, to: number) =>
    Float64Array.from(news, (isNews) => isNews ? from + (to - from) * random() : NaN);
  return market.with({
    implied_volatility: Float64Array.from(news, () => 0.1 + 0.2 * random()),
    news_count: Float64Array.from(news, (isNews) => isNews * Math.ceil(20 * random())),
    sentiment: onNews(-1, 1),
    sentiment_deviation: onNews(0, 0.5),
    sentiment_minimum: onNews(-1, 0),
    sentiment_maximum: onNews(0, 1),
    positive_share: onNews(0, 1),
    negative_share: onNews(0, 1),
    ...Object.fromEntries(
      ["short_rate", "long_rate", "credit_spread", "dollar_index", "crypto_price"].map((
        name,
      ) => [name, Float64Array.from(news, () => 1 + random())]),
    ),
    shares_outstanding: Float64Array.from(market.dayOf, (day) => 1e8 + 1e5 * Math.floor(day / 63)),
  });
}

const bars = withOtherSources((await loadBars({ tier: "final" })).panel);
const panel = (await loadPanel({ tier: "final" })).panel.select((row) => row % (2517 * 11) < 2517);

/** A day soon after the longest look-back, one in the middle, and the last but one. */
const cutsOf = ({ dates }: Panel) => [300, 1500, dates.length - 2].map((day) => dates[day]);

Deno.test("truncationReplay() finds no feature of the catalogue looking ahead on real bars", () => {
  assert.deepEqual(buildFeatures(bars, { features: catalogue }).unavailable, [], "all features are replayed");
  assert.deepEqual(truncationReplay(bars, catalogue, { cuts: cutsOf(bars) }), []);
});

Deno.test("truncationReplay() finds no feature of the catalogue looking ahead on 40 names of the real panel", () => {
  assert.equal(panel.symbols.length, 40);
  const { panel: built } = buildFeatures(panel, { features: featureSet("classic") });
  assert.equal(built.names.length, 42, "all that returns and dollar volume are enough for");
  assert.deepEqual(truncationReplay(panel, catalogue, { cuts: cutsOf(panel) }), []);
});

/** Bars as they should not be: what happens to each symbol stands in its name. */
function adversarial(): Panel {
  const [normal, dates] = [normalRandom(seededRandom(6)), weekdays("2005-01-03", 3200)];
  const columns: Record<string, number[]> = { open: [], high: [], low: [], close: [], volume: [], dollar_volume: [] };
  const [symbol, date, index, daily]: [string[], string[], number[], number[]] = [[], [], [], []];
  const kinds: Record<string, (day: number) => { isThere?: boolean; price?: number; volume?: number; unit?: number }> =
    {
      SPLIT: (day) => ({ unit: day < 900 ? 1 : 4 }),
      HALTED: (day) => ({ isThere: day % 400 < 350 }),
      HOLED: (day) => ({ price: day % 37 === 5 ? NaN : undefined }),
      UNTRADED: (day) => ({ volume: day % 3 === 0 ? 0 : undefined }),
      STILL: () => ({ price: 50 }),
      ONCE: (day) => ({ isThere: day === 310 }),
      AWAY: (day) => ({ isThere: day < 310 || day > 2900 }),
    };
  for (const [name, kind] of Object.entries(kinds)) {
    let [price, before] = [40, NaN];
    dates.forEach((day, at) => {
      price *= Math.exp(0.02 * normal());
      const { isThere = true, price: told = price, volume = Math.round(1e6 * Math.exp(normal())), unit = 1 } = kind(at);
      if (!isThere) return;
      const [open, close] = [told / unit * Math.exp(told === 50 ? 0 : 0.005 * normal()), told / unit];
      const [high, low] = [Math.max(open, close) * (told === 50 ? 1 : 1.01), Math.min(open, close)];
      for (const [column, value] of Object.entries({ open, high, low, close, volume, dollar_volume: volume * close })) {
        columns[column].push(value);
      }
      symbol.push(name);
      date.push(day);
      index.push(told);
      daily.push(told / before - 1);
      before = told;
    });
  }
  const all = { ...columns, index, return: daily, market_return: daily.map(() => 0.01 * normal()) };
  const arrays = Object.fromEntries(Object.entries(all).map(([name, values]) => [name, Float64Array.from(values)]));
  return withOtherSources(Panel.fromRows({ symbol, date, columns: arrays }));
}

Deno.test("truncationReplay() finds no feature of the catalogue looking ahead on splits, halts, gaps and standstill", () => {
  const market = adversarial();
  const { panel: built } = buildFeatures(market, { features: catalogue });
  for (const name of built.names) {
    const infinite = built.column(name).findIndex((value) => !Number.isNaN(value) && !Number.isFinite(value));
    assert.equal(infinite, -1, name);
  }
  const cuts = [310, 1000, 2950, market.dates.length - 2].map((day) => market.dates[day]);
  assert.deepEqual(truncationReplay(market, catalogue, { cuts }), []);
});

const [honest] = featuresNamed(["momentum_1"]);
const peeking = (name: string, compute: (index: Float64Array) => Float64Array): Feature =>
  defineFeature({ ...honest, name, needs: ["index"], compute: ({ index }) => compute(index) });

const leaks = [
  peeking("tomorrow", (index) => index.map((_, day) => index[day + 1] ?? NaN)),
  peeking("centred_mean", (index) => {
    const mean = rollingMean(index, { windowDays: 5 });
    return mean.map((_, day) => mean[day + 2] ?? NaN);
  }),
  peeking("scaled_by_whole_sample", (index) => {
    const largest = index.reduce((most, value) => Math.max(most, value));
    return index.map((value) => value / largest);
  }),
  peeking("days_left", (index) => index.map((_, day) => index.length - day)),
  peeking("a_billionth_of_tomorrow", (index) => index.map((today, day) => today + 1e-9 * (index[day + 1] ?? today))),
];

for (const leak of leaks) {
  Deno.test(`truncationReplay() catches ${leak.name} in every symbol, and only that`, () => {
    const [cut] = cutsOf(bars);
    const violations = truncationReplay(bars, [honest, leak], { cuts: [cut] });
    assert.deepEqual([...new Set(violations.map(({ feature }) => feature))], [leak.name]);
    assert.deepEqual(violations.map(({ symbol }) => symbol), bars.symbols);
    for (const { date, before, after } of violations) assert.ok(date <= cut && !Object.is(before, after));
  });
}

Deno.test("truncationReplay() names the first day that changed", () => {
  const [cut] = cutsOf(bars);
  const [late, early] = [leaks[0], leaks[3]].map((leak) => truncationReplay(bars, [leak], { cuts: [cut] })[0].date);
  assert.equal(late, cut);
  assert.equal(early, bars.dates[0]);
});

Deno.test("truncationReplay() refuses a cut that is no trading day", () => {
  assert.throws(() => truncationReplay(bars, [honest], { cuts: ["2020-01-01"] }), {
    name: "RangeError",
    message: "Cannot replay features: each cut must be a trading day of the panel, current value is 2020-01-01",
  });
});
