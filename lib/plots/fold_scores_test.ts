import assert from "node:assert/strict";
import { foldScores } from "./fold_scores.ts";

const scores = Object.freeze({
  folds: ["2010", "2011"],
  name: "ridge",
  score: [0.02, 0.01],
  low: [0, 0],
  high: [1, 1],
});

Deno.test("foldScores() sets models side by side within a fold, so that none hides another", () => {
  const baselines = [{ name: "momentum", score: [0.02, 0.01] }, { name: "zero", score: [0, 0] }];
  const { data, layout } = foldScores({ ...scores, baselines });
  const places = data.map((trace) => (trace.x as number[])[0]);
  assert.equal(new Set(places).size, 3);
  assert.ok(places.every((place) => Math.abs(place) < 0.5));
  assert.deepEqual((layout.xaxis as { ticktext: string[] }).ticktext, ["2010", "2011"]);
});

Deno.test("foldScores() refuses a baseline of other folds", () => {
  assert.throws(() => foldScores({ ...scores, baselines: [{ name: "momentum", score: [1] }] }), {
    name: "TypeError",
    message: "Cannot draw fold scores: all lengths must be equal, " +
      "current ones are folds 2, score 2, low 2, high 2, baseline momentum 1",
  });
});
