/** Writes experiments/LEADERBOARD.md and the results table of README.md from what is recorded. Seconds. */
import { writeResultPages } from "./result_pages.ts";

await writeResultPages();
