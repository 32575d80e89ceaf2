import { lagged } from "@lib/core";
import { differences } from "./_quotient.ts";
import { missingRule } from "./_missing_rule.ts";
import { defineFeature } from "./feature.ts";
import { momentum } from "./momentum.ts";

/** `momentum_change_5`: the return of five days less that of the five days before, which tells haste from habit. */
export const momentumChangeFeatures = [
  defineFeature({
    name: "momentum_change_5",
    family: "momentum",
    needs: ["index"],
    lookbackDays: 10,
    expectedSign: 0,
    formula: "return of 5 days - return of the 5 days before",
    source: "Gettleman and Marks (2006), Acceleration Strategies, University of Illinois working paper",
    missing: missingRule.ends,
    compute: ({ index }) => {
      const recent = momentum(index, { windowDays: 5 });
      return differences(recent, lagged(recent, 5));
    },
  }),
];
