import assert from "node:assert/strict";
import { normalRandom, Panel, seededRandom, stableJson, weekdays } from "@lib/core";
import {
  judge,
  type JudgeOptions,
  Ledger,
  type ModelReport,
  type RoadReport,
  type Scorecard,
  scorecard,
  type TrialsScore,
} from "./mod.ts";

const trial = { source: "a test", parameters: {}, data: [{ name: "planted", digest: "d" }] };
const DAYS = 300;
const dates = weekdays("2020-01-01", DAYS);
const finalFrom = dates[200];

/** Forecasts with a known daily IC; `noise` columns know nothing. */
function planted({ ic = 0.06, seed = 1, names = 40, icOfFinal = ic }: {
  ic?: number;
  seed?: number;
  names?: number;
  icOfFinal?: number;
} = {}): Panel {
  const normal = normalRandom(seededRandom(seed));
  const [symbol, date]: string[][] = [[], []];
  for (let name = 0; name < names; name++) for (const day of dates) symbol.push(`S${name}`), date.push(day);
  const signal = Float64Array.from(symbol, normal);
  const actual = signal.map((value, row) => {
    const own = date[row] < finalFrom ? ic : icOfFinal;
    return 0.02 * (own * value + Math.sqrt(1 - own ** 2) * normal());
  });
  return Panel.fromRows({ symbol, date, columns: { forecast: signal.map((value) => 0.001 * value), actual } });
}

const noise = (panel: Panel, seed: number) => {
  const normal = normalRandom(seededRandom(seed));
  return panel.with({ forecast: Float64Array.from({ length: panel.rows }, () => 0.001 * normal()) });
};

const quick = (panel: Panel, options: Partial<JudgeOptions> = {}) =>
  judge(panel, { ledger: Ledger.inMemory(), trial, draws: 200, ...options });

const trialsOf = ({ trials }: Scorecard): TrialsScore => {
  assert.ok("trials" in trials, stableJson(trials));
  return trials;
};

const outcomeOf = ({ verdict }: Scorecard, question: RegExp) =>
  verdict.checks.filter((check) => question.test(check.question)).map(({ outcome }) => outcome);

Deno.test("judge() passes sure skill, which scorecard() leaves uncounted", async () => {
  const panel = planted();
  const card = await quick(panel, { finalFrom });
  assert.equal(card.verdict.verdict, "pass");
  assert.match(card.verdict.summary, /after 1 trial the best without skill would show z 0\.00/);
  const { trials: _, final: __, verdict: ___, ...rest } = card;
  const { trials: ____, final: _____, verdict, ...alone } = scorecard(panel, { draws: 200 });
  assert.equal(stableJson(rest), stableJson(alone));
  assert.equal(verdict.verdict, "uncounted");
  assert.match(verdict.summary, /nobody counted what was tried on these rows, so that nothing can pass/);
});

Deno.test("judge() makes a claim dearer with each trial on its rows, and not with the same one again", async () => {
  const ledger = Ledger.inMemory();
  const panel = planted({ ic: 0.03 });
  const first = trialsOf(await quick(panel, { ledger }));
  for (let seed = 10; seed < 22; seed++) await quick(noise(panel, seed), { ledger });
  const again = trialsOf(await quick(panel, { ledger }));
  assert.deepEqual(again, first, "a recorded claim is counted until its own record");
  const late = trialsOf(await quick(panel.with({ forecast: panel.column("forecast").map((x) => x ** 3) }), { ledger }));
  assert.equal(late.trials, 14);
  assert.deepEqual([first.trials, first.deflated.value! > late.deflated.value!], [1, true]);
  assert.ok(late.expectedBest.z > 1.6 && late.spread.trials === 14);
  assert.ok(late.familyWiseP.value! > first.familyWiseP.value!);
  assert.ok("adjusted" in late.falseDiscovery && late.falseDiscovery.tests === 14);
  assert.ok("probability" in late.overfitting && late.overfitting.trials === 14 && late.overfitting.splits === 12870);
  assert.ok(late.effectiveTrials.value! > 10 && late.effectiveTrials.value! < 14, "the last two are nearly the same");
});

Deno.test("judge() fails the best of many that know nothing, also where its own interval lies above 0", async () => {
  const panel = planted({ ic: 0, names: 8, seed: 2 });
  const ledger = Ledger.inMemory();
  const cards: Scorecard[] = [];
  for (let seed = 100; seed < 124; seed++) cards.push(await quick(noise(panel, seed), { ledger, draws: 100 }));
  const z = (card: Scorecard) => card.headline.z.value!;
  const best = cards.reduce((one, other) => z(one) >= z(other) ? one : other);
  assert.ok(z(best) > 1.96, `the best of 24 shows z ${z(best)}`);
  const claimed = noise(panel, 100 + cards.indexOf(best));
  const counted = await quick(claimed.with({ forecast: claimed.column("forecast").map((value) => 2 * value) }), {
    ledger,
  });
  assert.equal(trialsOf(counted).trials, 25);
  assert.equal(counted.verdict.verdict, "fail");
  assert.match(counted.verdict.summary, /after 25 trials the best without skill/);
});

Deno.test("judge() counts fitted baselines as trials, and fixed rules not", async () => {
  const panel = planted();
  const columns = { ridge: noise(panel, 5).column("forecast"), rule: noise(panel, 6).column("forecast") };
  const baselines = Object.keys(columns);
  const counted = trialsOf(await quick(panel.with(columns), { baselines, fittedBaselines: ["ridge"] }));
  assert.equal(counted.trials, 2);
  assert.equal(trialsOf(await quick(panel.with(columns), { baselines })).trials, 1);
  await assert.rejects(quick(panel, { fittedBaselines: ["ridge"] }), /fittedBaselines must be among baselines/);
});

Deno.test("judge() says what the final block says, and how often it was looked at", async () => {
  const ledger = Ledger.inMemory();
  const early = planted().select((row) => dates[row % DAYS] < finalFrom);
  const development = await quick(early, { ledger, finalFrom });
  assert.equal(development.verdict.verdict, "fail");
  assert.match(development.verdict.summary, /no judged day lies in the final block from 2020-10-07/);
  assert.ok("looks" in development.final && development.final.looks === 0);
  const whole = await quick(planted(), { ledger, finalFrom });
  assert.ok("looks" in whole.final && whole.final.looks === 1 && whole.final.days === 100);
  assert.equal(trialsOf(whole).trials, 2);
  const lost = await quick(planted({ ic: 0.1, icOfFinal: -0.02 }), { finalFrom });
  assert.deepEqual(outcomeOf(lost, /final block/), ["not met"]);
  const faded = await quick(planted({ ic: 0.2, icOfFinal: 0.03 }), { finalFrom });
  assert.deepEqual(outcomeOf(faded, /final block/), ["not met"]);
  assert.ok("from" in faded.final && faded.final.difference.value! < -2);
  const short = await quick(planted(), { finalFrom: dates[295] });
  assert.deepEqual(outcomeOf(short, /final block/), ["not met"]);
  await assert.rejects(quick(planted(), { finalFrom: "soon" }), /finalFrom must be an ISO day, current value is soon/);
});

Deno.test("judge() fails forecasts of a saved model that is not sound, and says why", async () => {
  const check = { check: "rows one by one", outcome: "found", words: "9 of 32 forecasts differ" } as const;
  const model = { kind: "booster", digest: "", model: "oracle", engine: "none", checks: [check] } satisfies ModelReport;
  const { verdict } = await quick(planted(), { model });
  assert.deepEqual([verdict.verdict, verdict.summary], ["fail", "oracle, rows one by one: 9 of 32 forecasts differ"]);
});

Deno.test("judge() suspects a leak where the inspection of the road found one, and names it", async () => {
  const check = { check: "truncation replay", leak: "temporal leakage", step: "features", column: "trend" } as const;
  const road = (outcome: "found" | "clear" | "not checked"): RoadReport => ({
    checks: [{ ...check, outcome, words: "differs on 12 rows" }],
  });
  const found = await quick(planted(), { road: road("found") });
  assert.equal(found.verdict.verdict, "suspected leak");
  assert.equal(
    found.verdict.summary,
    "temporal leakage at step features, column trend (truncation replay): differs on 12 rows",
  );
  assert.equal((await quick(planted(), { road: road("clear") })).verdict.verdict, "pass");
  assert.deepEqual(outcomeOf(await quick(planted()), /road/), ["note"]);
});

Deno.test("judge() counts nothing where nothing was judged", async () => {
  const ledger = Ledger.inMemory();
  const panel = planted();
  const card = await quick(panel.with({ forecast: new Float64Array(panel.rows).fill(NaN) }), { ledger, finalFrom });
  assert.equal(card.verdict.verdict, "fail");
  assert.equal((await ledger.records()).length, 0);
});

Deno.test("judge() weighs one symbol over time too", async () => {
  const panel = planted({ names: 1, ic: 0.3 });
  const card = await quick(panel, { finalFrom });
  assert.equal(card.headline.what, "rank IC over all rows");
  assert.ok("days" in card.final && card.final.days === 100 && card.final.value.value! > 0);
  assert.equal(trialsOf(card).trials, 1);
});

Deno.test("judge() gives a reason for every number it cannot give", async () => {
  const panel = planted({ names: 6 });
  const constant = (value: number) => panel.with({ forecast: new Float64Array(panel.rows).fill(value) });
  for (
    const table of [
      constant(0.1),
      panel.select((row) => row % DAYS === 0),
      panel.select((row) => row < DAYS && row % DAYS < 2),
      panel.with({ actual: new Float64Array(panel.rows) }),
      panel.select((row) => row === 0),
    ]
  ) {
    const card = await quick(table, { finalFrom });
    assert.equal(card.verdict.verdict, "fail");
    stableJson(card); // throws where a number is not finite
    assert.ok("reason" in trialsOf(card).z);
  }
});
