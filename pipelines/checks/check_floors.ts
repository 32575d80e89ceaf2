/**
 * Fails where the code breaks the import rule: a room of lib imports only from rooms on a lower floor, and sees of
 * them only the front door. The floors are read from the table in ARCHITECTURE.md, so that page and code cannot part.
 */
import { relative } from "node:path";
import { repositoryPath } from "@lib/core";
import { glob } from "zx";
import { brokenFloorRules, readFloors } from "./floors.ts";

const floors = readFloors(await Deno.readTextFile(repositoryPath("ARCHITECTURE.md")));
const files = await glob(["lib/**/*.ts", "pipelines/**/*.ts"], { cwd: repositoryPath(), absolute: true });
for (const file of files.filter((path) => !path.endsWith("floors_test.ts")).sort()) {
  const path = relative(repositoryPath(), file).replaceAll("\\", "/");
  for (const broken of brokenFloorRules(path, await Deno.readTextFile(file), floors)) {
    console.error(broken);
    Deno.exitCode = 1;
  }
}
