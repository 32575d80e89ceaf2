import assert from "node:assert/strict";
import { assertAlmostEqual, Panel } from "@lib/core";
import { buildFeatures, catalogue, originalFeatures, truncationReplay } from "@lib/features";
import { MARKET_HOURS, sessionCloses } from "@lib/point_in_time";
import { type Article, newsColumns, type NewsColumnsOptions } from "./news_columns.ts";
import golden from "./testdata/news_columns.json" with { type: "json" };

const covered = { from: new Date("2024-01-01T00:00:00Z"), until: new Date("2024-06-01T00:00:00Z") };
const panel = Panel.fromRows({
  symbol: golden.symbols.flatMap((symbol) => golden.days.map(() => symbol)),
  date: golden.symbols.flatMap(() => golden.days),
  columns: {},
});
const closes = (of: Panel) => sessionCloses(of, { hours: { ...MARKET_HOURS.newYorkShares, sessions: () => [] } });
const tones = new Map(golden.articles.map(({ headline, tone }) => [headline, tone]));
const tone = ({ headline }: Article) => tones.get(headline) ?? 0.5;

const joined = (
  articles: readonly Article[] = golden.articles,
  options: Partial<NewsColumnsOptions> = {},
  of = panel,
) => newsColumns(of, articles, { decisions: closes(of), covered, tone, ...options });

Deno.test("`newsColumns()` gives the days and numbers that pandas gives", () => {
  const table = joined();
  for (const [name, values] of Object.entries(golden.columns)) {
    assertAlmostEqual(table.column(name), values.map((value) => value ?? NaN));
  }
});

Deno.test("`newsColumns()` changes no row when the articles known after its decision are taken away", () => {
  const [whole, decisions] = [joined(), closes(panel)];
  for (const cut of [5, 17, 30]) {
    const known = golden.articles.filter(({ knownAt }) => Date.parse(knownAt) < decisions[cut]);
    for (const name of whole.names) {
      assert.deepEqual(joined(known).column(name).subarray(0, cut + 1), whole.column(name).subarray(0, cut + 1));
    }
  }
});

Deno.test("`newsColumns()` does not mind the order of the articles, to the last bit", () => {
  assert.deepEqual(joined(golden.articles.toReversed()).columns, joined().columns);
});

const symbols = ["A", "A", "A", "A"];
const week = Panel.fromRows({
  symbol: symbols,
  date: ["2024-03-07", "2024-03-08", "2024-03-11", "2024-03-12"], // summer time begins at the weekend
  columns: { return: new Float64Array(4).fill(0.01) },
});
const article = (knownAt: string, headline = "news"): Article => ({ symbol: "A", knownAt, headline });
const counts = (articles: Article[], options: Partial<NewsColumnsOptions> = {}) =>
  Array.from(joined(articles, options, week).column("news_count"));

Deno.test("`newsColumns()` gives news after the bell, at it and of the weekend to the next session", () => {
  assert.deepEqual(counts([article("2024-03-08T20:59:59Z")]), [NaN, 1, 0, 0]);
  assert.deepEqual(counts([article("2024-03-08T21:00:00Z")]), [NaN, 0, 1, 0]);
  assert.deepEqual(counts([article("2024-03-10T12:00:00Z")]), [NaN, 0, 1, 0]);
  assert.deepEqual(counts([article("2024-03-11T19:59:59Z")]), [NaN, 0, 1, 0]);
  assert.deepEqual(counts([article("2024-03-11T20:00:00Z")]), [NaN, 0, 0, 1]);
  assert.deepEqual(counts([article("2024-03-11T19:59:59Z")], { lagHours: 1 }), [NaN, 0, 0, 1]);
});

Deno.test("`newsColumns()` counts a reprinted headline once, until it is old", () => {
  const reprints = [
    article("2024-03-08T12:00:00Z", "Acme  Wins"),
    article("2024-03-08T13:00:00Z", "ACME wins"),
    article("2024-03-11T12:00:00Z", "Acme wins"),
  ];
  assert.deepEqual(counts(reprints), [NaN, 1, 1, 0]);
  assert.deepEqual(counts(reprints, { repeatHours: 100 }), [NaN, 1, 0, 0]);
  assert.deepEqual(counts(reprints, { repeatHours: 0 }), [NaN, 2, 1, 0]);
});

Deno.test("`newsColumns()` knows silence from not having asked", () => {
  const from = new Date("2024-03-08T00:00:00Z");
  const until = new Date("2024-03-12T19:00:00Z");
  assert.deepEqual(counts([article("2024-03-09T00:00:00Z")], { covered: { from, until } }), [NaN, NaN, 1, NaN]);
});

Deno.test("`newsColumns()` leaves out an article without a tone", () => {
  assert.deepEqual(counts([article("2024-03-08T12:00:00Z")], { tone: () => NaN }), [NaN, 0, 0, 0]);
});

Deno.test("`newsColumns()` refuses articles, tones and options that cannot be", () => {
  const wrong: [Article[], Partial<NewsColumnsOptions>, RegExp][] = [
    [[article("2024-03-08")], {}, /with time and zone/],
    [[article("2025-03-08T00:00:00Z")], {}, /within the covered stretch, current value is 2025-03-08/],
    [[article("2024-03-08T12:00:00Z")], { tone: () => 2 }, /the tone of an article .* current value is 2/],
    [[], { covered: { from: covered.until, until: covered.from } }, /covered must begin before it ends/],
    [[], { lagHours: -1 }, /lagHours/],
    [[], { repeatHours: -1 }, /repeatHours/],
  ];
  for (const [articles, options, message] of wrong) {
    assert.throws(() => joined(articles, options, week), { name: "RangeError", message });
  }
});

const ofNews = catalogue.filter(({ family }) => family === "sentiment");
const withReturns = panel.with({ return: Float64Array.from(panel.dayOf, (day) => Math.sin(day) / 50) });

Deno.test("every sentiment feature that the original had is built of scored articles", () => {
  const { panel: built, unavailable } = buildFeatures(joined(golden.articles, {}, withReturns), { features: ofNews });
  assert.deepEqual(unavailable, []);
  for (const { name, now } of originalFeatures.filter(({ group }) => group === "sentiment")) {
    for (const feature of now) {
      assert.ok(built.column(feature).some((value) => Number.isFinite(value) && value !== 0), `${name}: ${feature}`);
    }
  }
});

Deno.test("no sentiment feature says anything where there is no news, save how much there was", () => {
  const { panel: built } = buildFeatures(joined([], {}, withReturns), { features: ofNews });
  for (const name of built.names.filter((name) => name !== "news_volume")) {
    assert.ok(built.column(name).every(Number.isNaN), name);
  }
  const volume = built.column("news_volume");
  panel.starts.subarray(0, -1).forEach((first) => assert.ok(Number.isNaN(volume[first])));
  assert.ok(volume.every((value) => Number.isNaN(value) || value === 0));
});

Deno.test("no sentiment feature of scored articles looks ahead", () => {
  const cuts = [10, 20, panel.dates.length - 2].map((day) => panel.dates[day]);
  assert.deepEqual(truncationReplay(joined(golden.articles, {}, withReturns), ofNews, { cuts }), []);
});
