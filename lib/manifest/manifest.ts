import type { StepRecord } from "@lib/cache";
import type { ParameterValue } from "@lib/runner";

/** A code cell of the notebook as it was executed. */
export interface ManifestCell {
  id: string;
  /** SHA-256 of its source. */
  source: string;
  /** SHA-256 of what it showed, without what may change from run to run; see `outputsHash`. */
  outputs: string;
}

/** A step of the notebook that went through the step cache, without how long it took. */
export type ManifestStep = Omit<StepRecord, "outcome" | "seconds">;

/**
 * What a run was made from and by: all that can be named as the cause where another run gives something else. Times and
 * folders are not in it, so that two runs of the same on the same machine have the same manifest.
 */
export interface Manifest {
  /** Path of the notebook from the root of the repository. */
  notebook: string;
  /** The code cells in order, without the one that sets the parameters. */
  cells: ManifestCell[];
  steps: ManifestStep[];
  /** Every file of ours behind the notebook, from the root: its id in git, so `git cat-file -p` shows it. */
  code: Record<string, string>;
  /** Version of every package behind the notebook, those that packages need included: `npm:yaml`, `pypi:lightgbm`. */
  packages: Record<string, string>;
  /** By file: SHA-256 of the entries in a lock that belong to these packages, or to the raw data that is read. */
  locks: Record<string, string>;
  /** Digest of each data set by its name. */
  data: Record<string, string>;
  /** SHA-256 of each file that was read from steps before, such as `horizon_1/frames/forecasts.parquet`. */
  upstream: Record<string, string>;
  /** Without `outputFolder`, which changes no result. */
  parameters: Record<string, ParameterValue>;
  /** Version of what computed: `deno`, `v8`, `typescript`, and the engines that the run names. */
  engines: Record<string, string>;
  /** What it computed on: system, processor, cores, C library, locale, time zone, and variables that engines look at. */
  machine: Record<string, string>;
  /** State of the repository: `commit`, and `tree`, which is `clean` or says how it differs. */
  repository: Record<string, string>;
}
