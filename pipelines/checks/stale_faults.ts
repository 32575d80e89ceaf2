import type { CodeGraph } from "@lib/code";
import { type Recorded, staleParameters, staleResults, type Study } from "@lib/study";

/** How many of the things that have changed are named. */
const NAMED = 6;

/**
 * What of a study's record is no result of what is there now, one sentence a step: never recorded, gone from the spec,
 * of another notebook or other parameters, or of code, cells, packages, locks or data that have moved on since.
 *
 * @param recorded What is recorded of the study; undefined where nothing is.
 * @param graph Of the project as it is now.
 */
export async function staleFaults(study: Study, recorded: Recorded | undefined, graph: CodeGraph): Promise<string[]> {
  const { name, steps } = study;
  const again = `make reproduce STUDY=${name} and make record STUDY=${name} make it so`;
  const moved = new Map(
    (await staleResults(recorded ?? { steps: {} }, graph)).map(({ step, changed }) => [step, changed]),
  );
  const faults: string[] = [];
  for (const [step, spec] of Object.entries(steps)) {
    const known = recorded?.steps[step];
    if (known === undefined) {
      faults.push(`${name}/${step} must be recorded; ${again}`);
      continue;
    }
    const notebook = `notebooks/${spec.notebook}.ipynb`;
    const other = known.manifest !== undefined && known.manifest.notebook !== notebook
      ? [`it was made by ${known.manifest.notebook}`]
      : moved.get(step) ?? [];
    const changed = [...staleParameters(spec, known.parameters), ...other];
    if (changed.length === 0) continue;
    const rest = changed.length > NAMED ? ` and ${changed.length - NAMED} more` : "";
    faults.push(
      `${name}/${step} has moved on since it was recorded: ${changed.slice(0, NAMED).join(", ")}${rest}; ${again}`,
    );
  }
  for (const step of Object.keys(recorded?.steps ?? {})) {
    if (!Object.hasOwn(steps, step)) {
      faults.push(`${name}/${step} is recorded, and no step of the study any more; ${again}`);
    }
  }
  return faults;
}

/**
 * Notebooks that no study runs: nobody would see when they stop working.
 *
 * @param notebooks File names without `.ipynb`.
 */
export function idleNotebooks(notebooks: readonly string[], studies: readonly Study[]): string[] {
  const run = new Set(studies.flatMap(({ steps }) => Object.values(steps).map(({ notebook }) => notebook)));
  return notebooks.filter((notebook) => !run.has(notebook));
}
