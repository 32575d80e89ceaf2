import assert from "node:assert/strict";
import { Panel, panelToFrame } from "@lib/core";
import { openRun, readFrame } from "./mod.ts";

Deno.test("readFrame() gives the panel that a run left, and refuses what it did not leave", async () => {
  const folder = await Deno.makeTempDir();
  const panel = Panel.fromRows({
    symbol: ["A", "B"],
    date: ["2020-01-02", "2020-01-02"],
    columns: { forecast_ridge: Float64Array.of(0.1, NaN) },
  });
  const run = await openRun(folder);
  await run.frame("forecasts", panelToFrame(panel));
  await run.finish();
  assert.deepEqual((await readFrame(folder, "forecasts")).columns, panel.columns);
  await assert.rejects(readFrame(folder, "prices"), { name: "NotFound" });
  await Deno.remove(folder, { recursive: true });
});

Deno.test("Run.measure() notes value and interval, and says in words what does not exist", async () => {
  const folder = await Deno.makeTempDir();
  const run = await openRun(folder);
  run.measure("rank_ic", { value: 0.02, low: 0.01, high: null });
  run.measure("sharpe", { value: null, reason: "the book never stood" });
  const { metrics, tags } = await run.finish();
  assert.deepEqual(metrics, { rank_ic: 0.02, rank_ic_low: 0.01 });
  assert.deepEqual(tags, { sharpe_missing: "the book never stood" });
  await Deno.remove(folder, { recursive: true });
});
