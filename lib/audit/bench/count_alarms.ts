/**
 * How often the inspection of a road cries where there is nothing: honest roads through markets of many seeds, with and
 * without a signal, over one day and five. Prints the roads on which anything was found.
 *
 * Run: `deno run -A lib/audit/bench/count_alarms.ts [roads]`, 200 by default, a minute or two.
 */
import { plantedStudy } from "../leaks/_planted_study.ts";
import { inspectRoad } from "../leaks/inspect_road.ts";

const roads = Number(Deno.args[0] ?? 200);
let alarms = 0;
const started = performance.now();
for (let seed = 1; seed <= roads; seed++) {
  const [horizonDays, signal] = [seed % 2 === 0 ? 1 : 5, seed % 4 < 2 ? 0 : 0.05];
  const road = await plantedStudy({ seed, horizonDays, signal, model: seed % 5 === 0 ? "lightgbm" : "ridge" });
  const model = Object.keys(road.models)[0];
  const options = { forecast: `forecast_${model}`, actual: `target_return_${horizonDays}`, seed };
  const found = (await inspectRoad(road, options)).checks.filter(({ outcome }) => outcome === "found");
  if (found.length > 0) alarms++;
  for (const { check, step, words } of found) console.log(`seed ${seed}, ${check} at ${step}: ${words}`);
}
const seconds = (performance.now() - started) / 1000;
console.log(`${alarms} of ${roads} honest roads raised an alarm; ${(seconds / roads).toFixed(2)} s a road`);
