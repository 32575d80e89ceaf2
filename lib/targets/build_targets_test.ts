import assert from "node:assert/strict";
import { Panel } from "@lib/core";
import { buildTargets } from "./build_targets.ts";
import { forwardReturn } from "./forward_return.ts";
import { rankTarget } from "./rank_target.ts";

const symbol = ["A", "A", "A", "B", "B", "B", "C", "C", "C", "D", "D"];
const date = symbol.map((_, row) => `2020-01-0${row % 3 + 1}`);
const index = Float64Array.of(1, 2, 4, 1, 1.5, 4.5, 1, 1.5, 0.3, 1, 3);
const panel = Panel.fromRows({ symbol, date, columns: { index, close: index } });

Deno.test("rankTarget() ranks what each symbol is about to earn, day by day, ties sharing", () => {
  const ranks = rankTarget(panel, { horizonDays: 1 });
  // day 1: A earns 1, B and C 0.5, D 2; day 2: A 1, B 2, C -0.8, and D has no day 3
  const wanted = [0.125, 0, NaN, -0.25, 1 / 3, NaN, -0.25, -1 / 3, NaN, 0.375, NaN];
  ranks.forEach((rank, row) => assert.ok(Object.is(rank, wanted[row]) || Math.abs(rank - wanted[row]) < 1e-15));
});

Deno.test("rankTarget() is missing where the forward return is, and nowhere else", () => {
  for (const horizonDays of [1, 2, 3]) {
    const forward = forwardReturn(panel, { horizonDays });
    const rank = rankTarget(panel, { horizonDays });
    assert.deepEqual(Array.from(rank, Number.isNaN), Array.from(forward, Number.isNaN));
  }
});

Deno.test("buildTargets() has a return and a rank for each horizon, and no column of the market", () => {
  const targets = buildTargets(panel);
  assert.deepEqual(
    targets.names,
    [1, 5, 20].flatMap((days) => [`target_return_${days}`, `target_rank_${days}`]),
  );
  assert.deepEqual(targets.dayOf, panel.dayOf);
  assert.deepEqual(targets.column("target_rank_1"), rankTarget(panel, { horizonDays: 1 }));
  assert.deepEqual(targets.column("target_return_1"), forwardReturn(panel, { horizonDays: 1 }));
});
