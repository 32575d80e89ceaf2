import assert from "node:assert/strict";
import { calibrationByDecile } from "./calibration_by_decile.ts";

const deciles = Object.freeze({
  forecastMean: [-0.001, 0, 0.001],
  realisedMean: [-0.0001, NaN, 0.0002],
  realisedLow: [-0.0003, NaN, 0.0001],
  realisedHigh: [0.0001, NaN, 0.0005],
});

Deno.test("calibrationByDecile() draws basis points, with error bars that reach the interval's ends", () => {
  const [realised, forecast] = calibrationByDecile(deciles).data;
  assert.deepEqual(realised.x, ["1", "2", "3"]);
  assert.deepEqual(realised.y, [-1, null, 2]);
  assert.deepEqual(forecast.y, [-10, 0, 10]);
  const bars = realised.error_y as { array: number[]; arrayminus: number[] };
  assert.deepEqual(bars.array.map((length) => length?.toFixed(6)), ["2.000000", undefined, "3.000000"]);
  assert.deepEqual(bars.arrayminus.map((length) => length?.toFixed(6)), ["2.000000", undefined, "1.000000"]);
});

Deno.test("calibrationByDecile() refuses arrays of unequal length", () => {
  assert.throws(() => calibrationByDecile({ ...deciles, realisedHigh: [0] }), {
    name: "TypeError",
    message: "Cannot draw calibration: all lengths must be equal, " +
      "current ones are forecastMean 3, realisedMean 3, realisedLow 3, realisedHigh 1",
  });
});

Deno.test("calibrationByDecile() draws no forecast where there is none in return units", () => {
  const { data } = calibrationByDecile({ realisedMean: [0, 1], realisedLow: [0, 0], realisedHigh: [1, 2] });
  assert.deepEqual(data.map(({ name }) => name), ["realised, with interval"]);
});
