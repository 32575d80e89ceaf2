/**
 * All that a change must pass before it is committed: format, lint, types, notebooks, import floors, result pages,
 * recorded results and the audit of the judge that are of this code, the ledger of trials, numbers in prose, tests with the examples in the
 * documentation. A few minutes; stops at nothing, says at the end what failed.
 *
 *   make ok
 */
import { repositoryPath } from "@lib/core";
import { $, chalk } from "zx";

const deno = $({ cwd: repositoryPath(), nothrow: true, stdio: "inherit" });
const checks: Record<string, string[]> = {
  format: ["fmt", "--check", "--quiet"],
  lint: ["lint", "--quiet"],
  types: ["check", "--quiet", "lib", "pipelines"],
  notebooks: ["run", "-A", "--quiet", "pipelines/checks/check_notebooks.ts"],
  floors: ["run", "-A", "--quiet", "pipelines/checks/check_floors.ts"],
  "result pages": ["run", "-A", "--quiet", "pipelines/checks/check_pages.ts"],
  "results are of this code": ["run", "-A", "--quiet", "pipelines/checks/check_stale.ts"],
  "page of the judge's trial": ["run", "-A", "--quiet", "pipelines/checks/check_audit.ts"],
  ledger: ["run", "-A", "--quiet", "pipelines/checks/check_ledger.ts"],
  "numbers in prose": ["run", "-A", "--quiet", "pipelines/checks/check_prose.ts"],
  tests: ["run", "-A", "--quiet", "pipelines/run_tests.ts"],
};
const failed: string[] = [];
for (const [name, args] of Object.entries(checks)) {
  const { exitCode } = await deno`${Deno.execPath()} ${args}`;
  console.log(`${exitCode === 0 ? chalk.green("ok") : chalk.red("failed")} ${name}`);
  if (exitCode !== 0) failed.push(name);
}
if (failed.length > 0) console.log(chalk.red(`\nNot ok: ${failed.join(", ")}`));
Deno.exit(failed.length === 0 ? 0 : 1);
