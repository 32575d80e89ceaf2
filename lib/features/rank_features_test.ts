import assert from "node:assert/strict";
import { Panel } from "@lib/core";
import { rankFeatures } from "./rank_features.ts";

const panel = Panel.fromRows({
  symbol: ["A", "B", "C", "D", "A", "B"],
  date: ["2020-01-02", "2020-01-02", "2020-01-02", "2020-01-02", "2020-01-03", "2020-01-03"],
  columns: { x: Float64Array.of(5, NaN, 5, -1, NaN, 3), y: Float64Array.of(1, 2, 3, 4, 2, 1) },
});

Deno.test("rankFeatures() ranks each column each day, ties sharing, and leaves out what is missing", () => {
  const ranks = rankFeatures(panel);
  assert.deepEqual(ranks.names, ["rank_x", "rank_y"]);
  const wanted: Record<string, [number, number]> = {
    "A 2020-01-02": [1 / 6, -3 / 8],
    "B 2020-01-02": [NaN, -1 / 8],
    "C 2020-01-02": [1 / 6, 1 / 8],
    "D 2020-01-02": [-1 / 3, 3 / 8],
    "A 2020-01-03": [NaN, 1 / 4],
    "B 2020-01-03": [0, -1 / 4],
  };
  for (let row = 0; row < ranks.rows; row++) {
    const { symbol, date } = ranks.key(row);
    const actual = [ranks.column("rank_x")[row], ranks.column("rank_y")[row]];
    wanted[`${symbol} ${date}`].forEach((value, column) =>
      assert.ok(Object.is(actual[column], value) || Math.abs(actual[column] - value) < 1e-15)
    );
  }
});

Deno.test("rankFeatures() is unchanged when a feature is stretched in any rising way", () => {
  const stretched = panel.with({ x: panel.column("x").map((value) => Math.exp(value) - 7) });
  assert.deepEqual(rankFeatures(stretched).column("rank_x"), rankFeatures(panel).column("rank_x"));
});
