import assert from "node:assert/strict";
import { type Panel, rollingMean } from "@lib/core";
import { loadBars, loadPanel } from "@lib/data";
import { buildFeatures } from "./build_features.ts";
import { catalogue, featuresNamed } from "./catalogue.ts";
import { defineFeature, type Feature } from "./feature.ts";
import { truncationReplay } from "./truncation_replay.ts";

const bars = (await loadBars({ tier: "final" })).panel;
const panel = (await loadPanel({ tier: "final" })).panel.select((row) => row % (2517 * 11) < 2517);

/** A day soon after the longest look-back, one in the middle, and the last but one. */
const cutsOf = ({ dates }: Panel) => [300, 1500, dates.length - 2].map((day) => dates[day]);

Deno.test("truncationReplay() finds no feature of the catalogue looking ahead on real bars", () => {
  assert.equal(buildFeatures(bars).unavailable.length, 0, "all features are replayed");
  assert.deepEqual(truncationReplay(bars, catalogue, { cuts: cutsOf(bars) }), []);
});

Deno.test("truncationReplay() finds no feature of the catalogue looking ahead on 40 names of the real panel", () => {
  assert.equal(panel.symbols.length, 40);
  assert.equal(buildFeatures(panel).panel.names.length, 42, "all that returns and dollar volume are enough for");
  assert.deepEqual(truncationReplay(panel, catalogue, { cuts: cutsOf(panel) }), []);
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
