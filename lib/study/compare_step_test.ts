import assert from "node:assert/strict";
import { stableJson } from "@lib/core";
import pl from "nodejs-polars";
import { readNumbers, summarise } from "./artifact_summary.ts";
import { compareStep } from "./compare_step.ts";
import type { RecordedStep } from "./record.ts";

const step = (values: number[], sha256: string, metrics = { rank_ic: 0.02 }): RecordedStep => ({
  parameters: { seed: 1 },
  metrics,
  tags: { verdict: "pass" },
  datasets: { panel: "abc" },
  artifacts: {
    "forecasts.parquet": { sha256, bytes: 100, columns: summarise({ forecast: Float64Array.from(values) }) },
    "equity.png": { sha256: "same", bytes: 9, columns: {} },
  },
});
const tolerances = { "forecasts.parquet": { relative: 1e-6, because: "the engine sums in another order" } };

Deno.test("compareStep() finds the same bytes identical", () => {
  const states = compareStep(step([1, 2], "x"), step([1, 2], "x")).map(({ state }) => state);
  assert.deepEqual(states, ["identical", "identical", "identical"]);
});

Deno.test("compareStep() says by how much an artifact differs, and keeps to its tolerance", () => {
  const forecasts = (values: number[], given = tolerances) =>
    compareStep(step(values, "y"), step([1, 2], "x"), given).find(({ artifact }) => artifact === "forecasts.parquet")!;
  assert.equal(forecasts([1, 2 + 1e-8]).state, "within tolerance");
  assert.match(forecasts([1, 2 + 1e-8]).detail, /because the engine sums in another order$/);
  assert.equal(forecasts([1, 2.1]).state, "differs");
  assert.match(forecasts([1, 2.1]).detail, /^forecast, .*: 2 -> 2.1|forecast, deviation/);
  assert.equal(forecasts([1, 2 + 1e-8], {} as typeof tolerances).state, "differs");
  assert.equal(forecasts([1, 2, 3]).state, "differs");
  assert.match(forecasts([1, NaN]).detail, /count|missing/);
});

Deno.test("compareStep() reports figures, metrics, and what is missing or new", () => {
  const [actual, recorded] = [step([1], "x", { rank_ic: 0.03 }), step([1], "x")];
  actual.artifacts["equity.png"].sha256 = "other";
  actual.artifacts["more.csv"] = recorded.artifacts["equity.png"];
  delete actual.artifacts["forecasts.parquet"];
  const states = Object.fromEntries(compareStep(actual, recorded).map(({ artifact, state }) => [artifact, state]));
  assert.deepEqual(states, {
    "metrics": "differs",
    "equity.png": "differs",
    "forecasts.parquet": "missing",
    "more.csv": "new",
  });
});

Deno.test("readNumbers() reads tables and JSON, and leaves missing values missing", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/a.csv`, "symbol,close\nA,1\nB,\n");
  pl.DataFrame({ close: [1.5, null], name: ["x", "y"] }).writeParquet(`${folder}/a.parquet`);
  await Deno.writeTextFile(
    `${folder}/a.json`,
    stableJson({ ic: { value: 1, low: 0 }, list: [{ value: 3 }], text: "b" }),
  );
  assert.deepEqual(await readNumbers(`${folder}/a.csv`), { close: Float64Array.of(1, NaN) });
  assert.deepEqual(await readNumbers(`${folder}/a.parquet`), { close: Float64Array.of(1.5, NaN) });
  assert.deepEqual(await readNumbers(`${folder}/a.json`), { low: Float64Array.of(0), value: Float64Array.of(1, 3) });
  assert.deepEqual(await readNumbers(`${folder}/a.png`), {});
  await Deno.remove(folder, { recursive: true });
});
