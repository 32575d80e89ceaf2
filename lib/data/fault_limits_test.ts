import assert from "node:assert/strict";
import { repositoryPath } from "@lib/core";
import { faultLimits } from "./fault_limits.ts";

Deno.test("faultLimits is what data/README.md says", async () => {
  const readme = await Deno.readTextFile(repositoryPath("data", "README.md"));
  const rows = Object.entries(faultLimits).map(([kind, { limit, outcome }]) =>
    `| \`${kind}\` | ${100 * limit} % | ${outcome} |`
  );
  assert.ok(readme.includes(`| --- | --- | --- |\n${rows.join("\n")}\n\n`));
});
