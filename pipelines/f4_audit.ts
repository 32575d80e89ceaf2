/**
 * Puts the judge itself on trial: hundreds of markets whose truth is known, and every statistic beside what its paper
 * says. Leaves AUDIT.md with its figures and numbers.json. Some minutes on two cores; a run that was cut off goes on.
 *
 *   make f4-audit
 *   make f4-audit SHARE=0.1 OUT=/tmp/audit    a look, with a tenth of the repetitions
 */
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkInteger, checkNumber, repositoryPath } from "@lib/core";
import {
  ALL_EXPERIMENTS,
  auditNumbers,
  auditVerdict,
  experimentsKey,
  type ExperimentsProgress,
  runExperiments,
  writeAudit,
} from "@lib/proving";
import { clockText } from "@lib/runner";
import { stopSignals } from "./stop_signals.ts";

const PAGE_FOLDER = repositoryPath("experiments", "f4_audit");

async function audit(): Promise<number> {
  const { values } = parseArgs({
    options: {
      share: { type: "string", default: "1" },
      out: { type: "string", default: PAGE_FOLDER },
      cores: { type: "string", default: "2" },
    },
  });
  const [share, workers, folder] = [Number(values.share), Number(values.cores), resolve(values.out)];
  checkNumber("audit the judge", "SHARE", share, { least: 0.001, most: 1 });
  checkInteger("audit the judge", "CORES", workers, { least: 1 });
  if (share < 1 && folder === PAGE_FOLDER) {
    throw new RangeError(
      "Cannot audit the judge: a SHARE of the repetitions must have an OUT of its own, there is none",
    );
  }
  const experiments = ALL_EXPERIMENTS.map((experiment) => (
    { ...experiment, repetitions: Math.ceil(share * experiment.repetitions) }
  ));
  const code = await experimentsKey(repositoryPath());
  const kept = repositoryPath("data", "derived", "f4_audit", code.slice(0, 16));
  const signal = stopSignals();
  try {
    const outcomes = await runExperiments(experiments, { folder: kept, workers, signal, onProgress: show });
    const numbers = auditNumbers(experiments, outcomes, { code });
    await writeAudit(folder, numbers);
    console.log(`\n${auditVerdict(numbers)}`);
    console.log(`\nwritten: ${relative(Deno.cwd(), join(folder, "AUDIT.md"))}`);
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    console.log("\nCut off. The parts that are finished stay, and the next make f4-audit goes on with them");
    return 130;
  }
}

let lastShown = -Infinity;

function show({ partsDone, parts, partsKept, secondsLeft, experiment }: ExperimentsProgress): void {
  if (performance.now() - lastShown < 5000 && partsDone < parts) return;
  lastShown = performance.now();
  const kept = partsKept > 0 ? ` (${partsKept} kept from before)` : "";
  const left = secondsLeft === undefined ? "" : `, about ${clockText(secondsLeft)} left`;
  console.log(`${partsDone} of ${parts} parts done${kept}${left}: ${experiment}`);
}

Deno.exit(await audit());
