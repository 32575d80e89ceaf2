import assert from "node:assert/strict";
import { assertAlmostEqual, normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import { correlationClusters } from "./correlation_clusters.ts";
import { rankCorrelations } from "./rank_correlations.ts";
import { screenFeatures } from "./screen_features.ts";
import golden from "./testdata/screening.json" with { type: "json" };

const dates = weekdays("2020-01-01", golden.values.length);
const names = golden.values[0].map((_, name) => `N${String(name).padStart(2, "0")}`);
const columns = golden.values[0][0].map((_, column) => column);
const panel = Panel.fromRows({
  symbol: names.flatMap((name) => dates.map(() => name)),
  date: names.flatMap(() => dates),
  columns: Object.fromEntries(columns.map((column) => [
    `c${column}`,
    Float64Array.from(names.flatMap((_, name) => dates.map((_, day) => golden.values[day][name][column]))),
  ])),
});

Deno.test("rankCorrelations() agrees with scipy", () => {
  assertAlmostEqual(rankCorrelations(panel), Float64Array.from(golden.matrix));
});

Deno.test("correlationClusters() agrees with scipy's average linkage at every limit", () => {
  for (const [least, wanted] of Object.entries(golden.clusters)) {
    assert.deepEqual(correlationClusters(Float64Array.from(golden.matrix), { least: Number(least) }), wanted, least);
  }
  assert.throws(() => correlationClusters(new Float64Array(5)), /must be square, current length is 5/);
});

const normal = normalRandom(seededRandom(7));
const targets = panel.pick([]).with({
  return: Float64Array.from({ length: panel.rows }, () => 0.01 * normal()),
  target_return_1: panel.column("c2").map((value) => 0.001 * value + 0.01 * normal()),
  target_return_5: Float64Array.from({ length: panel.rows }, () => 0.02 * normal()),
});

Deno.test("screenFeatures() measures stability as scipy does, and coverage and quantiles of what is known", () => {
  const holes = panel.pick(["c2"]).with({ holed: panel.column("c2").map((value, row) => row % 4 === 0 ? NaN : value) });
  const [whole, holed] = screenFeatures(holes, targets, { horizonsDays: [1, 5] });
  assertAlmostEqual([whole.stability], [golden.stability]);
  assert.deepEqual([whole.coverage, holed.coverage], [1, 0.75]);
  assert.ok(whole.low < whole.median && whole.median < whole.high);
  assert.deepEqual(whole.ics.map(({ horizonDays }) => horizonDays), [1, 5]);
});

Deno.test("screenFeatures() adjusts every p for all features and horizons together", () => {
  const screens = screenFeatures(panel, targets, { horizonsDays: [1, 5] });
  const all = screens.flatMap(({ ics }) => ics);
  assert.equal(all.length, 2 * columns.length);
  for (const { p, adjustedP } of all) assert.ok(adjustedP >= p && adjustedP <= 1);
});

Deno.test("screenFeatures() finds nothing beside factors where the factors are all there is", () => {
  const [days, people] = [weekdays("2015-01-01", 420), Array.from({ length: 30 }, (_, name) => `P${10 + name}`)];
  const factor = Float64Array.from(days, () => 0.01 * normal());
  const beta = people.map(() => normal());
  const symbol = people.flatMap((name) => days.map(() => name));
  const date = people.flatMap(() => days);
  const returns = Float64Array.from(
    people.flatMap((_, name) => days.map((_, day) => beta[name] * factor[day] + 0.002 * normal())),
  );
  const coming = Float64Array.from(
    people.flatMap((_, name) =>
      days.map((_, day) => beta[name] * Math.abs(factor[(day + 1) % days.length]) + 0.002 * normal())
    ),
  );
  const rows = Panel.fromRows({ symbol, date, columns: { return: returns, target_return_1: coming } });
  const loads = rows.pick([]).with({
    load: Float64Array.from(people.flatMap((_, name) => days.map(() => beta[name]))),
  });
  const [{ ics: [plain], neutralIc, neutralZ, plainIc }] = screenFeatures(loads, rows, {
    horizonsDays: [1],
    factors: { dates: days, names: ["market"], values: [factor] },
  });
  assert.ok(plain.z > 10 && plainIc > 0.5, `${plain.z} ${plainIc}`);
  assert.ok(Math.abs(neutralIc) < 0.1, `${neutralIc}, z ${neutralZ}`);
});

Deno.test("screenFeatures() says nothing of a feature that is nowhere known, and refuses other rows", () => {
  const [{ coverage, ics }] = screenFeatures(
    panel.pick([]).with({ none: new Float64Array(panel.rows).fill(NaN) }),
    targets,
    {
      horizonsDays: [1],
    },
  );
  assert.deepEqual([coverage, ics[0].days, ics[0].rankIc], [0, 0, NaN]);
  assert.throws(() => screenFeatures(panel.select((row) => row > 0), targets), /must have the same rows/);
});
