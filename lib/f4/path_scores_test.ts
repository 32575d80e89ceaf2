import assert from "node:assert/strict";
import { assertAlmostEqual, Panel, seededRandom, weekdays } from "@lib/core";
import { pathScores } from "./path_scores.ts";
import { scorecard } from "./scorecard.ts";

const names = Array.from({ length: 20 }, (_, i) => `S${i}`);

/** Paths whose forecasts are `skill` times the outcome plus noise that two paths share by half. */
function record({ days = 250, skills }: { days?: number; skills: number[] }) {
  const random = seededRandom(9);
  const keys = weekdays("2019-01-01", days).flatMap((date) => names.map((symbol) => ({ symbol, date })));
  const draw = () => Float64Array.from(keys, () => random() - 0.5);
  const [actual, shared] = [draw(), draw()];
  const columns = Object.fromEntries(skills.map((skill, path) => {
    const own = draw();
    return [`path_${path + 1}`, actual.map((value, row) => skill * value + shared[row] + own[row])];
  }));
  const index = { symbol: keys.map(({ symbol }) => symbol), date: keys.map(({ date }) => date) };
  return Panel.fromRows({ ...index, columns: { ...columns, actual } });
}

Deno.test("`pathScores()` gives each path what its scorecard says", () => {
  const panel = record({ skills: [0.2, 0, -0.1] });
  const { paths, days, least, most, positiveShare, mean, deviation } = pathScores(panel, [
    "path_1",
    "path_2",
    "path_3",
  ]);
  for (const { path, rankIc, standardError, sharpe } of paths) {
    const card = scorecard(panel, { forecast: path, draws: 100 });
    assert.ok("days" in card.crossSectional && card.crossSectional.days === days);
    assertAlmostEqual([rankIc], [card.crossSectional.rankIc.value!]);
    assertAlmostEqual([sharpe!], [card.crossSectional.book.costs[0].sharpe.value!]);
    assert.ok(standardError > 0);
  }
  const values = paths.map(({ rankIc }) => rankIc);
  assert.deepEqual([least, most], [Math.min(...values), Math.max(...values)]);
  assert.equal(positiveShare, values.filter((value) => value > 0).length / 3);
  assertAlmostEqual([mean], [values.reduce((sum, value) => sum + value) / 3]);
  assertAlmostEqual([deviation], [Math.hypot(...values.map((value) => value - mean)) / Math.sqrt(2)]);
});

Deno.test("`pathScores()` says whether paths differ by more than the luck of the days", () => {
  const alike = pathScores(record({ skills: [0.1, 0.1, 0.1] }), ["path_1", "path_2", "path_3"]);
  assert.match(alike.words, /3 paths over 250 days: .* within that error/);
  assert.ok(alike.correlation! > 0.3 && alike.correlation! < 0.7);
  const apart = pathScores(record({ skills: [0.5, 0.1, -0.4] }), ["path_1", "path_2", "path_3"]);
  assert.match(apart.words, /2 of 3 above 0\. .* wider than that error: the score hangs on what was learnt from/);
  assert.ok(apart.deviation > apart.standardError);
});

Deno.test("`pathScores()` compares paths on the rows that all of them know", () => {
  const panel = record({ skills: [0.1, 0.1] });
  const holes = panel.column("path_1").map((value, row) => panel.dayOf[row] < 100 ? NaN : value);
  const { days } = pathScores(panel.with({ path_1: holes }), ["path_1", "path_2"]);
  assert.equal(days, 150);
});

Deno.test("`pathScores()` refuses a single path, and paths without a day in common", () => {
  const panel = record({ skills: [0.1, 0.1], days: 30 });
  assert.throws(() => pathScores(panel, ["path_1"]), {
    name: "RangeError",
    message: "Cannot score paths: the number of paths must be an integer of at least 2, current value is 1",
  });
  const constant = panel.with({ path_1: new Float64Array(panel.rows) });
  assert.throws(() => pathScores(constant, ["path_1", "path_2"]), /days with a rank IC on every path/);
});
