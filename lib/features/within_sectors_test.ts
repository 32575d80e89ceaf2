import assert from "node:assert/strict";
import { assertAlmostEqual, normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import { buildFeatures } from "./build_features.ts";
import { featuresNamed } from "./catalogue.ts";
import golden from "./testdata/within_sectors.json" with { type: "json" };
import { demeanWithinSectors, rankWithinSectors } from "./within_sectors.ts";

const numbers = (values: readonly (number | null)[]) => Float64Array.from(values, (value) => value ?? NaN);
const { symbol, date, leastNames } = golden;
const panel = Panel.fromRows({ symbol, date, columns: { x: numbers(golden.x), sector: numbers(golden.sector) } });
const sectors = panel.column("sector");
const forms = { sector_demeaned: demeanWithinSectors, sector_rank: rankWithinSectors };

Deno.test("demeanWithinSectors() and rankWithinSectors() agree with pandas", () => {
  const wanted = { sector_demeaned: numbers(golden.demeaned), sector_rank: numbers(golden.ranked) };
  for (const [prefix, form] of Object.entries(forms)) {
    const built = form(panel.pick(["x"]), sectors, { leastNames });
    assert.deepEqual(built.names, [`${prefix}_x`]);
    const [values, other] = [built.column(`${prefix}_x`), wanted[prefix as keyof typeof wanted]];
    assert.ok(other.some(Number.isNaN) && other.some(Number.isFinite));
    assertAlmostEqual(values, other, 1e-14);
  }
});

Deno.test("demeanWithinSectors() and rankWithinSectors() want five values of a sector and day where not told", () => {
  for (const form of Object.values(forms)) {
    assert.deepEqual(
      form(panel.pick(["x"]), sectors).columns,
      form(panel.pick(["x"]), sectors, { leastNames }).columns,
    );
    const alone = form(panel.pick(["x"]), Float64Array.from(sectors.keys()));
    assert.ok(Object.values(alone.columns)[0].every(Number.isNaN), "no sector has five");
  }
});

Deno.test("demeanWithinSectors() and rankWithinSectors() read no other sector, and nothing but equality of codes", () => {
  const [own, renamed] = [panel.pick(["x"]), sectors.map((code) => 100 - code)];
  const others = panel.with({ x: own.column("x").map((value, row) => sectors[row] === 3 ? value : 7 * value - 1) });
  for (const form of Object.values(forms)) {
    const [column] = Object.values(form(own, sectors).columns);
    assert.deepEqual(Object.values(form(own, renamed).columns), [column]);
    const [changed] = Object.values(form(others.pick(["x"]), sectors).columns);
    let compared = 0;
    column.forEach((value, row) => {
      if (sectors[row] === 3) assert.ok(Object.is(changed[row], value), String(compared++));
    });
    assert.ok(compared > 50);
  }
});

Deno.test("demeanWithinSectors() and rankWithinSectors() are the same to the last bit with the future cut off", () => {
  const [random, normal, dates] = [seededRandom(5), normalRandom(seededRandom(6)), weekdays("2019-01-01", 300)];
  const names = Array.from({ length: 24 }, (_, number) => `S${number}`);
  const market = Panel.fromRows({
    symbol: names.flatMap((name) => dates.map(() => name)),
    date: names.flatMap(() => dates),
    columns: Object.fromEntries(
      ["volume", "shares_outstanding", "index"].map((column) => [
        column,
        Float64Array.from({ length: names.length * dates.length }, () => Math.exp(normal())),
      ]),
    ),
  }).select(() => random() > 0.05);
  const features = featuresNamed(["turnover_20", "abnormal_turnover_5_60", "momentum_5"]);
  const code = (of: Panel) => Float64Array.from(of.symbolOf, (_, row) => Number(of.key(row).symbol.slice(1)) % 3);
  for (const form of Object.values(forms)) {
    const whole = form(buildFeatures(market, { features }).panel, code(market));
    for (const last of [70, 200, 298]) {
      const cut = market.select((row) => market.dayOf[row] <= last);
      const early = form(buildFeatures(cut, { features }).panel, code(cut));
      const kept = whole.select((row) => market.dayOf[row] <= last);
      assert.deepEqual(early.columns, kept.columns);
      for (const name of early.names) assert.ok(early.column(name).some(Number.isFinite), name);
    }
  }
});

Deno.test("demeanWithinSectors() and rankWithinSectors() refuse sectors of other rows, and groups of no name", () => {
  for (const form of Object.values(forms)) {
    assert.throws(() => form(panel, sectors.subarray(1)), TypeError);
    assert.throws(() => form(panel, sectors, { leastNames: 0 }), RangeError);
  }
});
