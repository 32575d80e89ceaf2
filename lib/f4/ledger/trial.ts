import { sha256, stableJson } from "@lib/core";
import type { DatedValues } from "./daily_series.ts";

/** Where a trial came from: enough to find again what made it. */
export interface TrialSource {
  /** What was run: `notebooks/40_models.ipynb`, `make f4 forecasts.csv`. */
  source: string;
  study?: string;
  step?: string;
  /** What it was run with. */
  parameters: Record<string, string | number | boolean>;
  /** The markets behind it, each with the hash of its content. Trials on the same data are of one family. */
  data: { name: string; digest: string }[];
  /** Hash of the code that made it. */
  code?: string;
  model?: string;
}

/** What was held against what came true. */
export interface Judged {
  what: "forecast" | "book";
  /** Of the column or book. */
  name: string;
  firstDay: string;
  lastDay: string;
  days: number;
  /** Rows with both a forecast and an outcome; of a book, its days. */
  rows: number;
  /** Days that an outcome covers; 1 for a book. */
  horizonDays: number;
  /** SHA-256 of the forecasts, keyed by symbol and date, or of a book's daily returns. */
  content: string;
  /** SHA-256 of what came true, keyed alike; null for a book, whose returns are both. */
  outcomes: string | null;
  /** A sample of the rows by which it is told which trials share them: see {@linkcode sharedRows}. */
  rowSketch: string;
}

/** `final` where the judged days reach into the final block of their market. */
export type Tier = "development" | "final";

/** What {@linkcode Ledger.append} takes. */
export interface NewTrial {
  source: TrialSource;
  judged: Judged;
  tier: Tier;
  /** The number that a claim would be about: `mean daily rank IC`, `annual Sharpe ratio`; null where there is none. */
  metric: { name: string; value: number | null; t: number | null };
  /** Daily values behind the number, from which correlations between trials are taken. */
  series?: DatedValues;
}

/** What every line of a ledger has. */
interface Chained {
  format: 1;
  /** SHA-256 of all else in the record. */
  hash: string;
  /** Hashes that no record had followed when this one was written: one in a chain, several after branches merged. */
  previous: string[];
  /** When it was written, ISO 8601 in UTC. */
  when: string;
}

/** One look at what came true. */
export interface TrialRecord extends Chained {
  kind: "trial";
  /** Identity: equal for a rerun that gave the same forecasts on the same rows. See {@linkcode trialIdentity}. */
  trial: string;
  source: TrialSource;
  judged: Judged;
  tier: Tier;
  metric: NewTrial["metric"];
  /** SHA-256 of the daily values, kept beside the ledger; null where there are none. */
  series: string | null;
}

/** What {@linkcode Ledger.admit} takes: looks that nobody counted when they were made. */
export interface NewAdmission {
  what: Judged["what"];
  /** The markets that were looked at. */
  data: { name: string; digest: string }[];
  /** The rows that were looked at, where they are known. */
  rowSketch?: string;
  /**
   * Identity of a trial for which they count even where it was recorded before; for the other trials of the family they
   * count from the day on which they are admitted. Default none.
   */
  trial?: string;
  tier: Tier;
  /** How many looks. */
  trials: number;
  /** What was seen, and where that is written down. */
  words: string;
}

/** Looks made before anybody counted, or elsewhere, as their owner admits them. */
export interface AdmittedRecord extends Chained, NewAdmission {
  kind: "admitted";
}

/** What a writer that was killed left of its line. It had shown no score to anybody: the record comes before the score. */
export interface TornRecord extends Chained {
  kind: "torn";
  /** The text that stood there. */
  text: string;
}

/** One line of a ledger. */
export type LedgerRecord = TrialRecord | AdmittedRecord | TornRecord;

/**
 * What makes a trial the one it is: what was judged (forecasts, rows, outcomes and how far they reach) and by which
 * number, not what it was called, who ran it or with which parameters.
 *
 * @returns SHA-256.
 */
export function trialIdentity({ judged, metric }: Pick<NewTrial, "judged" | "metric">): string {
  const { what, horizonDays, content, outcomes } = judged;
  return sha256(stableJson({ what, horizonDays, content, outcomes, metric: metric.name }));
}
