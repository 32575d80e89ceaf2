import assert from "node:assert/strict";
import { weekdays } from "@lib/core";
import { foldTable } from "./fold_table.ts";
import { walkForward } from "./walk_forward.ts";

Deno.test("foldTable() names the first and the last day of each part, both included", () => {
  const dates = weekdays("2020-01-06", 10);
  const folds = walkForward(dates, { firstTestDay: dates[6], refit: 2, horizonDays: 1, innerShare: 0.2 });
  assert.deepEqual(foldTable(folds, dates)[0], {
    fold: "2020-01-14",
    trainFrom: "2020-01-06",
    trainTo: "2020-01-08",
    trainDays: 3,
    stopFrom: "2020-01-10",
    stopTo: "2020-01-10",
    testFrom: "2020-01-14",
    testTo: "2020-01-15",
    testDays: 2,
    purgedDays: 2,
  });
});
