import assert from "node:assert/strict";
import { normalRandom, Panel, seededRandom, stableJson, weekdays } from "@lib/core";
import { answerPlanTargets, judgeClassifier, judgeQuantiles, scorecard } from "./mod.ts";

const normal = normalRandom(seededRandom(5));
const [symbol, date]: string[][] = [[], []];
for (const name of "ABCDEFGHIJ") for (const day of weekdays("2018-01-01", 500)) symbol.push(name), date.push(day);
const signal = Float64Array.from(symbol, normal);
const actual = signal.map((value) => 0.001 + 0.02 * (0.05 * value + normal()));
const event = actual.map((value) => value > 0 ? 1 : 0);
const panel = Panel.fromRows({
  symbol,
  date,
  columns: {
    forecast: signal.map((value) => 0.001 * value),
    actual,
    probability: signal.map((value) => 0.52 + 0.02 * value),
    event,
    q05: new Float64Array(symbol.length).fill(0.001 - 1.645 * 0.02),
    q95: new Float64Array(symbol.length).fill(0.001 + 1.645 * 0.02),
  },
});
const draws = 200;
const card = scorecard(panel, { draws });

Deno.test("`answerPlanTargets()` answers every target of the plan, with what was meant by it", () => {
  const classifier = judgeClassifier(panel, { actual: "event", draws });
  const quantiles = judgeQuantiles(panel, { draws });
  const answers = answerPlanTargets(card, { classifier, quantiles });
  const told = Object.fromEntries(answers.map(({ target, reached, met }) => [target, [reached, met]]));
  assert.equal(answers.length, 12);
  assert.deepEqual(told["IC above 0.7"], [false, true], "honest skill, far below the target");
  assert.equal(told["Brier score below 0.25"][0], true, "reached by any probability near one half");
  assert.deepEqual(told['"variance" of the forecasts (a standard deviation) above 0.005'], [null, true]);
  assert.deepEqual(told["coverage within 15 points"], [true, true]);
  assert.equal(told["calibration error below 0.10"][0], true);
  for (const { counterpart, value, asked } of answers) {
    assert.ok(counterpart.length > 40);
    assert.ok("reason" in value || Number.isFinite(value.value));
    assert.ok("reason" in asked || Number.isFinite(asked.value));
  }
  stableJson(answers);
});

Deno.test("`answerPlanTargets()` meets nothing with forecasts that know nothing, whatever their spread", () => {
  const forecast = Float64Array.from(symbol, () => 0.02 * normal());
  const answers = answerPlanTargets(scorecard(panel.with({ forecast }), { draws }));
  const met = answers.filter((answer) => answer.met).map(({ target }) => target);
  assert.deepEqual(met.filter((target) => !/positive forecasts|drawdown/.test(target)), []);
  const unknown = answers.filter((answer) => answer.met === null).map(({ target }) => target);
  assert.deepEqual(unknown, ["coverage within 15 points", "Brier score below 0.25", "calibration error below 0.10"]);
});

Deno.test("`answerPlanTargets()` does not take an IC above 0.7 for skill", () => {
  const [ic] = answerPlanTargets(scorecard(panel.with({ forecast: actual }), { draws }));
  assert.deepEqual([ic.reached, ic.met], [true, false]);
});

Deno.test("`answerPlanTargets()` knows nothing where nothing was judged", () => {
  const nothing = panel.with({ forecast: new Float64Array(symbol.length).fill(NaN) });
  for (const { met, reached } of answerPlanTargets(scorecard(nothing, { draws }))) {
    assert.deepEqual([met, reached], [null, null]);
  }
});
