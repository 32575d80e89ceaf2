import assert from "node:assert/strict";
import { walkForward } from "@lib/dataset";
import { plantedStudy } from "./_planted_study.ts";
import { checkFolds } from "./check_judged_rows.ts";

Deno.test("checkFolds() finds calibration days whose outcomes reach into those that are tested, or are reached into", async () => {
  const road = await plantedStudy({ horizonDays: 5 });
  const options = { refit: 120, horizonDays: 5, innerShare: 0.2, calibrationShare: 0.2 };
  const [fold] = walkForward(road.market.dates, options);
  assert.equal(checkFolds({ ...road, folds: [fold] }).outcome, "clear");
  const [from, to] = fold.calibrationDays!;
  const late = checkFolds({ ...road, folds: [{ ...fold, calibrationDays: [from, to + 1] }] });
  assert.equal(late.outcome, "found");
  assert.match(late.words, /calibrates on days up to/);
  const early = checkFolds({ ...road, folds: [{ ...fold, calibrationDays: [from - 1, to] }] });
  assert.match(early.words, /stops by days up to/);
  const next = { ...fold, stopDays: undefined, calibrationDays: [fold.trainDays[1], to] as const };
  assert.match(checkFolds({ ...road, folds: [next] }).words, /fits on days up to/);
});
