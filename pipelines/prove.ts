import { CodeGraph } from "@lib/code";
import { repositoryPath } from "@lib/core";
import { type Proof, proveStep, readRecorded, type Study } from "@lib/study";
import { chalk } from "zx";
import { printTable } from "./print_table.ts";

/**
 * Says of each step of studies what hashes alone prove: that all behind it is as recorded, and the files of the last run
 * are the recorded ones. Computes nothing.
 *
 * @returns Exit code: 0 where all is proved, 1 where something differs, 2 where something could not be looked at.
 */
export async function prove(studies: readonly Study[]): Promise<number> {
  const started = performance.now();
  const graph = new CodeGraph(repositoryPath());
  const proofs: { name: string; proof: Proof }[] = [];
  for (const study of studies) {
    const recorded = await readRecorded(repositoryPath("experiments", study.name, "recorded.json")) ?? { steps: {} };
    for (const step of Object.keys(study.steps)) {
      const folder = repositoryPath("experiments", "runs", study.name, step);
      proofs.push({ name: `${study.name}/${step}`, proof: await proveStep(study, step, recorded, { graph, folder }) });
    }
  }
  printTable(
    ["study/step", "by hashes", "as recorded"],
    proofs.map(({ name, proof }) => [name, verdict(proof), proof.same.join(", ") || "nothing"]),
  );
  for (const { name, proof: { differs, unproved } } of proofs) {
    for (const words of differs) console.log(`${name} ${chalk.red("differs")}: ${words}`);
    for (const words of unproved) console.log(`${name} ${chalk.yellow("not proved")}: ${words}`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`\n${seconds} s, nothing was computed; without FAST, make reproduce computes everything again.`);
  if (proofs.some(({ proof }) => proof.differs.length > 0)) return 1;
  return proofs.some(({ proof }) => proof.unproved.length > 0) ? 2 : 0;
}

function verdict({ differs, unproved }: Proof): string {
  if (differs.length > 0) return chalk.red("differs");
  return unproved.length > 0 ? chalk.yellow("in part") : chalk.green("proved");
}
