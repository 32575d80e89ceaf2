import assert from "node:assert/strict";
import { normaliseRunRecord, recordedMetrics, type RunRecord } from "./run_record.ts";

function record(part: Partial<RunRecord> = {}): RunRecord {
  return Object.freeze({
    key: "study/1",
    experiment: "panel",
    name: "ridge",
    parameters: {},
    metrics: {},
    series: {},
    tags: {},
    datasets: [],
    artifacts: [],
    startTime: 1_000,
    endTime: 2_000,
    status: "FINISHED" as const,
    ...part,
  });
}

Deno.test("normaliseRunRecord() survives JSON and a second time unchanged", () => {
  const normal = normaliseRunRecord(record({
    parameters: { depth: 6, rate: Infinity, ranked: false },
    metrics: { ic: 0.02, sharpe: -Infinity },
    series: { daily: [{ step: 1, value: NaN }, { step: 2, value: 0.5 }] },
  }));
  assert.deepEqual(JSON.parse(JSON.stringify(normal)), normal);
  assert.deepEqual(normaliseRunRecord(normal), normal);
  assert.deepEqual(normal.parameters, { depth: "6", rate: "Infinity", ranked: "false" });
});

Deno.test("normaliseRunRecord() names what is not finite, the first ten steps of a series and how many more", () => {
  const points = Array.from({ length: 14 }, (_, step) => ({ step, value: step === 5 ? 1 : NaN }));
  const { tags, series } = normaliseRunRecord(record({ metrics: { sharpe: -Infinity }, series: { ic: points } }));
  assert.equal(tags["not_finite/sharpe"], "-Infinity");
  assert.match(tags["not_finite/ic"], /^13 of 14 points: NaN at step 0, .*NaN at step 10 and 3 more$/);
  assert.deepEqual(series.ic, [{ step: 5, value: 1 }]);
});

Deno.test("normaliseRunRecord() keeps a metric apart from the series of its name", () => {
  const { metrics, series } = normaliseRunRecord(
    record({ metrics: { ic: 1 }, series: { ic: [{ step: 3, value: 2 }] } }),
  );
  assert.deepEqual([metrics, series], [{ ic: 1 }, { "ic/by_step": [{ step: 3, value: 2 }] }]);
});

Deno.test("normaliseRunRecord() shortens what is too long for the server, and says so in its place", () => {
  const { parameters, tags } = normaliseRunRecord(
    record({
      parameters: { columns: "\u{1F4C8}".repeat(6_001), exact: "x".repeat(6_000) },
      tags: { failure: "x".repeat(9_000) },
    }),
  );
  assert.equal([...String(parameters.columns)].length, 6_000);
  assert.match(
    String(parameters.columns),
    /\u{1F4C8} \[\.\.\. shortened from 6001 characters, sha256 [0-9a-f]{64}\]$/u,
  );
  assert.equal(parameters.exact, "x".repeat(6_000));
  assert.equal(tags.failure.length, 8_000);
  assert.match(tags.failure, /shortened from 9000 characters/);
});

Deno.test("recordedMetrics() gives every point the time of the run's end", () => {
  const points = recordedMetrics(record({ metrics: { ic: 1 }, series: { daily: [{ step: 7, value: 2 }] } }));
  assert.deepEqual(points, [
    { name: "ic", value: 1, step: 0, timestamp: 2_000 },
    { name: "daily", value: 2, step: 7, timestamp: 2_000 },
  ]);
});

Deno.test("normaliseRunRecord() refuses a record that the server would refuse or mix up", () => {
  const artifact = { path: "a", artifactPath: "a" };
  const refused: [Partial<RunRecord>, RegExp][] = [
    [{ key: "" }, /key must have 1 to 250 characters, current length is 0/],
    [{ key: "k".repeat(251) }, /key must have 1 to 250 characters, current length is 251/],
    [{ name: "" }, /name must have 1 to 250 characters/],
    [{ experiment: "" }, /experiment must have 1 to 500 characters/],
    [{ status: "RUNNING" as never }, /status must be one of FINISHED, FAILED, KILLED, current value is RUNNING/],
    [{ endTime: 999 }, /endTime must be an integer of at least 1000, current value is 999/],
    [{ startTime: NaN }, /startTime must be an integer/],
    [{ parentKey: "study/1" }, /parentKey must be another run's key/],
    [{ tags: { "run.key": "x" } }, /tag run\.key must be left to the recorder/],
    [{ metrics: { ic: 1 }, series: { ic: [], "ic/by_step": [] } }, /series ic must have a name of its own/],
    [{ series: { ic: [{ step: 1, value: 1 }, { step: 1, value: 2 }] } }, /every step of series ic must come once/],
    [{ series: { ic: [{ step: 1.5, value: 1 }] } }, /step of ic must be an integer, current value is 1.5/],
    [{ artifacts: [artifact, artifact] }, /every artifactPath must come once/],
    [{ artifacts: [{ path: "a", artifactPath: "../a" }] }, /its path must be relative/],
    [{ tags: { ["t".repeat(251)]: "" } }, /tag name must have 1 to 250 characters/],
    [{ metrics: { "ic%": 1 } }, /a metric name must consist of/],
    [{ datasets: [{ name: "", digest: "1", source: "a" }] }, /a data set's name must have 1 to 500 characters/],
    [{ datasets: [{ name: "a", digest: "1".repeat(501), source: "a" }] }, /digest of data set a must have 1 to 500/],
  ];
  for (const [part, message] of refused) {
    assert.throws(() => normaliseRunRecord(record(part)), { name: "RangeError", message });
  }
});
