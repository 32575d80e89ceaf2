import assert from "node:assert/strict";
import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import { gatherMatrix, type Matrix } from "@lib/dataset";
import {
  ewmaVolatility,
  judgeClassifierClaim,
  judgeQuantiles,
  judgeVolatility,
  Ledger,
  type ModelKind,
  type ModelReport,
} from "@lib/f4";
import { fitLightgbm, type LightgbmParameters } from "@lib/models";
import { inspectModel } from "./inspect_model.ts";

/** Forty names whose volatility moves slowly, with a signal that is worth an IC of 0.09. */
function market(): Panel {
  const normal = normalRandom(seededRandom(8));
  const dates = weekdays("2015-01-01", 700);
  const [symbol, date]: string[][] = [[], []];
  const [signal, actual] = [new Float64Array(40 * 700), new Float64Array(40 * 700)];
  for (let name = 0, row = 0; name < 40; name++) {
    for (let day = 0, mood = normal(); day < dates.length; day++, row++) {
      symbol.push(`S${name}`);
      date.push(dates[day]);
      mood = 0.98 * mood + 0.2 * normal();
      signal[row] = normal();
      actual[row] = 0.015 * Math.exp(0.5 * mood) * (0.09 * signal[row] + normal());
    }
  }
  const panel = Panel.fromRows({ symbol, date, columns: { signal, actual } });
  return panel.with({ volatility_ewma: ewmaVolatility(panel) });
}

const panel = market();
const actual = panel.column("actual");
const isFirst = (row: number) => panel.dayOf[row] < 350;
const rowsOf = (wanted: (row: number) => boolean) => Array.from(actual.keys()).filter(wanted);
const [fitted, judged] = [rowsOf((row) => isFirst(row) && panel.dayOf[row] >= 20), rowsOf((row) => !isFirst(row))];
const features = (rows: number[]): Matrix => gatherMatrix(panel, rows, { columns: ["signal", "volatility_ewma"] });

/** Fits on the first half, saves, has the saved model inspected, and forecasts the second half. */
async function made(
  kind: ModelKind,
  parameters: LightgbmParameters,
  targetOf: (value: number) => number,
  rounds = 40,
) {
  const target = Float64Array.from(fitted, (row) => targetOf(actual[row]));
  const settings = { num_leaves: 3, min_data_in_leaf: 500, ...parameters };
  const rows = { features: features(fitted), target, day: Int32Array.from(fitted, (row) => panel.dayOf[row]) };
  using model = await fitLightgbm(rows, { rounds, seed: 1, parameters: settings });
  const folder = await Deno.makeTempDir();
  await model.save(folder);
  const asked = judged.slice(0, 300);
  const report = await inspectModel(folder, features(asked), {
    kind,
    target: Float64Array.from(asked, (row) => targetOf(actual[row])),
  });
  await Deno.remove(folder, { recursive: true });
  const forecast = new Float64Array(panel.rows).fill(NaN);
  model.predict(features(judged)).forEach((value, place) => forecast[judged[place]] = value);
  return { forecast, report };
}

const isSound = ({ checks }: ModelReport) => checks.every(({ outcome }) => outcome === "clear");

Deno.test("a classifier is fitted, saved, inspected, counted, and passes", async () => {
  const { forecast, report } = await made("classifier", { objective: "binary" }, (value) => Number(value > 0));
  const trial = { source: "test", parameters: {}, data: [] };
  const card = await judgeClassifierClaim(panel.with({ probability: forecast }), {
    draws: 300,
    ledger: Ledger.inMemory(),
    trial,
    model: report,
  });
  assert.equal(card.verdict.verdict, "pass", card.verdict.summary);
  const [sound] = card.verdict.checks.filter(({ question }) => question === "Is the saved model sound?");
  assert.equal(sound.outcome, "met");
  assert.match(sound.words, /^lightgbm by lightgbm .*: 12 checks found nothing$/);
});

Deno.test("a volatility model that minimises QLIKE is sound, better than a constant, and no better than the EWMA that it sees", async () => {
  const { forecast, report } = await made("volatility", { objective: "gamma" }, (value) => value ** 2, 150);
  assert.ok(isSound(report));
  const card = judgeVolatility(panel.with({ volatility: forecast.map(Math.sqrt) }), { draws: 300, model: report });
  const [constant] = card.baselines;
  assert.ok(constant.advantage.value! > 0.2);
  assert.equal(card.verdict.verdict, "fail");
  assert.match(card.verdict.summary, /QLIKE saved against the best baseline is .* not told apart from 0 or below/);
  const [calm, middle] = card.regimes; // trees do not reach beyond the turbulence that they were fitted on
  for (const { value } of [calm, middle]) assert.ok(Math.abs(value.value! - 1) < 0.1);
});

Deno.test("quantile models are sound, in order, and cover what they promise", async () => {
  const columns: Record<string, Float64Array> = {};
  for (const percent of [10, 50, 90]) {
    const parameters = { objective: "quantile", alpha: percent / 100 } as const;
    const { forecast, report } = await made("quantile", parameters, (value) => value);
    assert.ok(isSound(report));
    columns[`q${percent}`] = forecast;
  }
  const card = judgeQuantiles(panel.with(columns), { draws: 300 });
  assert.ok(card.crossing.share.value! <= 0.01);
  assert.ok(Math.abs(card.intervals[0].gap.value!) < 0.02);
});
