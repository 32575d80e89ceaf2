import type { FinalScore } from "../_final_block.ts";
import type { Verdict } from "../gate.ts";
import type { Measure, Missing } from "../measure.ts";
import type { RoadReport } from "../road_report.ts";
import type { TrialsScore } from "../weigh_trials.ts";
import type { ModelReport } from "./model_report.ts";

/** Options that forecasts of every kind are judged with. */
export interface KindOptions {
  /** Column of what came true over the coming `horizonDays` days. Default `actual`. */
  actual?: string;
  /** Days that an actual covers, counted on the panel's own days. Default 1. */
  horizonDays?: number;
  /** Names that a day needs to be judged across symbols, at least 2. Default 5. */
  minimumNames?: number;
  /** Costs in basis points a side. Default 0, 5, 10, 20. */
  costsBps?: readonly number[];
  /** Seed of the bootstrap. Default 1. */
  seed?: number;
  /** Draws of the bootstrap. Default 2,000. */
  draws?: number;
  /** Coverage of the intervals. Default 0.95. */
  confidence?: number;
  /** Mean block length of the bootstrap in days. Default: chosen from the data, at least 3 horizons beyond one day. */
  blockDays?: number;
  /** Default 252. */
  periodsPerYear?: number;
  /** What an inspection of the saved model found. Default: it was not inspected, and a note says so. */
  model?: ModelReport;
}

/** The options in use. */
export interface KindSettings {
  actual: string;
  horizonDays: number;
  minimumNames: number;
  costsBps: number[];
  seed: number;
  draws: number;
  confidence: number;
  /** Null where no row could be judged. */
  blockDays: number | null;
  periodsPerYear: number;
}

/** Which rows were judged, and why others were not. */
export interface KindData {
  rows: number;
  judgedRows: number;
  /** Rows without a forecast, or with one that is infinite or too large to be squared. */
  missingForecasts: number;
  /** Rows without an actual, or with one that is infinite or too large to be squared. */
  missingActuals: number;
  /** Rows whose forecast no forecast of this kind can be: a probability above 1, a volatility of 0. */
  impossibleForecasts: number;
  symbols: number;
  days: number;
  firstDay: string | null;
  lastDay: string | null;
}

/** The number that a verdict on a kind is about. */
export interface KindHeadline {
  what: string;
  value: Measure;
  /** The value where nothing is known; the interval is held against it. */
  neutral: number;
  /** The value less `neutral`, with an interval that covers as promised over few horizons too, by `cosineT`. */
  byCosines: Measure;
  /** The normal deviate that is as unlikely as the t of `cosineT`. */
  z: Measure;
}

/** What every card of a kind has. */
export interface KindCard {
  settings: KindSettings;
  data: KindData;
  headline: KindHeadline;
  baselines: LossBaseline[];
  /** What was tried on these rows, and what is left of the headline; only a claim through the ledger counts. */
  trials: TrialsScore | Missing;
  /** The headline on the final block alone; only a claim through the ledger knows it. */
  final: FinalScore | Missing;
  /** What an inspection of the road behind the forecasts found. */
  road: RoadReport | Missing;
  /** What an inspection of the saved model found. */
  model: ModelReport | Missing;
  verdict: Verdict;
}

/** A rule of one line on the same rows, by the loss that belongs to the kind. */
export interface LossBaseline {
  name: string;
  /** Judged rows on which the baseline is known. */
  rows: number;
  /** Mean loss of the baseline on those rows. */
  loss: Measure;
  /** Loss of the baseline less that of the judged forecast on the same rows: above 0, the forecast is better. */
  advantage: Measure;
  /** The advantage as a share of the baseline's loss; none where losses can be negative. */
  skill: Measure;
  /** The daily advantage as a normal deviate, by `cosineT`. */
  z: Measure;
  /** Statistic of Diebold and Mariano for the daily losses, corrected for small samples. */
  dieboldMariano: Measure;
}
