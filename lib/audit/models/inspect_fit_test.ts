import assert from "node:assert/strict";
import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import { joinRows, walkForward } from "@lib/dataset";
import { type Fit, fitRidge } from "@lib/models";
import { inspectFit } from "./inspect_fit.ts";

const date = weekdays("2020-01-01", 120);
const normal = normalRandom(seededRandom(5));
const bare = Panel.fromRows({
  symbol: ["A", "B"].flatMap((symbol) => date.map(() => symbol)),
  date: [...date, ...date],
  columns: {},
});
const draws = () => Float64Array.from({ length: bare.rows }, normal);
const targets = bare.with({ target: draws().map((value, row) => row % 120 < 119 ? value : NaN) });
const dataset = joinRows({ features: bare.with({ signal: draws() }), targets }, { target: "target", horizonDays: 1 });
const folds = walkForward(date, { firstTestDay: date[80], refit: 40, horizonDays: 1 });
const ridge: Fit = (rows, options) => fitRidge(rows, options);

Deno.test("`inspectFit()` asks a saved model, and finds one that says the same of every row", async () => {
  const flat: Fit = (rows, options) => fitRidge({ ...rows, target: rows.target.map(() => 0) }, options);
  const models = { ridge, flat };
  const seed = 1;
  const sound = await inspectFit({ dataset, folds, models }, { model: "ridge", kind: "regressor", seed });
  assert.deepEqual(sound.checks.filter(({ outcome }) => outcome === "found"), []);
  const poor = await inspectFit({ dataset, folds, models }, { model: "flat", kind: "regressor", seed });
  assert.equal(poor.checks.find(({ check }) => check === "collapse")?.outcome, "found");
});

Deno.test("`inspectFit()` refuses a model that is not there", async () => {
  await assert.rejects(
    () => inspectFit({ dataset, folds, models: { ridge } }, { model: "trees", kind: "booster", seed: 1 }),
    /Cannot inspect a fit: model must be/,
  );
});
