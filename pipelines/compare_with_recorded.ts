import { repositoryPath } from "@lib/core";
import { type Explanation, FINGERPRINT_FILE, readFingerprints, RecordedFiles, traceUpstream } from "@lib/difference";
import { compareRun, type Comparison, readRecorded, recordedStep, type StepRun } from "@lib/study";

/** Where the recorded files are kept that this machine has. */
export const recordedFiles = new RecordedFiles(repositoryPath("data", "derived", "recorded"));

/** How a step stands to the record. */
export interface StepComparison {
  study: string;
  step: string;
  comparisons: Comparison[];
  explanation?: Explanation;
}

/** Compares each step that went through with experiments/<study>/recorded.json, and explains what differs. */
export async function compareWithRecorded(steps: readonly StepRun[]): Promise<StepComparison[]> {
  const compared: StepComparison[] = [];
  for (const { study, step, run, folder } of steps) {
    if (run === undefined) continue;
    const recorded = (await readRecorded(repositoryPath("experiments", study.name, "recorded.json")))?.steps[step];
    if (recorded === undefined) {
      const detail = `not recorded; make record STUDY=${study.name} accepts it`;
      compared.push({ study: study.name, step, comparisons: [{ artifact: "everything", state: "new", detail }] });
      continue;
    }
    const fingerprints = await readFingerprints(repositoryPath("experiments", study.name, FINGERPRINT_FILE));
    const comparison = await compareRun(repositoryPath(folder), await recordedStep(run, repositoryPath(folder)), {
      recorded,
      fingerprints: fingerprints[step] ?? {},
      files: recordedFiles,
      root: repositoryPath(),
      tolerances: study.tolerances,
    });
    compared.push({ study: study.name, step, ...comparison });
  }
  return [...Map.groupBy(compared, ({ study }) => study).values()].flatMap((ofStudy) => {
    const explained = ofStudy.flatMap(({ step, explanation }) => explanation ? [[step, explanation] as const] : []);
    const traced = traceUpstream(Object.fromEntries(explained));
    return ofStudy.map((comparison) => ({ ...comparison, explanation: traced[comparison.step] }));
  });
}
