import assert from "node:assert/strict";
import { Panel } from "@lib/core";
import { joinRows } from "@lib/dataset";
import { buildTargets, forwardReturn, signTarget } from "./mod.ts";
import golden from "./testdata/targets.json" with { type: "json" };

const { symbol, date } = golden;
// windows of 60 rows want a longer market than the golden one: its days again and again, on a calendar of numbers
const rounds = 4;
const lastDay = 40 * rounds - 1;
const calendar = [...new Set(date)].toSorted();
const keys = Array.from({ length: rounds }, (_, round) =>
  symbol.map((name, row) => ({
    name,
    day: 40 * round + calendar.indexOf(date[row]),
    level: golden.index[row] * (1 + round / 10),
  }))).flat();
const panel = Panel.fromRows({
  symbol: keys.map(({ name }) => name),
  date: keys.map(({ day }) => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10)),
  columns: { index: Float64Array.from(keys, ({ level }) => level) },
});
const kinds = ["sign", "rise", "fall", "volatility"] as const;
const outcome = (market: Panel, kind: typeof kinds[number], horizonDays: number) =>
  buildTargets(market, { horizonsDays: [horizonDays], kinds: [kind] }).column(`target_${kind}_${horizonDays}`);

for (const kind of kinds) {
  Deno.test(`the target "${kind}" of day t takes the bars until t + h, and no fewer`, () => {
    for (const horizonDays of [1, 5]) {
      const whole = outcome(panel, kind, horizonDays);
      for (let cut = 60; cut < lastDay; cut += 7) {
        const short = panel.select((row) => panel.dayOf[row] <= cut);
        const known = whole.filter((_, row) => panel.dayOf[row] <= cut)
          .map((value, row) => short.dayOf[row] + horizonDays <= cut ? value : NaN);
        assert.ok(cut < 80 || known.some(Number.isFinite));
        assert.deepEqual(outcome(short, kind, horizonDays), known);
      }
    }
  });

  Deno.test(`the target "${kind}" is known nowhere but where the forward return is`, () => {
    for (const horizonDays of [1, 5]) {
      const values = outcome(panel, kind, horizonDays);
      forwardReturn(panel, { horizonDays }).forEach((earned, row) =>
        assert.ok(Number.isNaN(values[row]) || !Number.isNaN(earned))
      );
      const lastKnown = Math.max(...panel.dayOf.filter((_, row) => !Number.isNaN(values[row])));
      assert.equal(lastKnown, lastDay - horizonDays);
    }
  });

  Deno.test(`the target "${kind}" is joined with its own horizon, and refused with a shorter one`, () => {
    const targets = buildTargets(panel, { horizonsDays: [5], kinds: ["return", kind] });
    const join = (horizonDays: number) =>
      joinRows({ features: panel, targets }, {
        target: `target_${kind}_5`,
        horizonDays,
        outcomes: ["target_return_5"],
        mostLostShare: 1,
      });
    assert.ok(join(5).counts.trainable > 0);
    assert.throws(() => join(4), { name: "RangeError", message: /looks further ahead/ });
  });
}

Deno.test("days between the close of the forecast and the last one move the volatility, and no class or bar", () => {
  const horizonDays = 5;
  const row = 100;
  const days = panel.dayOf.subarray(row - 60, row + horizonDays + 1);
  assert.deepEqual(Array.from(days, (day) => day - days[0]), Array.from(days.keys()));
  const index = panel.column("index").map((level, at) => at > row && at < row + horizonDays ? level * 3 : level);
  const moved = kinds.filter((kind) => {
    const [before, after] = [panel, panel.with({ index })].map((market) => outcome(market, kind, horizonDays)[row]);
    assert.ok(Number.isFinite(before));
    return before !== after;
  });
  assert.deepEqual(moved, ["volatility"]);
});

Deno.test("signTarget() without a flat band is the sign of the forward return", () => {
  for (const horizonDays of [1, 5]) {
    const earned = forwardReturn(panel, { horizonDays });
    const signs = signTarget(panel, { horizonDays, flatDeviations: 0 });
    assert.deepEqual(new Set(signs.filter(Number.isFinite)), new Set([0, 2]));
    signs.forEach((sign, at) => assert.ok(Number.isNaN(sign) || sign === 1 + Math.sign(earned[at])));
  }
});
