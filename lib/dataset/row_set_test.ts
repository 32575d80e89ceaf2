import assert from "node:assert/strict";
import fc from "fast-check";
import { Panel, seededRandom, weekdays } from "@lib/core";
import { combinatorialPurged } from "./combinatorial_purged.ts";
import { combinatorialTrainingRows } from "./combinatorial_training_rows.ts";
import { joinRows } from "./join_rows.ts";
import { joinRowSets, rowsSeen, rowsWithin } from "./row_set.ts";
import { forecastRows, trainingRows } from "./training_rows.ts";
import { walkForward } from "./walk_forward.ts";

const dates = weekdays("2019-01-01", 120);

/** Three symbols that skip days at random, each target over the symbol's next h rows. */
function market(horizonDays: number, skipShare: number) {
  const random = seededRandom(5);
  const kept = dates.flatMap((date) => ["A", "B", "C"].map((symbol) => ({ symbol, date })))
    .filter(() => random() >= skipShare);
  const index = { symbol: kept.map((key) => key.symbol), date: kept.map((key) => key.date) };
  const bare = Panel.fromRows({ ...index, columns: {} });
  const features = bare.with({ value: Float64Array.from(bare.dayOf) });
  const target = bare.perSymbol((from, to) =>
    Float64Array.from({ length: to - from }, (_, i) => from + i + horizonDays < to ? 1 : NaN)
  );
  return joinRows({ features, targets: bare.with({ target }) }, { target: "target", horizonDays });
}

const whole = (rows: number) => Int32Array.from({ length: rows }, (_, row) => row);

Deno.test("rowsSeen() has the rows chosen and those whose outcome shares a day with theirs, and no others", () => {
  const settings = fc.record({
    horizonDays: fc.integer({ min: 1, max: 6 }),
    skipShare: fc.constantFrom(0, 0.2),
    seed: fc.integer({ min: 1, max: 1000 }),
  });
  fc.assert(
    fc.property(settings, ({ horizonDays, skipShare, seed }) => {
      const dataset = market(horizonDays, skipShare);
      const { features: { rows, dayOf, symbolOf }, features, target, knownOn } = dataset;
      const random = seededRandom(seed);
      const known = whole(rows).filter((row) => !Number.isNaN(target[row]));
      const chosen = known.filter(() => random() < 0.05);
      const overlaps = (row: number, other: number) =>
        symbolOf[row] === symbolOf[other] && dayOf[row] < knownOn[other] && dayOf[other] < knownOn[row];
      const wanted = known.filter((row) => chosen.some((other) => overlaps(row, other)));
      const set = JSON.parse(JSON.stringify(rowsSeen(dataset, chosen)));
      assert.deepEqual(rowsWithin(features, known, set), wanted);
    }),
    { numRuns: 30, seed: 1 },
  );
});

Deno.test("rowsSeen() leaves out every row that a walk forward or a combinatorial split tests", () => {
  for (const [horizonDays, skipShare] of [[1, 0], [5, 0], [4, 0.2]]) {
    const dataset = market(horizonDays, skipShare);
    const known = (rows: Int32Array) => rows.filter((row) => !Number.isNaN(dataset.target[row]));
    const options = { firstTestDay: dates[70], refit: 20, horizonDays, embargoDays: 0, innerShare: 0.2 };
    for (const fold of walkForward(dates, { ...options, calibrationShare: 0.2 })) {
      const { seen, stop, calibration } = trainingRows(dataset, fold);
      const all = joinRowSets([seen!, stop!.seen!, calibration!.seen!]);
      assert.equal(rowsWithin(dataset.features, known(forecastRows(dataset, fold.testDays)), all).length, 0);
    }
    for (const split of combinatorialPurged(dates, { groups: 5, horizonDays, embargoDays: 0 }).splits) {
      const { seen } = combinatorialTrainingRows(dataset, split);
      for (const days of split.testDays) {
        assert.equal(rowsWithin(dataset.features, known(forecastRows(dataset, days)), seen!).length, 0);
      }
    }
  }
});

Deno.test("rowsSeen() is small: whole histories are one stretch, and symbols share it", () => {
  const dataset = market(5, 0);
  const set = rowsSeen(dataset, whole(dataset.features.rows).filter((row) => dataset.features.dayOf[row] % 5 === 0));
  assert.deepEqual(set, { groups: [{ symbols: ["A", "B", "C"], days: [`${dates[0]}/${dates[119]}`] }] });
  assert.deepEqual(rowsSeen(dataset, []), { groups: [] });
});

Deno.test("rowsWithin() knows a row by symbol and date, in whatever panel it stands", () => {
  const dataset = market(1, 0);
  const set = rowsSeen(dataset, [3, 4]);
  const other = Panel.fromRows({
    symbol: ["0", "A", "A", "Z"],
    date: [dates[3], dates[3], "2030-01-01", dates[3]],
    columns: {},
  });
  assert.deepEqual(rowsWithin(other, whole(4), set), Int32Array.of(1));
  assert.equal(rowsWithin(other, whole(4), { groups: [] }).length, 0);
});

Deno.test("joinRowSets() has every row of each set", () => {
  const dataset = market(1, 0.2);
  const { features } = dataset;
  const random = seededRandom(9);
  const parts = [0, 1, 2].map(() => whole(features.rows).filter(() => random() < 0.2));
  const joined = joinRowSets(parts.map((rows) => rowsSeen(dataset, rows)));
  for (const rows of parts) assert.deepEqual(rowsWithin(features, rows, joined), rows);
  const separate = parts.map((rows) => rowsWithin(features, whole(features.rows), rowsSeen(dataset, rows)));
  const union = [...new Set(separate.flatMap((rows) => [...rows]))].sort((a, b) => a - b);
  assert.deepEqual(rowsWithin(features, whole(features.rows), joined), Int32Array.from(union));
});
