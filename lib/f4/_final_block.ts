import type { Measure } from "./measure.ts";

/** The headline on the final block alone: days that were set aside when the market was first looked at. */
export interface FinalScore {
  /** First day of the final block. */
  from: string;
  days: number;
  firstDay: string | null;
  lastDay: string | null;
  /** Looks at the block up to this one, admitted ones included. */
  looks: number;
  /** What is measured: that of the headline. */
  what: string;
  value: Measure;
  /** Normal deviate of the value. */
  z: Measure;
  /** The same on the judged days before the block. */
  before: Measure;
  /** That of the block less that of the days before, over its joint standard error. */
  difference: Measure;
  /** Probability that the true value on such days lies above what the best of so many looks without skill shows. */
  deflated: Measure;
}
