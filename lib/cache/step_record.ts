/** What a run notes of one of its steps. */
export interface StepRecord {
  name: string;
  /** SHA-256 of everything that the step depends on. */
  key: string;
  /** SHA-256 of what it gave; see `contentHash`. */
  output: string;
  /** SHA-256 of each input. */
  inputs: Record<string, string>;
  /** Our files behind its code, from the root of the project, sorted. */
  code: string[];
  /** Whether it was computed by this run, or an earlier one had kept it. */
  outcome: "computed" | "kept";
  /** Time that the run spent on it. */
  seconds: number;
}
