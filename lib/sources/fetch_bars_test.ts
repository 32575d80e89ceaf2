import assert from "node:assert/strict";
import { join } from "node:path";
import { loadCsvFolder } from "@lib/data";
import { fetchBars } from "./fetch_bars.ts";
import { withFakeService } from "./testdata/fake_service.ts";
import sample from "./testdata/yahoo_chart.json" with { type: "json" };
import { yahooBars } from "./yahoo/yahoo_bars.ts";

/** The sample, as of any symbol. */
function chartOf(url: URL): Response {
  const copy = structuredClone(sample);
  copy.chart.result[0].meta.symbol = decodeURIComponent(url.pathname.split("/").at(-1)!);
  return Response.json(copy);
}

const options = { source: yahooBars, from: "2024-01-11" };
const after = { now: Date.parse("2024-01-17T22:00:00Z") };

Deno.test("fetchBars() leaves files that the data room reads, with total returns", () =>
  withFakeService(chartOf, async ({ connect, folder }) => {
    const out = join(folder, "bars");
    const told: string[] = [];
    await fetchBars(["ACME", "BRK-B"], {
      ...options,
      out,
      connection: connect(),
      onSymbol: ({ symbol, rows }) => told.push(`${symbol} ${rows}`),
    });
    assert.deepEqual(told, ["ACME 4", "BRK-B 4"]);
    const { panel } = await loadCsvFolder(out, { today: "2024-01-18", tier: "final" });
    assert.deepEqual(panel.symbols, ["ACME", "BRK-B"]);
    const returns = panel.column("return").subarray(0, 4);
    const wanted = [(101 + 1) / 100 - 1, 2 * 52 / 101 - 1, 53.5 / 52 - 1];
    wanted.forEach((value, row) => assert.ok(Math.abs(returns[row + 1] - value) < 1e-14));
  }, after));

Deno.test("fetchBars() goes on where it was cut off", () => {
  let isDown = true;
  return withFakeService(
    (url) => isDown && url.pathname.endsWith("/C") ? new Response("", { status: 429 }) : chartOf(url),
    async ({ connect, folder, asked }) => {
      const out = join(folder, "bars");
      const symbols = ["A", "B", "C", "D"];
      const first = await fetchBars(symbols, { ...options, out, connection: connect({ attempts: 2 }) });
      assert.deepEqual(first.map(({ error }) => error?.kind), [undefined, undefined, "throttled", "throttled"]);
      isDown = false;
      const second = await fetchBars(symbols, { ...options, out, connection: connect() });
      assert.deepEqual(second.map(({ isNew }) => isNew), [false, false, true, true]);
      assert.equal(asked.length, 2 + 2 + 2);
      assert.equal(Array.from(Deno.readDirSync(out)).length, 4);
    },
    after,
  );
});

Deno.test("fetchBars() goes on behind a symbol that is not known, and stops where there is no network", () =>
  withFakeService(
    (url) => url.pathname.endsWith("/B") ? new Response("{}", { status: 404 }) : chartOf(url),
    async ({ connect, folder }) => {
      const out = join(folder, "bars");
      const results = await fetchBars(["A", "B", "C"], { ...options, out, connection: connect() });
      assert.deepEqual(results.map(({ error }) => error?.kind), [undefined, "missing", undefined]);
      const offline = connect({ fetch: () => Promise.reject(new TypeError("no route")), attempts: 2 });
      const none = await fetchBars(["D", "E"], { ...options, out, connection: offline });
      assert.deepEqual(none.map(({ error }) => error?.kind), ["network", "network"]);
    },
    after,
  ));

Deno.test("fetchBars() appends to what it wrote before a split, and changes no row of it", async () => {
  const texts: string[] = [];
  for (const days of [2, 4]) {
    await withFakeService((url) => {
      const copy = structuredClone(sample);
      const [result] = copy.chart.result;
      if (days === 2) { // as it was told before the split of the sixteenth
        result.timestamp.length = 2;
        const { quote: [quote] } = result.indicators;
        for (const [name, values] of Object.entries(quote)) {
          values.length = 2;
          values.forEach((value, row) => values[row] = name === "volume" ? value / 2 : value * 2);
        }
        result.events.dividends["1705069800"].amount = 1;
        Object.assign(result.events, { splits: {} });
      }
      copy.chart.result[0].meta.symbol = url.pathname.split("/").at(-1)!;
      return Response.json(copy);
    }, async ({ connect, folder }) => {
      await fetchBars(["A"], { ...options, out: folder, connection: connect() });
      texts.push(await Deno.readTextFile(join(folder, "A.csv")));
    }, after);
  }
  assert.equal(texts[0].trim().split("\n").length, 3);
  assert.ok(texts[1].startsWith(texts[0]));
});

Deno.test("fetchBars() leaves out what comes after the last day that is wanted", () =>
  withFakeService(chartOf, async ({ connect, folder }) => {
    const [{ rows }] = await fetchBars(["A"], { ...options, to: "2024-01-12", out: folder, connection: connect() });
    assert.equal(rows, 2);
    assert.match(await Deno.readTextFile(join(folder, "A.csv")), /\n2024-01-11,100,.*\n2024-01-12,100.5,.*\n$/);
    await assert.rejects(fetchBars([], { ...options, out: folder, connection: connect() }), RangeError);
    const early = { ...options, to: "2024-01-01", out: folder, connection: connect() };
    await assert.rejects(fetchBars(["A"], early), RangeError);
  }, after));
