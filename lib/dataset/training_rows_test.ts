import assert from "node:assert/strict";
import fc from "fast-check";
import { Panel, seededRandom, weekdays } from "@lib/core";
import { joinRows } from "./join_rows.ts";
import { forecastRows, trainingRows } from "./training_rows.ts";
import { walkForward } from "./walk_forward.ts";

const dates = weekdays("2019-01-01", 300);

/** Three symbols that skip days at random, features known from day 10 on, targets over the symbol's next h rows. */
function market(horizonDays: number, skipShare: number) {
  const random = seededRandom(3);
  const keys = dates.flatMap((date) => ["A", "B", "C"].map((symbol) => ({ symbol, date })));
  const kept = keys.filter(() => random() >= skipShare);
  const index = { symbol: kept.map((key) => key.symbol), date: kept.map((key) => key.date) };
  const bare = Panel.fromRows({ ...index, columns: {} });
  const row = Float64Array.from(bare.dayOf.keys());
  const features = bare.with({ row: row.map((value, i) => bare.dayOf[i] < 10 ? NaN : value) });
  const target = bare.perSymbol((from, to) =>
    Float64Array.from(
      { length: to - from },
      (_, i) => from + i + horizonDays < to ? bare.dayOf[from + i + horizonDays] : NaN,
    )
  );
  return joinRows({ features, targets: bare.with({ target }) }, { target: "target", horizonDays });
}

Deno.test("trainingRows() learns no row whose outcome is printed after its use begins, also where symbols skip days", () => {
  const settings = fc.record({
    horizonDays: fc.integer({ min: 1, max: 10 }),
    embargoDays: fc.integer({ min: 0, max: 5 }),
    refit: fc.integer({ min: 10, max: 120 }),
    innerShare: fc.constantFrom(0, 0.1, 0.3),
    calibrationShare: fc.constantFrom(0, 0.2),
    skipShare: fc.constantFrom(0, 0.2),
  });
  fc.assert(
    fc.property(settings, ({ skipShare, ...options }) => {
      const dataset = market(options.horizonDays, skipShare);
      for (const fold of walkForward(dates, { firstTestDay: dates[150], ...options })) {
        const rows = trainingRows(dataset, fold, { precision: "double" });
        // In this market the target of a row is the day on which it is known.
        const parts = [rows, rows.stop, rows.calibration].filter((part) => part !== undefined);
        const begins = [fold.trainDays, fold.stopDays, fold.calibrationDays, fold.testDays]
          .filter((days) => days !== undefined).map(([from]) => from);
        assert.equal(parts.length, begins.length - 1);
        parts.forEach(({ target, day }, part) => {
          assert.ok(target.every((knownOn) => knownOn + options.embargoDays <= begins[part + 1]));
          assert.ok(day.every((own) => own >= begins[part]));
        });
      }
    }),
    { numRuns: 25, seed: 2 },
  );
});

Deno.test("trainingRows() takes every usable row of a whole panel that is known in time", () => {
  const dataset = market(5, 0);
  const [fold] = walkForward(dates, { firstTestDay: dates[150], horizonDays: 5, embargoDays: 0 });
  const { features, target, day } = trainingRows(dataset, fold, { precision: "double" });
  assert.equal(features.rows, 3 * (146 - 10));
  assert.deepEqual([Math.min(...day), Math.max(...day), Math.max(...target)], [10, 145, 150]);
  assert.deepEqual(Int32Array.from(features.values, (row) => dataset.features.dayOf[row]), day);
});

Deno.test("trainingRows() can take every k-th day, the same days in every fold", () => {
  const dataset = market(5, 0);
  const folds = walkForward(dates, { firstTestDay: dates[150], refit: 37, horizonDays: 5, innerShare: 0.2 });
  for (const fold of folds) {
    const rows = trainingRows(dataset, fold, { everyDays: 5, offsetDays: 2 });
    assert.ok(rows.day.every((day) => day % 5 === 2));
    assert.equal(new Set(rows.stop!.day).size, fold.stopDays![1] - fold.stopDays![0]);
  }
});

Deno.test("forecastRows() has the last days too, whose outcome is still ahead", () => {
  const dataset = market(5, 0);
  const rows = forecastRows(dataset, [290, 300]);
  assert.equal(rows.length, 30);
  assert.ok(rows.some((row) => Number.isNaN(dataset.target[row])));
  assert.equal(forecastRows(dataset, [0, 10]).length, 0);
});

Deno.test("trainingRows() refuses a fold cut for a shorter horizon, and one without rows", () => {
  const dataset = market(5, 0);
  const [short] = walkForward(dates, { firstTestDay: dates[150], horizonDays: 1 });
  assert.throws(() => trainingRows(dataset, short), {
    name: "RangeError",
    message:
      "Cannot gather the training rows of fold 2019: its horizonDays must be at least the target's 5, current value is 1",
  });
  const [early] = walkForward(dates, { firstTestDay: dates[12], horizonDays: 5 });
  assert.throws(() => trainingRows(dataset, early), /there must be rows to fit on, current number is 0/);
  const [fold] = walkForward(dates, { firstTestDay: dates[150], horizonDays: 5 });
  assert.throws(
    () => trainingRows(dataset, fold, { everyDays: 5, offsetDays: 5 }),
    /offsetDays must be an integer from 0 to 4/,
  );
});
