import assert from "node:assert/strict";
import { CodeGraph } from "@lib/code";
import { repositoryPath } from "@lib/core";
import { experimentsKey } from "./experiments_key.ts";

Deno.test("`experimentsKey()` is the same for the same code, and knows judge, road and seeds, but not the page", async () => {
  assert.equal(await experimentsKey(repositoryPath()), await experimentsKey(repositoryPath()));
  const { files } = new CodeGraph(repositoryPath()).behindNames(["ALL_EXPERIMENTS", "repeatExperiment"]);
  for (const path of ["lib/f4/judge.ts", "lib/models/ridge/fit_ridge.ts", "lib/proving/experiment.ts"]) {
    assert.ok(files.includes(path), path);
  }
  assert.ok(!files.includes("lib/proving/audit_page.ts"));
});
