import assert from "node:assert/strict";
import { Panel, weekdays } from "@lib/core";
import { joinRows } from "./join_rows.ts";

const dates = weekdays("2020-01-06", 40);
const index = {
  symbol: dates.flatMap(() => ["A", "B"]),
  date: dates.flatMap((date) => [date, date]),
};
const day = (row: number) => Math.floor(row / 2);
const rising = (known: (row: number) => boolean) =>
  Float64Array.from(index.symbol, (_, row) => known(row) ? row / 100 : NaN);
const features = Panel.fromRows({
  ...index,
  columns: { fast: rising((row) => day(row) >= 2), slow: rising((row) => day(row) >= 10) },
});
const targets = Panel.fromRows({ ...index, columns: { target_return_3: rising((row) => day(row) < 37) } });
const options = Object.freeze({ target: "target_return_3", horizonDays: 3 });

Deno.test("joinRows() counts warm-up and the end of the horizon apart, and shares columns of the same index", () => {
  const dataset = joinRows({ features, targets }, options);
  assert.deepEqual(dataset.counts, {
    trainable: 70,
    onlyInTargets: 0,
    warmUp: 4,
    tooFewFeatures: 0,
    horizonEnd: 6,
    onlyInFeatures: 0,
    noTarget: 0,
  });
  assert.equal(dataset.target, targets.column("target_return_3"));
  assert.equal(joinRows({ features, targets }, { ...options, leastKnownShare: 1 }).counts.warmUp, 20);
});

Deno.test("joinRows() finds the target of the same symbol and date where the indices differ", () => {
  const fewer = targets.select((row) => row % 7 !== 3);
  const { target, counts } = joinRows({ features, targets: fewer }, { ...options, mostLostShare: 1 });
  for (let row = 0; row < features.rows; row++) {
    assert.equal(target[row], row % 7 === 3 ? NaN : targets.column("target_return_3")[row]);
  }
  const missing = features.rows - fewer.rows;
  assert.ok(counts.onlyInFeatures > 0 && counts.onlyInFeatures <= missing);
});

Deno.test("joinRows() counts every row once", () => {
  const holes = features.with({
    fast: features.column("fast").map((value, row) => row % 11 === 5 ? NaN : value),
    slow: features.column("slow").map((value, row) => row % 11 === 5 ? NaN : value),
  }).select((row) => row % 13 !== 1);
  const unknown = targets.with({
    target_return_3: targets.column("target_return_3").map((value, row) => row % 9 === 4 ? NaN : value),
  }).select((row) => row % 7 !== 3);
  const { counts } = joinRows({ features: holes, targets: unknown }, { ...options, mostLostShare: 1 });
  const sum = Object.values(counts).reduce((total, count) => total + count);
  assert.equal(sum, holes.rows + counts.onlyInTargets);
  assert.ok(Object.values(counts).every((count) => count > 0));
});

Deno.test("joinRows() refuses to lose more rows than stated, and says to what", () => {
  const holes = targets.with({
    target_return_3: targets.column("target_return_3").map((value, row) => row % 4 === 1 ? NaN : value),
  });
  assert.throws(() => joinRows({ features, targets: holes }, options), {
    name: "RangeError",
    message:
      /at most 0.05, current value is 0\.2\d* \(onlyInTargets 0, tooFewFeatures 0, onlyInFeatures 0, noTarget 1\d\)/,
  });
});

Deno.test("joinRows() names the symbol whose features have the most holes", () => {
  const hollow = (column: Float64Array) =>
    column.map((value, row) => features.key(row).symbol === "B" && row % 3 === 0 ? NaN : value);
  const holes = features.with({ fast: hollow(features.column("fast")), slow: hollow(features.column("slow")) });
  assert.throws(() => joinRows({ features: holes, targets }, options), {
    name: "RangeError",
    message: /tooFewFeatures \d+, .*; of those with too few features B has most, \d+ of its 40 rows: a missing bar/,
  });
});

Deno.test("joinRows() refuses a target that looks further ahead than it is said to", () => {
  assert.throws(() => joinRows({ features, targets }, { ...options, horizonDays: 1 }), {
    name: "RangeError",
    message: /target_return_3 must be known up to horizonDays 1 before the end .* current distance is 3 days/,
  });
});

Deno.test("joinRows() knows an outcome on the later of h days and h rows of the symbol", () => {
  const gapped = features.select((row) => features.symbolOf[row] === 1 || ![20, 21].includes(features.dayOf[row]));
  const { knownOn } = joinRows({ features: gapped, targets }, options);
  assert.equal(knownOn[10], 13);
  assert.equal(knownOn[18], 23);
  assert.equal(knownOn[gapped.starts[1] + 18], 21);
  assert.equal(knownOn[gapped.rows - 1], dates.length);
});

Deno.test("joinRows() refuses missing columns and infinite targets", () => {
  assert.throws(() => joinRows({ features: features.pick([]), targets }, options), /at least one column/);
  assert.throws(() => joinRows({ features, targets }, { ...options, target: "target_return_5" }), /must be one of/);
  const infinite = targets.column("target_return_3").slice();
  infinite[7] = Infinity;
  assert.throws(
    () => joinRows({ features, targets: targets.with({ target_return_3: infinite }) }, options),
    /must be finite or missing, current value of A on 2020-01-15 is Infinity/,
  );
});
