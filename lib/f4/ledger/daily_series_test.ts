import assert from "node:assert/strict";
import fc from "fast-check";
import { weekdays } from "@lib/core";
import { decodeSeries, encodeSeries } from "./daily_series.ts";

const series = fc
  .uniqueArray(fc.integer({ min: 0, max: 40_000 }), { maxLength: 50 })
  .chain((days) =>
    fc.record({
      dates: fc.constant(
        days.sort((a, b) => a - b).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
      ),
      values: fc.array(fc.double(), { minLength: days.length, maxLength: days.length }).map((all) =>
        Float64Array.from(all)
      ),
    }, { noNullPrototype: true })
  );

Deno.test("decodeSeries() gives back to the last bit what encodeSeries() took", () => {
  fc.assert(fc.property(series, (one) => assert.deepEqual(decodeSeries(encodeSeries(one)), one)), { seed: 1 });
});

Deno.test("encodeSeries() takes 9 bytes a trading day", () => {
  const dates = weekdays("2010-01-01", 1750);
  assert.ok(encodeSeries({ dates, values: new Float64Array(1750) }).length <= 9 * 1750 + 12);
});

Deno.test("encodeSeries() refuses days that do not rise, are no days, or have no value each", () => {
  const values = Float64Array.of(1, 2);
  for (const dates of [["2020-01-02", "2020-01-02"], ["2020-01-03", "2020-01-02"], ["2020-02-30", "2020-03-01"]]) {
    assert.throws(() => encodeSeries({ dates, values }), RangeError);
  }
  assert.throws(() => encodeSeries({ dates: ["2020-01-02"], values }), TypeError);
});

Deno.test("decodeSeries() refuses bytes that are cut, longer or of another kind", () => {
  const bytes = encodeSeries({ dates: weekdays("2020-01-01", 5), values: Float64Array.of(1, 2, 3, 4, 5) });
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(() => decodeSeries(bytes.slice(0, length)), SyntaxError, `${length} bytes`);
  }
  assert.throws(() => decodeSeries(Uint8Array.of(...bytes, 0)), SyntaxError);
  assert.throws(() => decodeSeries(bytes.map((byte, index) => index === 4 ? byte + 1 : byte)), SyntaxError);
});
