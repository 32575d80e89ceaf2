import assert from "node:assert/strict";
import { dailyCorrelations } from "@lib/f4";
import { syntheticMarket } from "@lib/data";
import { KINDS_WITHOUT_SIGNAL, marketWithoutSignal } from "./market_without_signal.ts";

const size = { symbols: 12, days: 300 };
const real = syntheticMarket({ seed: 3, symbols: 20, days: 400, tier: "final" }).panel;
const sorted = (values: Float64Array) => values.toSorted();

Deno.test("`marketWithoutSignal()` is the same for the same seed, and another for another", () => {
  for (const kind of KINDS_WITHOUT_SIGNAL) {
    const [one, again, other] = [1, 1, 2].map((seed) => marketWithoutSignal({ kind, seed, real, ...size }));
    assert.deepEqual(one.targets.columns, again.targets.columns, kind);
    assert.deepEqual(one.panel.columns, again.panel.columns, kind);
    assert.notDeepEqual(one.targets.columns, other.targets.columns, kind);
  }
});

Deno.test("`marketWithoutSignal()` shuffles outcomes within symbols, so that the bait is worth nothing", () => {
  const whole = syntheticMarket({ seed: 5, informationCoefficient: 0.05, tier: "final", symbols: 40, days: 600 });
  const { panel, targets } = marketWithoutSignal({ kind: "shuffled targets", seed: 5, symbols: 40, days: 600 });
  assert.deepEqual(panel.column("planted_signal"), whole.panel.column("planted_signal"));
  const returns = targets.column("target_return_1");
  const index = panel.column("index");
  const own = (symbol: number) => [panel.starts[symbol], panel.starts[symbol + 1] - 1] as const;
  for (const symbol of [0, 7]) {
    const [from, last] = own(symbol);
    const known = Float64Array.from({ length: last - from }, (_, at) => index[from + at + 1] / index[from + at] - 1);
    assert.deepEqual(sorted(returns.slice(from, last)), sorted(known));
    assert.ok(Number.isNaN(returns[last]));
  }
  const judged = panel.with({ forecast: panel.column("planted_signal"), actual: returns });
  const { rankIc } = dailyCorrelations(judged, { minimumNames: 5 });
  const known = rankIc.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value) / known.length;
  assert.ok(Math.abs(mean) < 4 / Math.sqrt(39 * known.length), `${mean}`);
});

Deno.test("`marketWithoutSignal()` moves blocks of days as a whole, all symbols together", () => {
  const { panel, targets } = marketWithoutSignal({ kind: "block-shuffled dates", seed: 2, ...size });
  const [returns, index, days] = [targets.column("target_return_1"), panel.column("index"), size.days];
  const known = (symbol: number, day: number) => index[symbol * days + day + 1] / index[symbol * days + day] - 1;
  let [moved, joints] = [0, 0];
  let before = -2;
  for (let day = 0; day < days - 1; day++) {
    const source = Array.from({ length: days - 1 }, (_, other) => other).find((other) =>
      known(0, other) === returns[day]
    )!;
    for (let symbol = 1; symbol < size.symbols; symbol++) {
      assert.equal(returns[symbol * days + day], known(symbol, source));
    }
    if (source !== day) moved++;
    if (source !== before + 1) joints++;
    before = source;
  }
  assert.ok(moved > days / 2 && joints <= Math.ceil((days - 1) / 21), `${moved} moved, ${joints} joints`);
});

Deno.test("`marketWithoutSignal()` turns whole real days round, or leaves them", () => {
  const { panel } = marketWithoutSignal({ kind: "real days, signs by lot", seed: 9, real, ...size });
  const [drawn, returns] = [panel.column("return"), real.column("return")];
  const first = real.dates.indexOf(panel.dates[0]);
  let turned = 0;
  for (let day = 0; day < size.days; day++) {
    const signs = new Set(panel.symbols.map((name, place) => {
      const original = Math.log1p(returns[real.starts[real.symbols.indexOf(name)] + first + day]);
      const now = Math.log1p(drawn[place * size.days + day]);
      assert.ok(Math.abs(Math.abs(now) - Math.abs(original)) < 1e-12);
      return Math.sign(now) === Math.sign(original);
    }));
    assert.equal(signs.size, 1, `day ${day}`);
    if (signs.has(false)) turned++;
  }
  assert.ok(turned > size.days * 0.35 && turned < size.days * 0.65, `${turned}`);
});

Deno.test("`marketWithoutSignal()` refuses overlap that would leak, and a real market that is too small", () => {
  assert.throws(
    () => marketWithoutSignal({ kind: "shuffled targets", seed: 1, horizonDays: 5 }),
    /horizonDays of shuffled targets must be 1.* current value is 5/,
  );
  assert.throws(
    () => marketWithoutSignal({ kind: "real days, signs by lot", seed: 1, real, symbols: 21 }),
    /the market must have 21 symbols and 760 days without gaps, current numbers are 20 and 400/,
  );
});
