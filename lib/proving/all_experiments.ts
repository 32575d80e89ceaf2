import type { Experiment } from "./experiment.ts";
import { knownSignalOnTrial } from "./known_signal_on_trial.ts";
import { noSignalOnTrial } from "./no_signal_on_trial.ts";
import { otherClaimsOnTrial } from "./other_claims_on_trial.ts";
import { selectionOnTrial } from "./selection_on_trial.ts";
import { testsOnTrial } from "./tests_on_trial.ts";

/** Everything that the judge is put to, in the order of the page. */
export const ALL_EXPERIMENTS: readonly Experiment[] = [
  ...noSignalOnTrial,
  ...knownSignalOnTrial,
  ...otherClaimsOnTrial,
  ...testsOnTrial,
  ...selectionOnTrial,
];
