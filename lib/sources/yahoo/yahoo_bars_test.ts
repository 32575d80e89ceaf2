import assert from "node:assert/strict";
import sample from "../testdata/yahoo_chart.json" with { type: "json" };
import { withFakeService } from "../testdata/fake_service.ts";
import { yahooBars } from "./yahoo_bars.ts";

const running = { now: Date.parse("2024-01-17T18:00:00Z") }; // one o'clock in New York
const query = { symbol: "ACME", from: "2024-01-11" };

Deno.test("yahooBars leaves the session out that still runs, and asks again when it has ended", () =>
  withFakeService(() => Response.json(sample), async ({ connect, asked, clock, headers }) => {
    const connection = connect();
    const { rows, records, isNew } = await yahooBars.fetch(query, connection);
    assert.deepEqual(rows.days, ["2024-01-11", "2024-01-12", "2024-01-16"]);
    assert.deepEqual(rows.close, Float64Array.of(100, 101, 52));
    assert.ok(isNew);
    assert.match(records[0].url, /query2\.finance\.yahoo\.com\/v8\/finance\/chart\/ACME\?.*period1=1704931200&/);
    assert.match(headers[0].get("user-agent") ?? "", /yahoo-finance2/);
    await clock.wait(2 * 3_600_000);
    assert.equal((await yahooBars.fetch(query, connection)).isNew, false);
    await clock.wait(2 * 3_600_000);
    assert.equal((await yahooBars.fetch(query, connection)).rows.days.at(-1), "2024-01-17");
    assert.equal(asked.length, 2);
  }, running));

Deno.test("yahooBars survives throttling and half answers", () =>
  withFakeService(
    (_, count) =>
      [
        new Response("Edge: Too Many Requests", { status: 429 }),
        new Response(JSON.stringify(sample).slice(0, 700)),
        { broken: "{", length: 1000 },
        Response.json(sample),
      ][count],
    async ({ connect, asked }) => {
      assert.equal((await yahooBars.fetch(query, connect())).rows.days.length, 3);
      assert.equal(asked.length, 4);
    },
    running,
  ));

Deno.test("yahooBars says which symbol Yahoo does not know", async () => {
  const unknown = await Deno.readTextFile(new URL("../testdata/yahoo_chart_unknown.json", import.meta.url));
  await withFakeService(() => new Response(unknown, { status: 404 }), async ({ connect, asked }) => {
    await assert.rejects(yahooBars.fetch({ ...query, symbol: "GONE" }, connect()), {
      name: "SourceError",
      kind: "missing",
      message: /chart\/GONE.*No data found, symbol may be delisted/,
    });
    assert.equal(asked.length, 1);
  });
});

Deno.test("yahooBars refuses the answer about another symbol, and what is no symbol or day", () =>
  withFakeService(() => Response.json(sample), async ({ connect, asked }) => {
    const wrong = { kind: "unreadable", message: /symbol must be OTHER, current value is ACME/ };
    await assert.rejects(yahooBars.fetch({ ...query, symbol: "OTHER" }, connect({ attempts: 1 })), wrong);
    await assert.rejects(yahooBars.fetch({ ...query, symbol: "A/../B" }, connect()), RangeError);
    await assert.rejects(yahooBars.fetch({ ...query, from: "2024" }, connect()), RangeError);
    assert.equal(asked.length, 1);
  }));
