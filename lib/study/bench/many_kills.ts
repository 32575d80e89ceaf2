/**
 * Kills a small study at random moments, without warning, and begins it again: are its artifacts those of an undisturbed
 * run, and are finished steps left alone? Prints a line a kill and a table. Half an hour for 50 kills on two cores.
 *
 *   deno run -A lib/study/bench/many_kills.ts [--kills=50] [--seed=1]
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { seededRandom } from "@lib/core";
import type { Step, Study } from "@lib/study";
import { killAndResume, pause, undisturbed, type Victim } from "./kill_and_resume.ts";

const models = (horizonDays: number): Step => ({
  notebook: "40_models",
  after: [],
  headline: "rank_ic",
  parameters: { market: "synthetic", horizonDays, firstTestDay: "", everyDays: 1, rounds: 30, seed: 1 },
});
const study: Study = {
  name: "small",
  title: "",
  question: "",
  universe: "",
  tolerances: {},
  steps: {
    horizon_1: models(1),
    horizon_5: models(5),
    book: {
      notebook: "60_portfolio",
      after: ["horizon_1", "horizon_5"],
      headline: "sharpe_5bp",
      parameters: { market: "synthetic", forecastSteps: "horizon_1 horizon_5", adjustment: 0.05, factors: 3, seed: 1 },
    },
  },
};
const VICTIMS: Victim[] = ["kernels", "runner", "all"];

const { values } = parseArgs({
  options: { kills: { type: "string", default: "50" }, seed: { type: "string", default: "1" } },
});
const random = seededRandom(Number(values.seed));
const folder = await Deno.makeTempDir({ prefix: "kills-" });
try {
  const started = performance.now();
  const expected = await undisturbed(study, join(folder, "undisturbed"));
  const milliseconds = performance.now() - started;
  const table = VICTIMS.map((victim) => ({ victim, kills: 0, finished: 0, doneAgain: 0, different: 0 }));
  for (let i = 0; i < Number(values.kills); i++) {
    const [victim, after] = [VICTIMS[i % VICTIMS.length], random() * milliseconds];
    const own = join(folder, `${i}`);
    const came = await killAndResume(study, { folder: own, victim, moment: () => pause(after), expected });
    const row = table[i % VICTIMS.length];
    row.kills++;
    row.finished += came.finished.length;
    row.doneAgain += came.doneAgain.length;
    row.different += came.different.length;
    const counts = `${came.finished.length} steps finished, ${came.doneAgain.length} of them done again`;
    console.log(`${victim} after ${(after / 1000).toFixed(1)} s: ${counts}, ${came.different.length} artifacts differ`);
    await Deno.remove(own, { recursive: true });
  }
  console.log(`\n${Object.keys(expected).length} artifacts, ${(milliseconds / 1000).toFixed(1)} s undisturbed`);
  console.table(table);
  Deno.exitCode = table.some(({ doneAgain, different }) => doneAgain + different > 0) ? 1 : 0;
} finally {
  await Deno.remove(folder, { recursive: true });
}
