import assert from "node:assert/strict";
import fc from "fast-check";
import { weekdays } from "@lib/core";
import { type Fold, walkForward, type WalkForwardOptions } from "./walk_forward.ts";

const dates = Object.freeze(weekdays("2018-11-01", 600)) as string[];
const daysOf = ([from, to]: readonly [number, number]) => Array.from({ length: to - from }, (_, i) => from + i);

Deno.test("walkForward() tests each calendar year once and leaves no day between", () => {
  const folds = walkForward(dates, { firstTestDay: "2019-06-01", horizonDays: 1 });
  assert.deepEqual(folds.map((fold) => fold.name), ["2019", "2020", "2021"]);
  assert.equal(dates[folds[0].testDays[0]], "2019-06-03");
  assert.equal(dates[folds[1].testDays[0]], "2020-01-01");
  assert.equal(folds[2].testDays[1], dates.length);
  assert.equal(folds[1].testDays[0], folds[0].testDays[1]);
});

Deno.test("walkForward() trains on every day whose outcome is known in time, and on no later one", () => {
  const horizonDays = 5;
  for (const embargoDays of [0, 1, 7]) {
    for (const fold of walkForward(dates, { firstTestDay: "2019-06-03", refit: 60, horizonDays, embargoDays })) {
      const knownInTime = daysOf([0, dates.length]).filter((day) =>
        day + horizonDays + embargoDays <= fold.testDays[0]
      );
      assert.deepEqual(daysOf(fold.trainDays), knownInTime);
      assert.equal(fold.purgedDays, fold.testDays[0] - knownInTime.length);
    }
  }
});

Deno.test("walkForward() with a window trains on so many days", () => {
  const folds = walkForward(dates, { firstTestDay: "2020-01-01", refit: 20, window: 100, horizonDays: 3 });
  assert.ok(folds.every(({ trainDays: [from, to] }) => to - from === 100));
});

Deno.test("walkForward() starts two fifths into the calendar unless told otherwise", () => {
  const [first] = walkForward(dates, { horizonDays: 1, refit: 50 });
  assert.equal(first.testDays[0], 240);
});

Deno.test("walkForward() ends with lastTestDay", () => {
  const folds = walkForward(dates, { firstTestDay: "2020-01-01", lastTestDay: "2020-03-01", horizonDays: 1 });
  assert.equal(folds.length, 1);
  assert.equal(dates[folds[0].testDays[1] - 1], "2020-02-28");
});

/** Trading days over which the labels of these days earn: day t earns from t + 1 to t + h. */
const labelDays = (days: readonly [number, number], horizonDays: number) =>
  new Set(daysOf(days).flatMap((day) => daysOf([day + 1, day + horizonDays + 1])));

const anyOptions = fc.record({
  firstTestDay: fc.integer({ min: 300, max: 590 }).map((day) => dates[day]),
  refit: fc.oneof(fc.constant("yearly" as const), fc.integer({ min: 1, max: 200 })),
  window: fc.oneof(fc.constant("expanding" as const), fc.integer({ min: 80, max: 200 })),
  horizonDays: fc.integer({ min: 1, max: 20 }),
  embargoDays: fc.integer({ min: 0, max: 10 }),
  innerShare: fc.oneof(fc.constant(0), fc.double({ min: 0.05, max: 0.3, noNaN: true })),
  calibrationShare: fc.oneof(fc.constant(0), fc.double({ min: 0.05, max: 0.25, noNaN: true })),
});

Deno.test("walkForward() lets no label that is learnt from meet one that stops, calibrates or tests", () => {
  fc.assert(
    fc.property(anyOptions, (options: WalkForwardOptions) => {
      for (const fold of walkForward(dates, options)) {
        const parts = [fold.trainDays, fold.stopDays, fold.calibrationDays, fold.testDays]
          .filter((days) => days !== undefined);
        assert.equal(parts.length, 2 + Number(options.innerShare !== 0) + Number(options.calibrationShare !== 0));
        for (let earlier = 0; earlier < parts.length; earlier++) {
          const learnt = labelDays(parts[earlier], fold.horizonDays);
          for (const later of parts.slice(earlier + 1)) {
            assert.ok(learnt.isDisjointFrom(labelDays(later, fold.horizonDays)));
            assert.ok(Math.max(...learnt) + fold.embargoDays <= later[0]);
          }
        }
      }
    }),
    { numRuns: 60, seed: 1 },
  );
});

Deno.test("walkForward() keeps the very last training days for calibration, and those before them to stop by", () => {
  const options = { firstTestDay: dates[6], refit: 2, horizonDays: 1, innerShare: 0.2, calibrationShare: 0.2 };
  const [first, second] = walkForward(dates.slice(0, 10), options);
  assert.deepEqual([first.trainDays, first.stopDays, first.calibrationDays], [[0, 1], [2, 3], [4, 5]]);
  assert.deepEqual([second.trainDays, second.stopDays, second.calibrationDays], [[0, 3], [4, 5], [6, 7]]);
  assert.equal(first.purgedDays, 3);
  const [without] = walkForward(dates, { ...options, innerShare: 0, firstTestDay: dates[101] });
  assert.deepEqual([without.trainDays, without.calibrationDays], [[0, 79], [80, 100]]);
  assert.ok(!("stopDays" in without));
});

Deno.test("walkForward() learns the same whatever comes after the first test day", () => {
  const options = { firstTestDay: dates[400], refit: 30, horizonDays: 5, innerShare: 0.2 };
  const learnt = ({ trainDays, stopDays }: Fold) => ({ trainDays, stopDays });
  assert.deepEqual(
    learnt(walkForward(dates.slice(0, 401), options)[0]),
    learnt(walkForward(dates, options)[0]),
  );
});

Deno.test("walkForward() refuses what cannot be walked", () => {
  const options = { firstTestDay: "2020-01-01", horizonDays: 5 };
  const refused = (change: Partial<WalkForwardOptions>, message: RegExp) =>
    assert.throws(() => walkForward(dates, { ...options, ...change }), { name: "RangeError", message });
  refused({ horizonDays: 0 }, /horizonDays must be an integer of at least 1, current value is 0/);
  refused({ firstTestDay: "1.1.2020" }, /firstTestDay must be a date as YYYY-MM-DD, current value is 1.1.2020/);
  refused({ firstTestDay: "2030-01-01" }, /there must be trading days from firstTestDay to lastTestDay/);
  refused({ firstTestDay: dates[5] }, /must have a day to train on before its gap of 5 days, current number is 0/);
  refused({ window: 500 }, /fold 2020 must have 500 days to train on before its gap of 5 days, current number is 299/);
  refused({ window: 10, innerShare: 0.5 }, /a day left to train on beside 5 to stop by and 5 between them/);
  refused(
    { window: 20, innerShare: 0.3, calibrationShare: 0.3 },
    /a day left to train on beside 6 to stop by, 6 to calibrate on and 10 between them, current number of days is 20/,
  );
  assert.throws(() => walkForward([], options), { name: "RangeError" });
});

Deno.test("walkForward() starts two fifths into the calendar where no first day is given", () => {
  for (const firstTestDay of ["", undefined]) {
    const [fold] = walkForward(dates, { firstTestDay, refit: 10, horizonDays: 1 });
    assert.equal(fold.testDays[0], Math.floor(0.4 * dates.length));
  }
});
