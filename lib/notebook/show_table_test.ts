import assert from "node:assert/strict";
import pl from "nodejs-polars";
import { JUPYTER_DISPLAY } from "./display.ts";
import { showTable, type ShowTableOptions } from "./show_table.ts";
import type { TableRows } from "./_table_cells.ts";

const rows: TableRows = Object.freeze([
  { model: "zero", ic: 0, share: 0.512, cost: 0.0005, days: 1760 },
  { model: "a|b <i>", ic: -0.00001, share: -0.25, cost: NaN, days: 12 },
  { model: "ridge", ic: -0.0213, share: null, cost: Infinity, days: undefined },
]);
const formats = { share: { unit: "percent" }, cost: { unit: "basisPoints", label: "cost a side" } } as const;

async function forms(table: TableRows | pl.DataFrame, options?: ShowTableOptions): Promise<Record<string, string>> {
  return await showTable(table, options)[JUPYTER_DISPLAY]() as Record<string, string>;
}

Deno.test("showTable() writes numbers in the unit and with the decimals of their column, in the order given", async () => {
  const bundle = await forms(rows, { formats });
  assert.equal(
    bundle["text/markdown"],
    `
| model    |     ic |  share | cost a side | days |
|:---------|-------:|-------:|------------:|-----:|
| zero     |  0.000 |  51.2% |      5.0 bp | 1760 |
| a\\|b <i> |  0.000 | −25.0% |           – |   12 |
| ridge    | −0.021 |      – |        ∞ bp |    – |
`.trim(),
  );
  assert.equal(bundle["text/plain"], bundle["text/markdown"]);
});

Deno.test("showTable() escapes HTML, heads its columns and says that a dash means missing", async () => {
  const html = (await forms(rows, { formats, caption: "Costs & IC" }))["text/html"];
  assert.ok(html.includes("<caption>Costs &#38; IC</caption>"));
  assert.ok(html.includes("a|b &#60;i&#62;") && !html.includes("<i>"));
  assert.equal(html.match(/<th scope="col"/g)?.length, 5);
  assert.equal(html.match(/title="missing" aria-label="missing">–</g)?.length, 3);
});

Deno.test("showTable() says how many rows it does not show", async () => {
  const bundle = await forms(rows, { limit: 1 });
  assert.ok(bundle["text/plain"].endsWith("2 more of 3 rows"));
  assert.equal(bundle["text/html"].match(/<tr>/g)?.length, 3);
});

Deno.test("showTable() shows a frame as it shows its rows", async () => {
  const table = [{ symbol: "AAPL", close: 1.5 }, { symbol: "MSFT", close: NaN }];
  assert.deepEqual(await forms(pl.DataFrame(table)), await forms(table));
});

Deno.test("showTable() shows a table without rows", async () => {
  assert.match((await forms([]))["text/html"], /<tbody><\/tbody>/);
});

Deno.test("showTable() refuses rows of different columns and formats of no column", () => {
  assert.throws(() => showTable([{ a: 1 }, { b: 1 }]), {
    name: "TypeError",
    message: "Cannot make a table: every row must have the columns a, row 1 has b",
  });
  assert.throws(() => showTable(rows, { formats: { sharpe: {} } }), {
    name: "RangeError",
    message:
      "Cannot show a table: formats must be of its columns model, ic, share, cost, days, current value is sharpe",
  });
});

Deno.test("showTable() keeps dates and names on one line and lets sentences wrap", async () => {
  const sentence = "rank IC beyond the best of 5 baselines";
  const html = (await forms([{ day: "2016-01-04", words: sentence }]))["text/html"];
  assert.ok(html.includes('<td style="text-align: left; white-space: nowrap">2016-01-04</td>'));
  assert.ok(html.includes(`<td style="text-align: left">${sentence}</td>`));
});
