import assert from "node:assert/strict";
import { loadMarket } from "./load_market.ts";

Deno.test("loadMarket() finds each source by its name, and own bars by their path", async () => {
  assert.equal((await loadMarket("bars")).source.symbols, 6);
  const synthetic = await loadMarket("synthetic", { synthetic: { seed: 3, symbols: 2, days: 4 } });
  assert.deepEqual([synthetic.source.name, synthetic.panel.rows], ["synthetic", 8]);
  const file = await Deno.makeTempFile({ suffix: ".csv" });
  await Deno.writeTextFile(file, "date,open,high,low,close,volume\n2020-01-02,1,1,1,1,1\n");
  assert.equal((await loadMarket(file)).panel.rows, 1);
  await assert.rejects(loadMarket(file, { today: "2020-01-01" }), { name: "BarsRefusedError", message: /future_date/ });
  await Deno.remove(file);
});

Deno.test("loadMarket() says which names there are", async () => {
  await assert.rejects(loadMarket("pannel"), {
    name: "NotFound",
    message:
      "Cannot load a market: name must be panel, bars, synthetic, or a folder or CSV file, current value is pannel",
  });
});
