import type { Limit } from "@lib/f4";

/** Every limit of the inspection of a road, with its argument; those of an honest IC are the judge's own `LIMITS`. */
export const ROAD_LIMITS = {
  chanceErrors: {
    value: 4,
    bounds: "distance from what chance gives, in standard errors",
    argument: "chance alone passes 4 once in 16,000 questions, and a road is asked a handful",
  },
  duplicateShare: {
    value: 0.001,
    bounds: "share of tested rows that were learnt from on another day, feature by feature",
    argument: "one row in a thousand may stand still; a copied stretch of history is many more",
  },
  distinctPairs: {
    value: 1000,
    bounds: "different rows that the features could tell apart, per pair of a row learnt from and a row tested",
    argument: "with so many, fewer than one pair in a thousand roads is equal by chance",
  },
  runDays: {
    value: 5,
    bounds: "equal returns in a row, none of them 0, that count as the same stretch of history",
    argument: "returns of four digits agree by chance on five days once in 10^15 pairs or rarer",
  },
  overlap: {
    value: 0.2,
    bounds: "correlation of a changed return of the day itself with the change of that day's outcome",
    argument: "an outcome that contains the return moves with its sign; one divided by a trailing volatility does not",
  },
  shuffledRows: {
    value: 60_000,
    bounds: "rows that the fit on shuffled outcomes learns from, about",
    argument: "memory shows in any number of rows: more would only take longer",
  },
} as const satisfies Record<string, Limit>;
