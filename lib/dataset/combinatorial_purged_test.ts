import assert from "node:assert/strict";
import fc from "fast-check";
import { Panel, seededRandom, weekdays } from "@lib/core";
import { combinatorialPurged, type CombinatorialSplit } from "./combinatorial_purged.ts";
import { combinatorialTrainingRows } from "./combinatorial_training_rows.ts";
import { joinRows } from "./join_rows.ts";
import golden from "./testdata/combinatorial_purged.json" with { type: "json" };

const dates = Object.freeze(weekdays("2018-01-01", 240)) as string[];
const daysOf = (ranges: readonly (readonly [number, number])[]) =>
  ranges.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i));

Deno.test("combinatorialPurged() has the splits and paths of the book", () => {
  const size = (groups: number, testGroups: number) => {
    const { splits, paths } = combinatorialPurged(dates, { groups, testGroups, horizonDays: 1, embargoDays: 0 });
    return [splits.length, paths];
  };
  assert.deepEqual(size(6, 2), [15, 5]);
  assert.deepEqual(size(10, 2), [45, 9]);
  assert.deepEqual(size(5, 1), [5, 1]);
});

Deno.test("combinatorialPurged() gives the splits and paths of skfolio", () => {
  for (const { days, paths, splits_by_path, trained, tested, ...options } of golden.cases) {
    const ours = combinatorialPurged(dates.slice(0, days), options);
    assert.equal(ours.paths, paths);
    assert.deepEqual(ours.splits.map(({ trainDays }) => daysOf(trainDays)), trained);
    assert.deepEqual(ours.splits.map(({ testDays }) => testDays), tested);
    const splitsByPath = Array.from(
      { length: paths },
      (_, path) =>
        ours.groups.map((_, group) =>
          ours.splits.findIndex((split) =>
            split.testGroups.some((own, at) => own === group && split.paths[at] === path)
          )
        ),
    );
    assert.deepEqual(splitsByPath, splits_by_path);
  }
});

const anyOptions = fc.record({
  days: fc.integer({ min: 150, max: 240 }),
  groups: fc.integer({ min: 2, max: 8 }),
  testShare: fc.double({ min: 0, max: 0.99, noNaN: true }),
  horizonDays: fc.integer({ min: 1, max: 6 }),
  embargoDays: fc.integer({ min: 0, max: 5 }),
}).map(({ testShare, ...rest }) => ({ ...rest, testGroups: 1 + Math.floor(testShare * (rest.groups - 1)) }));

Deno.test("combinatorialPurged() forecasts every day once on each path, and learns from no label that meets a tested one", () => {
  const label = (day: number, horizonDays: number) => Array.from({ length: horizonDays }, (_, i) => day + 1 + i);
  fc.assert(
    fc.property(anyOptions, ({ days, ...options }) => {
      const { groups, splits, paths } = combinatorialPurged(dates.slice(0, days), options);
      assert.equal(paths, splits.length * options.testGroups / options.groups);
      assert.deepEqual(daysOf(groups), Array.from({ length: days }, (_, day) => day));
      const seen = Array.from({ length: paths }, () => new Int32Array(days));
      for (const { testDays, trainDays, paths: own, purgedDays, embargoedDays } of splits) {
        testDays.forEach((range, at) => daysOf([range]).forEach((day) => seen[own[at]][day]++));
        const [trained, tested] = [daysOf(trainDays), daysOf(testDays)];
        assert.equal(trained.length + tested.length + purgedDays + embargoedDays, days);
        const earned = new Set(tested.flatMap((day) => label(day, options.horizonDays)));
        assert.ok(trained.every((day) => label(day, options.horizonDays).every((other) => !earned.has(other))));
        const ends = testDays.map(([, to]) => to - 1 + options.horizonDays);
        assert.ok(trained.every((day) => ends.every((end) => day < end || day >= end + options.embargoDays)));
      }
      assert.ok(seen.every((counts) => counts.every((count) => count === 1)));
    }),
    { numRuns: 60, seed: 7 },
  );
});

Deno.test("combinatorialPurged() leaves out no day without a reason", () => {
  const { splits: [split] } = combinatorialPurged(dates, { groups: 4, testGroups: 2, horizonDays: 5 });
  assert.deepEqual([split.purgedDays, split.embargoedDays, split.embargoDays], [4, 3, 3]);
  assert.deepEqual(split.trainDays, [[127, 240]]);
});

Deno.test("combinatorialPurged() refuses what cannot be", () => {
  const refused = (options: object, message: RegExp) =>
    assert.throws(() => combinatorialPurged(dates, { horizonDays: 1, ...options }), { name: "RangeError", message });
  refused({ testGroups: 6 }, /testGroups must be an integer from 1 to 5, current value is 6/);
  refused({ groups: 1 }, /groups must be an integer from 2 to 20/);
  refused({ horizonDays: 0 }, /horizonDays must be an integer of at least 1/);
  refused(
    { groups: 2, testGroups: 1, embargoDays: 200 },
    /split 1 must have a day to train on, purge and embargo leave none of 240 days/,
  );
});

/** Three symbols that skip days at random; the target of a row is the day on which it is known. */
function market(horizonDays: number) {
  const random = seededRandom(5);
  const keys = dates.flatMap((date) => ["A", "B", "C"].map((symbol) => ({ symbol, date })));
  const kept = keys.filter(() => random() >= 0.25);
  const index = { symbol: kept.map((key) => key.symbol), date: kept.map((key) => key.date) };
  const bare = Panel.fromRows({ ...index, columns: {} });
  const row = Float64Array.from(bare.dayOf.keys());
  const target = bare.perSymbol((from, to) =>
    Float64Array.from(
      { length: to - from },
      (_, i) => from + i + horizonDays < to ? bare.dayOf[from + i + horizonDays] : NaN,
    )
  );
  const targets = bare.with({ target });
  return joinRows({ features: bare.with({ row }), targets }, { target: "target", horizonDays });
}

Deno.test("combinatorialTrainingRows() shares no return with a tested label, also where symbols skip days", () => {
  for (const horizonDays of [1, 4]) {
    const dataset = market(horizonDays);
    const { features: { dayOf, symbolOf }, target, knownOn } = dataset;
    for (const split of combinatorialPurged(dates, { groups: 5, horizonDays, embargoDays: 2 }).splits) {
      const { features } = combinatorialTrainingRows(dataset, split, { precision: "double" });
      const tested = testedRows(split, dayOf).filter((row) => !Number.isNaN(target[row]));
      for (const row of features.values) {
        const own = tested.filter((other) => symbolOf[other] === symbolOf[row]);
        assert.ok(own.every((other) => knownOn[row] <= dayOf[other] || dayOf[row] >= knownOn[other] + 2));
      }
      const everyOther = combinatorialTrainingRows(dataset, split, { everyDays: 2, offsetDays: 1 });
      assert.ok(everyOther.day.every((day) => day % 2 === 1));
    }
  }
});

function testedRows({ testDays }: CombinatorialSplit, dayOf: Int32Array): number[] {
  return [...dayOf.keys()].filter((row) => testDays.some(([from, to]) => dayOf[row] >= from && dayOf[row] < to));
}

Deno.test("combinatorialTrainingRows() refuses a split cut for a shorter horizon", () => {
  const { splits: [split] } = combinatorialPurged(dates, { horizonDays: 1 });
  assert.throws(() => combinatorialTrainingRows(market(4), split), {
    name: "RangeError",
    message: "Cannot gather the training rows of split 1+2: its horizonDays must be at least the target's 4, current " +
      "value is 1",
  });
});
