import assert from "node:assert/strict";
import { join } from "node:path";
import { CURVES_FILE, readCurvePoints, tellCurvePoints } from "./curve_points.ts";

Deno.test("tellCurvePoints() appends what is finite, and readCurvePoints() waits for the end of a line", async () => {
  const path = await Deno.makeTempFile();
  tellCurvePoints(1, { loss: 0.5, rank: null, spread: NaN }, { path });
  tellCurvePoints(2, { loss: 0.25 }, { path });
  const text = await Deno.readTextFile(path);
  const points = readCurvePoints(text).map(({ curve, step, value }) => [curve, step, value]);
  assert.deepEqual(points, [["loss", 1, 0.5], ["loss", 2, 0.25]]);
  assert.equal(readCurvePoints(text.slice(0, -3)).length, 1);
  assert.deepEqual(readCurvePoints(""), []);
  assert.throws(() => readCurvePoints("loss 0.5\n"), { name: "SyntaxError" });
  await Deno.remove(path);
});

Deno.test("tellCurvePoints() minds neither that nobody asked nor that the file cannot be written", async () => {
  tellCurvePoints(1, { loss: 1 }, { path: "" });
  const folder = await Deno.makeTempDir();
  tellCurvePoints(1, { loss: 1 }, { path: join(folder, "gone", "curves.jsonl") });
  Deno.env.set(CURVES_FILE, join(folder, "asked.jsonl"));
  tellCurvePoints(1, { loss: 1 });
  Deno.env.delete(CURVES_FILE);
  assert.equal(readCurvePoints(await Deno.readTextFile(join(folder, "asked.jsonl"))).length, 1);
  await Deno.remove(folder, { recursive: true });
});
