/** Fails where experiments/LEADERBOARD.md or the results table of README.md is not what the records give. */
import { resultPages } from "../result_pages.ts";

for (const { path, text } of await resultPages()) {
  if (await Deno.readTextFile(path).catch(() => "") === text) continue;
  console.error(`${path} is not what the records give; make leaderboard writes it`);
  Deno.exitCode = 1;
}
