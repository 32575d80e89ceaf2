import assert from "node:assert/strict";
import { splitIntoBatches } from "./batches.ts";
import type { Metric } from "./mlflow_types.ts";

const points = (count: number): readonly Metric[] =>
  Object.freeze(Array.from({ length: count }, (_, step) => Object.freeze({ name: "ic", value: step / 7, step })));

const named = (count: number, value = "v") =>
  Object.freeze(Object.fromEntries(Array.from({ length: count }, (_, i) => [`name_${i}`, value])));

Deno.test("splitIntoBatches() keeps each kind and the sum within the server's limits, and loses nothing", () => {
  const bodies = splitIntoBatches({ metrics: points(2_500), parameters: named(250), tags: named(130) });
  for (const { metrics, params, tags } of bodies) {
    assert.ok(metrics.length <= 1_000 && params.length <= 100 && tags.length <= 100);
    assert.ok(metrics.length + params.length + tags.length <= 1_000);
  }
  assert.equal(bodies.length, 3);
  assert.deepEqual(bodies.flatMap((body) => body.metrics.map(({ step }) => step)), points(2_500).map((p) => p.step));
  assert.equal(new Set(bodies.flatMap((body) => body.params.map(({ key }) => key))).size, 250);
  assert.equal(new Set(bodies.flatMap((body) => body.tags.map(({ key }) => key))).size, 130);
});

Deno.test("splitIntoBatches() keeps each body below one megabyte, bytes of other scripts included", () => {
  const bodies = splitIntoBatches({
    tags: named(100, "\u{1F4C8}".repeat(4_000)),
    parameters: named(100, "é\n".repeat(2_900)),
  });
  assert.ok(bodies.length > 1);
  for (const body of bodies) assert.ok(new TextEncoder().encode(JSON.stringify(body)).length < 1_000_000);
  assert.equal(bodies.reduce((sum, body) => sum + body.tags.length + body.params.length, 0), 200);
});

Deno.test("splitIntoBatches() gives one time to all points that bring none, so that a repetition is identical", () => {
  const once = splitIntoBatches({ metrics: points(3) }, { timestamp: 1_700_000_000_000 });
  assert.deepEqual(splitIntoBatches({ metrics: points(3) }, { timestamp: 1_700_000_000_000 }), once);
  assert.ok(once[0].metrics.every(({ timestamp }) => timestamp === 1_700_000_000_000));
  const [now] = splitIntoBatches({ metrics: points(1_000) });
  assert.equal(new Set(now.metrics.map(({ timestamp }) => timestamp)).size, 1);
});

Deno.test("splitIntoBatches() writes numbers and flags in words that read back the same", () => {
  const [{ params }] = splitIntoBatches({ parameters: { rate: 0.1, tiny: 5e-324, deep: true, count: 1e21 } });
  assert.deepEqual(params.map(({ value }) => value), ["0.1", "5e-324", "true", "1e+21"]);
});

Deno.test("splitIntoBatches() makes no body of nothing", () => {
  assert.deepEqual(splitIntoBatches({}), []);
});

Deno.test("splitIntoBatches() names metrics that are not finite, and how many more there are", () => {
  const metrics = [NaN, 1, Infinity, -Infinity, NaN, NaN, NaN, NaN].map((value, step) => ({ name: "ic", value, step }));
  assert.throws(() => splitIntoBatches({ metrics }), {
    name: "RangeError",
    message:
      "Cannot log metrics: every value must be finite, currently ic at step 0 is NaN, ic at step 2 is Infinity, " +
      "ic at step 3 is -Infinity, ic at step 4 is NaN, ic at step 5 is NaN and 2 more",
  });
});

Deno.test("splitIntoBatches() refuses what the server would refuse or cut", () => {
  const refused: [Parameters<typeof splitIntoBatches>[0], RegExp][] = [
    [{ parameters: { a: "x".repeat(6_001) } }, /value of a must have at most 6000 characters, current length is 6001/],
    [{ tags: { a: "x".repeat(8_001) } }, /value of a must have at most 8000 characters, current length is 8001/],
    [{ tags: { ["k".repeat(251)]: "" } }, /tag name must have 1 to 250 characters, current length is 251/],
    [{ metrics: [{ name: "ic%", value: 1 }] }, /metric name must consist of letters.*current value is "ic%"/],
    [{ metrics: [{ name: "fold//ic", value: 1 }] }, /no empty, \. or \.\. part/],
    [{ metrics: [{ name: "../ic", value: 1 }] }, /no empty, \. or \.\. part/],
    [{ metrics: [{ name: "ic", value: 1, step: 0.5 }] }, /step of ic must be an integer, current value is 0.5/],
    [{ metrics: [{ name: "ic", value: 1, timestamp: -1 }] }, /timestamp of ic must be an integer of at least 0/],
  ];
  for (const [batch, message] of refused) assert.throws(() => splitIntoBatches(batch), { name: "RangeError", message });
});

Deno.test("splitIntoBatches() accepts texts of exactly the longest length, counted in characters as the server does", () => {
  assert.equal(splitIntoBatches({ parameters: { ["k".repeat(250)]: "\u{1F4C8}".repeat(6_000) } }).length, 1);
});
