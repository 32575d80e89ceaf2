import assert from "node:assert/strict";
import { assertAlmostEqual, mean, normalRandom, seededRandom } from "@lib/core";
import { residualMomentum } from "./residual_momentum.ts";

const random = normalRandom(seededRandom(6));
const [market, noise] = [0.01, 0.02].map((size) => Float64Array.from({ length: 80 }, () => size * random()));
const options = { windowDays: 40, skipDays: 10 };

Deno.test("residualMomentum() does not see the market, however large its beta", () => {
  const driven = noise.map((value, day) => value + 3 * market[day]);
  assertAlmostEqual(residualMomentum(driven, market, options), residualMomentum(noise, market, options));
});

Deno.test("residualMomentum() rises with the drift of the symbol's own", () => {
  const drifting = noise.map((value) => value + 0.005);
  const [without, drifted] = [noise, drifting].map((own) => residualMomentum(own, market, options));
  for (let day = 40; day < 80; day++) assert.ok(drifted[day] > without[day]);
});

Deno.test("residualMomentum() does not see what the symbol earned in the days left out", () => {
  const meanOfKept = mean(market.subarray(40, 70));
  // on the days left out the market stands at its mean, so that they do not turn the slope either
  const centred = market.map((value, day) => day >= 70 ? 0 : value - meanOfKept);
  const late = noise.map((value, day) => day >= 70 ? value + 0.05 : value);
  const [without, drifted] = [noise, late].map((own) => residualMomentum(own, centred, options)[79]);
  assertAlmostEqual([drifted], [without]);
});

Deno.test("residualMomentum() refuses to leave out its whole window", () => {
  assert.throws(() => residualMomentum(noise, market, { windowDays: 10, skipDays: 9 }), {
    name: "RangeError",
    message: "Cannot compute residual momentum: skipDays must be an integer from 0 to 8, current value is 9",
  });
});
