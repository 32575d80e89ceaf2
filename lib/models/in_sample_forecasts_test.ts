import assert from "node:assert/strict";
import { Panel, pearsonCorrelation, seededRandom, weekdays } from "@lib/core";
import { joinRows } from "@lib/dataset";
import { type Fit, fitLightgbm, inSampleForecasts } from "./mod.ts";

Deno.test("inSampleForecasts() remembers noise, which is why it is no evidence", async () => {
  const [date, random] = [weekdays("2020-01-01", 400), seededRandom(3)];
  const noise = () => Float64Array.from(date, () => random() - 0.5);
  const index = { symbol: date.map(() => "A"), date };
  const features = Panel.fromRows({ ...index, columns: { one: noise(), two: noise(), three: noise() } });
  const target = noise();
  target[399] = NaN;
  const dataset = joinRows({ features, targets: Panel.fromRows({ ...index, columns: { target } }) }, {
    target: "target",
    horizonDays: 1,
  });
  const fit: Fit = (rows, options) =>
    fitLightgbm(rows, { ...options, rounds: 200, parameters: { min_data_in_leaf: 10 } });
  const forecast = (await inSampleForecasts(dataset, fit, { seed: 1 })).column("forecast_in_sample");
  assert.ok(pearsonCorrelation(forecast, target) > 0.7);
  assert.ok(Number.isNaN(forecast[399]));
});
