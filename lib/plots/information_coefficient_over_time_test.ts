import assert from "node:assert/strict";
import { renderPng } from "@lib/plots";
import { informationCoefficientOverTime } from "./information_coefficient_over_time.ts";

const dates = Object.freeze(["2020-01-02", "2020-01-03", "2020-01-06", "2020-01-07", "2020-01-08"]);
const daily = Object.freeze([0.1, NaN, 0.3, 0.1, -0.1]);
const series = Object.freeze({ dates, daily, overall: { estimate: 0.1, low: 0, high: 0.2 } });

function halfWidths(horizonDays: number): number[] {
  const [band] = informationCoefficientOverTime(series, { windowDays: 2, horizonDays }).data;
  const ends = band.y as number[];
  return [0, 1, 2].map((row) => (ends[ends.length - 1 - row] - ends[row]) / 2);
}

Deno.test("informationCoefficientOverTime() draws every day with a coefficient, and says how many have none", () => {
  const figure = informationCoefficientOverTime(series, { windowDays: 2 });
  const points = figure.data.find((trace) => trace.mode === "markers");
  assert.deepEqual(points?.x, ["2020-01-02", "2020-01-06", "2020-01-07", "2020-01-08"]);
  assert.deepEqual(points?.y, [0.1, 0.3, 0.1, -0.1]);
  assert.match(JSON.stringify(figure.layout.title), /4 days; 1 day without a coefficient is left out/);
});

Deno.test("informationCoefficientOverTime() puts the band at 1.96 standard errors, wider where forecasts overlap", () => {
  const standardError = Math.sqrt(0.02) / Math.sqrt(2); // of two values 0.2 apart
  halfWidths(1).forEach((width) => assert.ok(Math.abs(width - 1.96 * standardError) < 1e-12));
  halfWidths(4).forEach((width) => assert.ok(Math.abs(width - 2 * 1.96 * standardError) < 1e-12));
});

Deno.test("informationCoefficientOverTime() starts its rolling mean at the first full window", () => {
  const named = (windowDays: number) =>
    informationCoefficientOverTime(series, { windowDays }).data.map(({ name }) => name);
  const [, rolling] = informationCoefficientOverTime(series, { windowDays: 3 }).data;
  assert.deepEqual(rolling.x, ["2020-01-07", "2020-01-08"]);
  assert.ok(named(4).includes("mean of 4 days"));
  assert.ok(!named(5).includes("mean of 5 days"));
});

Deno.test("informationCoefficientOverTime() refuses unequal lengths and impossible windows", () => {
  assert.throws(() => informationCoefficientOverTime({ ...series, daily: [0.1] }), { name: "TypeError" });
  assert.throws(() => informationCoefficientOverTime(series, { windowDays: 1 }), { name: "RangeError" });
  assert.throws(() => informationCoefficientOverTime(series, { horizonDays: 0 }), { name: "RangeError" });
});

Deno.test("informationCoefficientOverTime() is drawn where no day has a coefficient", async () => {
  const dates = ["2020-01-02", "2020-01-03"];
  const overall = { estimate: NaN, low: NaN, high: NaN };
  const figure = informationCoefficientOverTime({ dates, daily: [NaN, NaN], overall });
  assert.match(JSON.stringify(figure.layout), /No overall mean, 0 days; 2 days without a coefficient are left out/);
  assert.ok((await renderPng(figure)).length > 1000);
});
