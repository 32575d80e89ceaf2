import assert from "node:assert/strict";
import { type Panel, rollingMean } from "@lib/core";
import { judge, LEAKS, Ledger, type RoadCheck } from "@lib/f4";
import { rankFeatures } from "@lib/features";
import { canaries, centred } from "./_canaries.ts";
import { features, type PlantedStudy, plantedStudy } from "./_planted_study.ts";
import { inspectRoad } from "./inspect_road.ts";

async function found(study: PlantedStudy): Promise<RoadCheck[]> {
  const { horizonDays = 1, model = "ridge", seed = 1 } = study;
  const options = { forecast: `forecast_${model}`, actual: `target_return_${horizonDays}`, seed };
  const { checks } = await inspectRoad(await plantedStudy(study), options);
  return checks.filter(({ outcome }) => outcome === "found");
}

for (const [name, { study, leak, check, step, column }] of Object.entries(canaries)) {
  Deno.test(`inspectRoad() finds ${name}, and calls it ${leak}`, async () => {
    const faults = await found(study);
    assert.deepEqual([...new Set(faults.map((fault) => fault.leak))], [leak], JSON.stringify(faults, null, 1));
    const fault = faults.find((fault) => fault.check === check);
    assert.ok(fault, JSON.stringify(faults, null, 1));
    assert.equal(fault.step, step);
    if (column === null) assert.equal(fault.column, null);
    else assert.match(fault.column ?? "", column);
  });
}

Deno.test("inspectRoad() has a canary for each of the eight leaks", () => {
  assert.deepEqual(new Set(Object.values(canaries).map(({ leak }) => leak)), new Set(LEAKS));
});

for (const horizonDays of [1, 5]) {
  Deno.test(`inspectRoad() finds nothing on honest roads of ${horizonDays} days, with and without a signal`, async () => {
    for (let seed = 1; seed <= 4; seed++) {
      const model = seed === 4 ? "lightgbm" : "ridge";
      const faults = await found({ seed, horizonDays, model, signal: seed % 2 === 0 ? 0 : 0.05 });
      assert.deepEqual(faults, [], `seed ${seed}`);
    }
  });
}

Deno.test("inspectRoad() follows steps that leave the first days out", async () => {
  const steps = {
    features: (market: Panel) => features(market).select((row) => market.dates[market.dayOf[row]] >= "2010-03-01"),
    ranks: rankFeatures,
  };
  assert.deepEqual(await found({ steps }), []);
  const peeking = {
    ...steps,
    peek: (columns: Panel, { market }: { market: Panel }) =>
      columns.with(
        centred(market).pick(["trend"]).select((row) => market.dates[market.dayOf[row]] >= "2010-03-01").columns,
      ),
  };
  assert.deepEqual((await found({ steps: peeking })).map(({ step, column }) => [step, column]), [["peek", "trend"], [
    "peek",
    "trend",
  ]]);
});

Deno.test("inspectRoad() calls no IC too high where outcomes are volatilities", async () => {
  const targets = (market: Panel) => {
    const moves = market.column("return").map(Math.abs);
    const ahead = market.perSymbol((from, to) => {
      const mean = rollingMean(moves.subarray(from, to), { windowDays: 5 });
      return Float64Array.from({ length: to - from }, (_, day) => mean[day + 5] ?? NaN);
    });
    return market.pick([]).with({ volatility: ahead });
  };
  const road = await plantedStudy({ horizonDays: 5, target: "volatility", targets });
  const options = { forecast: "forecast_ridge", actual: "volatility", seed: 1 };
  const outcomes = async (isReturn: boolean) =>
    (await inspectRoad(road, { ...options, isReturn })).checks.filter(({ outcome }) => outcome === "found");
  assert.deepEqual(await outcomes(false), []);
  assert.notDeepEqual(await outcomes(true), []);
});

Deno.test("judge() calls forecasts a suspected leak, by its name, step and column, where the road has one", async () => {
  const study = { steps: { features: centred, ranks: rankFeatures } };
  const [road, names] = [await plantedStudy(study), { forecast: "forecast_ridge", actual: "target_return_1" }];
  const inspected = await inspectRoad(road, { ...names, seed: 1 });
  const trial = { source: "a test", parameters: {}, data: [] };
  const card = await judge(road.judged, { ...names, ledger: Ledger.inMemory(), trial, draws: 200, road: inspected });
  assert.equal(card.verdict.verdict, "suspected leak");
  assert.match(card.verdict.summary, /temporal leakage at step features, column trend \(truncation replay\): /);
});

Deno.test("inspectRoad() refuses steps that are not those of the data set, and forecasts of no model", async () => {
  const road = await plantedStudy();
  const options = { forecast: "forecast_ridge", actual: "target_return_1", seed: 1 };
  await assert.rejects(inspectRoad({ ...road, steps: { features } }, options), {
    name: "RangeError",
    message: /^Cannot inspect a road: its steps must give the features of its data set, current difference in /,
  });
  await assert.rejects(inspectRoad(road, { ...options, forecast: "forecast_oracle" }), {
    message: "Cannot inspect a road: forecast must be one of forecast_ridge, current value is forecast_oracle",
  });
  await assert.rejects(inspectRoad({ ...road, steps: {} }, options), { message: /number of steps must be/ });
  await assert.rejects(inspectRoad({ ...road, folds: [] }, options), { message: /number of folds must be/ });
});
