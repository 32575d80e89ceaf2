import { lagged } from "@lib/core";
import { relativeDifferences } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/** Move between yesterday's close and today's open, known since this morning: `overnight_gap`. */
export const overnightGapFeatures = [
  defineFeature({
    name: "overnight_gap",
    family: "bar",
    needs: ["open", "close"],
    lookbackDays: 1,
    expectedSign: 0,
    formula: "open / close of the day before - 1",
    source: "Lou, Polk and Skouras (2019), A Tug of War, Journal of Financial Economics 134",
    missing: "NaN where the open or the close before is missing",
    compute: ({ open, close }) => relativeDifferences(open, lagged(close, 1)),
  }),
];
