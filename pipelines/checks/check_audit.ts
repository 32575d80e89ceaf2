/** Fails where the page of the judge's own trial is of other code than there is now. Seconds; writes nothing. */
import { repositoryPath } from "@lib/core";
import { experimentsKey } from "@lib/proving";

const { code } = JSON.parse(await Deno.readTextFile(repositoryPath("experiments", "f4_audit", "numbers.json")));
const current = await experimentsKey(repositoryPath());
if (code !== current) {
  console.error(
    `experiments/f4_audit is of code ${code.slice(0, 12)}, current is ${
      current.slice(0, 12)
    }; make f4-audit runs it again`,
  );
  Deno.exitCode = 1;
}
