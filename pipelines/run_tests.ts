/**
 * Runs every test of the workspace, the examples in its documentation included, and ends with a line
 * `N passed, N failed`. A few minutes on two cores; no network.
 *
 *   make test
 */
import { repositoryPath } from "@lib/core";

const tests = new Deno.Command(Deno.execPath(), {
  args: ["test", "-A", "--doc", "--parallel", "--quiet", "lib", "pipelines"],
  cwd: repositoryPath(),
  env: { DENO_JOBS: "2", NO_COLOR: "1" },
  stdout: "piped",
}).spawn();

let end = "";
const decoder = new TextDecoder();
for await (const piece of tests.stdout) {
  await Deno.stdout.write(piece);
  end = (end + decoder.decode(piece, { stream: true })).slice(-4000);
}
const { success } = await tests.status;
const [, passed, failed] =
  /(\d+) passed.*?(\d+) failed[^\n]*\s*$/s.exec(end.trimEnd().split("\n").slice(-3).join("\n")) ??
    [];
if (passed === undefined) console.log("The tests did not come to an end");
else console.log(`${passed} passed, ${failed} failed`);
Deno.exit(success && passed !== undefined ? 0 : 1);
