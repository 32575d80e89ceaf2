import assert from "node:assert/strict";
import { panelDigest } from "@lib/core";
import { loadMarket } from "./load_market.ts";
import golden from "./testdata/expected_counts.json" with { type: "json" };

Deno.test("loadMarket() finds each source by its name, and own bars by their path", async () => {
  assert.equal((await loadMarket("bars")).source.symbols, 6);
  const synthetic = await loadMarket("synthetic", { synthetic: { seed: 3, symbols: 2, days: 5 } });
  assert.deepEqual([synthetic.source.name, synthetic.panel.rows], ["synthetic", 8]);
  const file = await Deno.makeTempFile({ suffix: ".csv" });
  await Deno.writeTextFile(file, "date,open,high,low,close,volume\n2020-01-02,1,1,1,1,1\n");
  assert.equal((await loadMarket(file, { tier: "final" })).panel.rows, 1);
  await assert.rejects(loadMarket(file, { tier: "final", today: "2020-01-01" }), {
    name: "BarsRefusedError",
    message: /future_date/,
  });
  await Deno.remove(file);
});

Deno.test("loadMarket() ends a market before its final block unless asked for it, and alters nothing before", async () => {
  const daysOfTiers = { panel: golden.panel.days_of_tiers, bars: golden.bars.days_of_tiers, synthetic: [800, 200] };
  for (const name of ["panel", "bars", "synthetic"]) {
    const [development, { panel, source }] = [await loadMarket(name), await loadMarket(name, { tier: "final" })];
    const { finalFrom, lastDay } = development.source;
    assert.deepEqual([source.finalFrom, source.tier, development.source.tier], [finalFrom, "final", "development"]);
    assert.equal(lastDay, panel.dates.findLast((day) => day < finalFrom));
    assert.equal(panelDigest(development.panel), panelDigest(panel.select((row) => panel.key(row).date < finalFrom)));
    const days = [development.panel.dates.length, panel.dates.length - development.panel.dates.length];
    assert.deepEqual(days, daysOfTiers[name as keyof typeof daysOfTiers]);
  }
  await assert.rejects(loadMarket("bars", { tier: "finale" as "final" }), {
    name: "RangeError",
    message: /^Cannot load a market: tier must be one of development, final, current value is finale$/,
  });
});

Deno.test("loadMarket() says which names there are", async () => {
  await assert.rejects(loadMarket("pannel"), {
    name: "NotFound",
    message:
      "Cannot load a market: name must be panel, bars, synthetic, or a folder or CSV file, current value is pannel",
  });
});
