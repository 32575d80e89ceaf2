import assert from "node:assert/strict";
import { Panel } from "@lib/core";
import { loadFactors } from "@lib/data";
import { factorRecords } from "./factor_records.ts";
import { joinAsKnown } from "./join_as_known.ts";
import { MARKET_HOURS } from "./market_hours.ts";
import { sessionCloses } from "./session_closes.ts";

Deno.test("`factorRecords()` gives the real factors to a day after their month was published, and not before", async () => {
  const factors = await loadFactors({ model: "three" });
  const panel = Panel.fromRows({
    symbol: ["A", "A", "A"],
    date: ["2024-03-29", "2024-04-01", "2024-04-30"],
    columns: {},
  });
  const records = factorRecords(factors, { publicationLagDays: 30 }).filter(({ period }) => period! >= "2023-12-01");
  const joined = joinAsKnown<string>(panel, records, {
    columns: { market: "MKT" },
    decisions: sessionCloses(panel, { hours: MARKET_HOURS.newYorkShares }),
  }).column("market");
  const on = (day: string) => factors.values[0][factors.dates.indexOf(day)];
  // January is out on the first of March; February on the thirtieth, a Saturday
  assert.deepEqual(joined, Float64Array.of(on("2024-01-31"), on("2024-02-29"), on("2024-02-29")));
});

Deno.test("`factorRecords()` refuses a negative lag", () => {
  assert.throws(() => factorRecords({ dates: [], names: [], values: [] }, { publicationLagDays: -1 }), {
    name: "RangeError",
    message: /publicationLagDays/,
  });
});
