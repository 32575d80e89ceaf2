import assert from "node:assert/strict";
import { loadPanel } from "@lib/data";
import { scorecard } from "@lib/f4";
import { buildTargets } from "@lib/targets";
import { buildFeatures } from "./build_features.ts";
import { placeboFeatures } from "./placebo.ts";

Deno.test("placeboFeatures pass no judge, on the real panel, over a day and over five", async () => {
  const { panel } = await loadPanel();
  const { panel: placebos } = buildFeatures(panel, { features: placeboFeatures });
  for (const horizonDays of [1, 5]) {
    const actual = `target_return_${horizonDays}`;
    const judged = placebos.with(buildTargets(panel, { horizonsDays: [horizonDays] }).columns);
    for (const forecast of placebos.names) {
      const { verdict } = scorecard(judged, { forecast, actual, unit: "score", horizonDays, draws: 200 });
      assert.equal(verdict.verdict, "fail", `${forecast}, ${horizonDays} days: ${verdict.summary}`);
    }
  }
});
