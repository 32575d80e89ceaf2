/**
 * Fails where a number in prose is backed by nothing: neither by a recorded value within its rounding, nor by a file of
 * the repository, nor by a source with its date. What backs which is said in experiments/claims.yaml.
 *
 * Reads all Markdown files but those that are generated or tell history, and the texts of notebooks.
 */
import { join } from "node:path";
import { repositoryPath } from "@lib/core";
import { readNotebook } from "@lib/runner";
import { readRecorded, readStudies } from "@lib/study";
import { glob } from "zx";
import { type Backing, parseClaims, proseFaults } from "./prose_claims.ts";

const CLAIMS = "experiments/claims.yaml";
const PAGES = ["*.md", "data/*.md", "models/*.md", "experiments/*.md", "lib/**/*.md", "notebooks/*.ipynb"];
const GENERATED_OR_HISTORY = ["experiments/LEADERBOARD.md", "lib/features/CATALOGUE.md", "CHANGELOG.md"];

async function recordedNumbers(): Promise<Map<string, number>> {
  const numbers = new Map<string, number>();
  for (const { name } of await readStudies(repositoryPath("experiments"))) {
    const recorded = await readRecorded(repositoryPath("experiments", name, "recorded.json"));
    for (const [step, { metrics, parameters }] of Object.entries(recorded?.steps ?? {})) {
      for (const [key, value] of Object.entries({ ...parameters, ...metrics })) {
        if (typeof value === "number") numbers.set(`${name}/${step} ${key}`, value);
      }
    }
  }
  return numbers;
}

/** The prose of a file: a Markdown page, or the texts of a notebook. */
async function proseOf(path: string): Promise<string> {
  if (!path.endsWith(".ipynb")) return await Deno.readTextFile(path);
  const { cells } = await readNotebook(path);
  return cells.flatMap(({ cell_type, source }) => cell_type === "markdown" ? [source] : []).join("\n\n");
}

const root = repositoryPath();
const backing: Backing = {
  recorded: await recordedNumbers(),
  textOf: (path) => {
    try {
      return Deno.readTextFileSync(join(root, path));
    } catch {
      return undefined;
    }
  },
};
const { everywhere = [], ...claims } = parseClaims(await Deno.readTextFile(join(root, CLAIMS)));
const paths = await glob(PAGES, { cwd: root, ignore: ["**/testdata/**", ...GENERATED_OR_HISTORY] });
const faults: string[] = [];
for (const path of paths.sort()) {
  const prose = await proseOf(join(root, path));
  faults.push(...proseFaults(prose, claims[path] ?? [], { ...backing, everywhere }).map((fault) => `${path} ${fault}`));
}
for (const path of Object.keys(claims)) {
  if (!paths.includes(path)) faults.push(`${path} is no page whose numbers are checked; take it out of ${CLAIMS}`);
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) console.error(`${CLAIMS} says what backs a number, and how`);
Deno.exit(faults.length === 0 ? 0 : 1);
