/** Fails where experiments/LEADERBOARD.md, the results of README.md the limits of lib/f4/README.md or the catalogue of features are not as made. */
import { resultPages } from "../result_pages.ts";

for (const { path, text } of await resultPages()) {
  if (await Deno.readTextFile(path).catch(() => "") === text) continue;
  console.error(`${path} is not what records and limits give; make leaderboard writes it`);
  Deno.exitCode = 1;
}
