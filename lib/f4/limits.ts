/** A number that a verdict hangs on, what it bounds, and why it is that number. */
export interface Limit {
  value: number;
  bounds: string;
  argument: string;
}

/**
 * Every limit of the judge, in one place. {@linkcode gate} compares with these and with nothing else.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(LIMITS.leakIc.value, 0.1);
 * ```
 */
export const LIMITS = {
  leastDays: {
    value: 60,
    bounds: "judged days that a verdict needs",
    argument: "the standard error of the IC of one series over 60 days is 0.13: less could not show anything honest",
  },
  leastIntervalDays: {
    value: 20,
    bounds: "days that an interval needs",
    argument: "a bootstrap of a handful of days repeats them, and its intervals are far too short",
  },
  leastHorizons: {
    value: 30,
    bounds: "horizons, end to end, that the judged days of a verdict must cover",
    argument:
      "of 300 simulated records without skill, 9 to 11 in 100 lie above 0 where the days cover 12 to 20 horizons, " +
      "and 5 to 8 where they cover 30; 2.5 are promised",
  },
  leastIntervalHorizons: {
    value: 10,
    bounds: "horizons, end to end, that the days of an interval or a t must cover",
    argument: "blocks have to span several horizons: over fewer days each draw is nearly the record itself, and the " +
      "interval shrinks to a point",
  },
  rankIcLow: {
    value: 0,
    bounds: "lower end of the interval of the rank IC",
    argument: "a forecast without skill lies above 0 in one case of 40 at 95 % confidence, and not more often",
  },
  leastZ: {
    value: 1.96,
    bounds: "normal deviate of the rank IC, by a test that keeps its size where days depend on each other",
    argument:
      "a second road to the same question: of 600 simulated records without skill, 20 days ahead, 3 to 7 in 100 " +
      "lie above 0 by the bootstrap alone, 2 to 4 by both (`bench/size_over_horizons.ts`)",
  },
  leastSpreadTrials: {
    value: 10,
    bounds: "recorded trials of one metric and horizon from which on their own spread counts",
    argument: "of 10 trials the standard deviation is known to a quarter; of fewer it is mostly chance",
  },
  deflatedProbability: {
    value: 0.95,
    bounds: "probability that the true value lies above what the best of all trials without skill shows",
    argument:
      "the level of Bailey and Lopez de Prado (2014): one wrong claim in 20, and far fewer where trials are many",
  },
  anyClaim: {
    value: 0.05,
    bounds: "p of the claim times N (N + 1), for the N-th look",
    argument:
      "of all claims that are ever made on the same rows, one or more pass without skill with no greater probability: " +
      "1 / (N (N + 1)) sums to 1, and no independence is needed. Held against the best of the trials before alone, any " +
      "of eight passed in 7.5 of 100",
  },
  sharedDays: {
    value: 0.9,
    bounds: "share of a claim's days that a trial must know to be compared with it day by day",
    argument: "the days that all know are compared: one short trial must not take most of them away",
  },
  leastOverfittingTrials: {
    value: 5,
    bounds: "trials that the probability of overfitting needs",
    argument: "with fewer, the median out of sample is little more than one rival",
  },
  finalAgreement: {
    value: -2,
    bounds: "rank IC or Sharpe ratio of the final block less that of the days before, in joint standard errors",
    argument: "a drop that chance gives once in 40 claims says that the days before were chosen by",
  },
  finalValue: {
    value: 0,
    bounds: "rank IC or Sharpe ratio of the final block",
    argument: "days that nobody chose by must at least point the same way; a true value of two standard errors there " +
      "fails this once in 40 claims",
  },
  baselineAdvantage: {
    value: 0,
    bounds: "rank IC less that of the best baseline on the same rows",
    argument:
      "a model that orders names no better than a rule of one line is not needed; the interval is shown beside " +
      "it, but is no condition: differences below 0.005 cannot be told apart in seven years",
  },
  leakIc: {
    value: 0.1,
    bounds: "IC or rank IC",
    argument: "published daily equity models reach 0.02 to 0.05; sustained values above 0.10 come from leaks",
  },
  leakIcLow: {
    value: 0.053,
    bounds: "lower end of the interval of an IC above the limit before",
    argument: "no published daily model passes 0.053: where even the low end does, chance is no explanation",
  },
  contradictionErrors: {
    value: 4,
    bounds: "gap between two numbers of one record, in joint standard errors",
    argument: "chance alone passes 4 once in 16,000 records",
  },
  contradictionShare: {
    value: 0.5,
    bounds: "the same gap, as a share of what the IC implies",
    argument: "the relations hold for normal returns; fat tails and volatility clusters bend them by up to a third",
  },
  contradictionHitRate: {
    value: 0.01,
    bounds: "the same gap for hit rates, in absolute terms",
    argument: "one point: symbols with base rates of their own move the pooled rate by as much",
  },
  contradictionSharpe: {
    value: 0.3,
    bounds: "the same gap for annual Sharpe ratios, in absolute terms",
    argument: "the same allowance in Sharpe: an IC of 0.024",
  },
  contradictionRSquared: {
    value: 0.002,
    bounds: "R2 above the square of the IC, in absolute terms",
    argument: "a drift that both columns share adds so much to R2 against zero without any skill",
  },
  collapsedSlope: {
    value: 2,
    bounds: "calibration slope above which forecasts vary too little",
    argument: "less than half of the spread that their own IC supports",
  },
  overconfidentSlope: {
    value: 0.5,
    bounds: "calibration slope below which forecasts vary too much",
    argument: "more than twice the spread that their own IC supports",
  },
  collapsedRatio: {
    value: 0.005,
    bounds: "spread of forecasts over spread of outcomes below which nothing is said",
    argument: "a calibrated forecast of this spread has an IC of 0.005, which takes 160 years of days to tell from 0",
  },
  scoreRatio: {
    value: 3,
    bounds: "spread of forecasts over spread of outcomes above which forecasts are scores, not returns",
    argument: "a forecast of returns that varies three times as much as returns do is in another unit",
  },
  sharedRows: {
    value: 0.05,
    bounds:
      "share of the rows of two trials, or of the days of forecasts and a book, above which they are of one family",
    argument:
      "the best of 100 trials on a share s of the rows flatters the t of them all by up to 2.5 sqrt(s): at 0.05 " +
      "by half a standard error, which is as little as an estimated share can tell from nothing",
  },
  neutralGone: {
    value: 0.5,
    bounds: "share of a rank IC that lies in volatility, market beta or factor betas, where nothing sure is left",
    argument: "where more than half goes and the rest may be chance, the record shows the bet and not the skill",
  },
  neutralGoneAtMost: {
    value: 0.75,
    bounds: "the same share, where what is left is above 0 for sure",
    argument:
      "a beta of a year of days is measured with an error of a tenth to a quarter of its spread over names: so much of " +
      "a bet on it and nothing else stays behind, and is sure in a long record",
  },
  bookSharpeLow: {
    value: 0,
    bounds: "lower end of the interval of a book's Sharpe ratio after costs",
    argument: "a book earns nothing for sure while its interval holds 0; seven years leave an error of 0.38",
  },
  leakSharpe: {
    value: 6,
    bounds: "annual Sharpe ratio of a book after costs",
    argument:
      "books of daily forecasts are published with 1 to 3 after costs; a rank IC of 0.1 over hundreds of names, " +
      "which is called a leak, would give about 9 before them",
  },
  leakSharpeLow: {
    value: 4,
    bounds: "lower end of the interval of a Sharpe ratio above the limit before",
    argument: "a short lucky record may show more, but its interval reaches far below",
  },
  bookCostBps: {
    value: 5,
    bounds: "costs in basis points a side at which a book is judged",
    argument: "about what trading large companies patiently costs; the table shows the others",
  },
  crossingShare: {
    value: 0.01,
    bounds: "share of rows on which quantile forecasts are out of order",
    argument: "putting them in order costs nothing and only lowers the loss; one row in 100 is left to rounding",
  },
  coverageGap: {
    value: 0.02,
    bounds:
      "share of outcomes inside an interval, or below a quantile, less what was promised, where chance is excluded",
    argument: "two points of 90 are a fifth more, or fewer, surprises than were promised",
  },
  coverageDiscovery: {
    value: 0.01,
    bounds: "false-discovery rate at which symbols are told whose misses are too many or come in clusters",
    argument: "strict, since the tests are asymptotic and the symbols miss together",
  },
  coverageRejections: {
    value: 0.1,
    bounds: "share of symbols that may be told so",
    argument: "a single series fails by its own test; of many, a tenth may be odd names",
  },
  leakVariation: {
    value: 0.6,
    bounds: "standard deviation over mean of absolute outcomes, each divided by its forecast size",
    argument:
      "0.76 for normal outcomes whose volatility is known, more for any real ones: steadier than that is only " +
      "what was divided by itself",
  },
  leakVolatilityFit: {
    value: 0.9,
    bounds: "R2 of realised on forecast variance",
    argument: "published forecasts of daily realised variance reach 0.5 to 0.7",
  },
  volatilityBias: {
    value: 1.25,
    bounds: "factor between realised and forecast variance, where chance is excluded",
    argument: "an eighth in volatility: the smallest error in size that a position would show",
  },
} as const satisfies Record<string, Limit>;
