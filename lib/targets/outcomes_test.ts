import assert from "node:assert/strict";
import { assertAlmostEqual, Panel } from "@lib/core";
import { buildTargets, eventTarget, signTarget, volatilityTarget } from "./mod.ts";
import golden from "./testdata/targets.json" with { type: "json" };

const { symbol, date, windowDays } = golden;
const market = (index = Float64Array.from(golden.index)) => Panel.fromRows({ symbol, date, columns: { index } });
const makers: Record<string, (panel: Panel, horizonDays: number) => Float64Array> = {
  sign: (panel, horizonDays) => signTarget(panel, { horizonDays, windowDays }),
  rise: (panel, horizonDays) => eventTarget(panel, { horizonDays, windowDays, direction: "up" }),
  fall: (panel, horizonDays) => eventTarget(panel, { horizonDays, windowDays, direction: "down" }),
  volatility: (panel, horizonDays) => volatilityTarget(panel, { horizonDays }),
};

for (const [kind, make] of Object.entries(makers)) {
  Deno.test(`the target "${kind}" has the values that pandas gives`, () => {
    for (const horizonDays of golden.horizons) {
      const told: Record<string, (number | null)[]> = golden.targets;
      const wanted = told[`${kind}_${horizonDays}`].map((value) => value ?? NaN);
      assert.ok(new Set(wanted.filter(Number.isFinite)).size >= 2);
      assertAlmostEqual(make(market(), horizonDays), wanted);
    }
  });

  Deno.test(`the target "${kind}" of day t is the same to the last bit whatever comes after t + h`, () => {
    const panel = market();
    for (const horizonDays of golden.horizons) {
      const whole = make(panel, horizonDays);
      for (const cut of [12, 19, 30]) {
        const other = make(
          panel.with({ index: panel.column("index").map((x, row) => panel.dayOf[row] > cut ? x * 3 : x) }),
          horizonDays,
        );
        const before = (values: Float64Array) => values.filter((_, row) => panel.dayOf[row] + horizonDays <= cut);
        assert.deepEqual(before(other), before(whole));
        assert.notDeepEqual(other, whole);
      }
    }
  });
}

Deno.test("what is usual for a name is known at the close: days to come do not move the bar", () => {
  const panel = market();
  const calm = signTarget(panel, { horizonDays: 1, windowDays, flatDeviations: 1 });
  const index = panel.column("index").slice();
  const last = panel.starts[1] - 1;
  index[last] *= 5;
  assert.deepEqual(
    signTarget(panel.with({ index }), { horizonDays: 1, windowDays, flatDeviations: 1 }).subarray(0, last - 1),
    calm.subarray(0, last - 1),
  );
});

Deno.test("a name that never moved has no class, and a volatility of 0", () => {
  const panel = market(new Float64Array(golden.index.length).fill(2));
  assert.ok(signTarget(panel, { horizonDays: 1, windowDays }).every(Number.isNaN));
  assert.equal(volatilityTarget(panel, { horizonDays: 5 })[0], 0);
});

Deno.test("buildTargets() names what it is asked for, and refuses what it does not know", () => {
  const built = buildTargets(market(), { horizonsDays: [5], kinds: ["volatility", "rise"] });
  assert.deepEqual(built.names, ["target_volatility_5", "target_rise_5"]);
  assert.deepEqual(built.column("target_volatility_5"), volatilityTarget(market(), { horizonDays: 5 }));
  assert.throws(() => buildTargets(market(), { kinds: ["log" as "rank"] }), { name: "RangeError", message: /kind/ });
});

Deno.test("targets of classes refuse widths that are none", () => {
  const wrong = (make: () => unknown, message: RegExp) => assert.throws(make, { name: "RangeError", message });
  wrong(() => signTarget(market(), { horizonDays: 1, flatDeviations: -1 }), /flatDeviations/);
  wrong(() => eventTarget(market(), { horizonDays: 1, direction: "up", deviations: NaN }), /deviations/);
  wrong(() => eventTarget(market(), { horizonDays: 1, direction: "sideways" as "up" }), /direction/);
  wrong(() => signTarget(market(), { horizonDays: 1, windowDays: 1 }), /windowDays/);
  wrong(() => volatilityTarget(market(), { horizonDays: 0 }), /horizonDays/);
});
