import assert from "node:assert/strict";
import { Panel } from "@lib/core";
import { joinAsKnown, MARKET_HOURS, sessionCloses } from "@lib/point_in_time";
import observations from "../testdata/fred_observations.json" with { type: "json" };
import vintages from "../testdata/fred_vintages.json" with { type: "json" };
import { withFakeService } from "../testdata/fake_service.ts";
import { fredSeries } from "./fred_series.ts";
import { readFredObservations } from "./read_fred_observations.ts";
import { readFredVintages } from "./read_fred_vintages.ts";

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const later = { now: Date.parse("2024-05-01T12:00:00Z") };

/** FRED as far as it is documented: observations that overlap a stretch, their own stretches cut to it. */
function answer(url: URL): Response {
  if (url.pathname.endsWith("/vintagedates")) return Response.json(vintages);
  const parameter = (name: string) => url.searchParams.get(name)!;
  const [from, to] = [parameter("realtime_start"), parameter("realtime_end")];
  const cut = observations.observations
    .filter(({ realtime_start, realtime_end }) => realtime_start <= to && realtime_end >= from)
    .map((row) => ({
      ...row,
      realtime_start: row.realtime_start < from ? from : row.realtime_start,
      realtime_end: row.realtime_end > to ? to : row.realtime_end,
    }));
  return Response.json({ ...observations, count: cut.length, observations: cut });
}

Deno.test("fredSeries gives each revision from the end of the day on which it was published", () =>
  withFakeService(answer, async ({ connect, asked, store }) => {
    const { rows, records } = await fredSeries.fetch({ series: "GROWTH" }, connect());
    assert.deepEqual(rows.map(({ period, value }) => [period, value]), [
      ["2023-10-01", 3.3],
      ["2023-10-01", 3.2],
      ["2024-01-01", 1.6],
      ["2024-04-01", NaN],
    ]);
    assert.equal(rows[0].knownAt.toISOString(), "2024-01-26T06:00:00.000Z"); // midnight in St. Louis, in winter
    assert.equal(rows[2].knownAt.toISOString(), "2024-04-26T05:00:00.000Z"); // and in summer
    assert.match(asked[1], /&api_key=key-of-a-test$/);
    assert.equal(records.length, 2);
    for (const { url, source } of records) {
      assert.ok(!url.includes("api_key"));
      assert.equal((await store.history(source, url)).length, 1);
    }
  }, later));

Deno.test("fredSeries gives the same in pieces as at once, and asks for pieces of the past once", () =>
  withFakeService(answer, async ({ connect, asked, clock }) => {
    const connection = connect();
    const whole = await fredSeries.fetch({ series: "GROWTH" }, connection);
    const pieces = await fredSeries.fetch({ series: "GROWTH", vintagesAtOnce: 1 }, connection);
    assert.deepEqual(pieces.rows, whole.rows);
    assert.equal(pieces.records.length, 4);
    asked.length = 0;
    await clock.wait(24 * 3_600_000);
    assert.deepEqual((await fredSeries.fetch({ series: "GROWTH", vintagesAtOnce: 1 }, connection)).rows, whole.rows);
    assert.equal(asked.length, 2); // the vintages, and the piece that goes on
    assert.match(asked[1], /realtime_start=2024-04-25&realtime_end=9999-12-31/);
  }, later));

Deno.test("fredSeries gives records that are joined as they were known", () =>
  withFakeService(answer, async ({ connect }) => {
    const { rows } = await fredSeries.fetch({ series: "GROWTH" }, connect());
    const date = ["2024-01-25", "2024-01-26", "2024-02-28", "2024-02-29", "2024-04-26"];
    const panel = Panel.fromRows({ symbol: date.map(() => "A"), date, columns: {} });
    const decisions = sessionCloses(panel, { hours: MARKET_HOURS.newYorkShares });
    const joined = joinAsKnown(panel, rows.slice(0, 3), { columns: { growth: "value" }, decisions });
    assert.deepEqual(joined.column("growth"), Float64Array.of(NaN, 3.3, 3.3, 3.2, 1.6));
  }, later));

Deno.test("fredSeries reads a long series page by page", () => {
  const rows = Array.from({ length: 100_001 }, (_, row) => ({
    ...observations.observations[0],
    date: new Date(row * 86_400_000).toISOString().slice(0, 10),
    value: String(row),
  }));
  return withFakeService((url) => {
    if (url.pathname.endsWith("/vintagedates")) return Response.json(vintages);
    const offset = Number(url.searchParams.get("offset"));
    const page = rows.slice(offset, offset + 100_000);
    return Response.json({ ...observations, count: rows.length, offset, observations: page });
  }, async ({ connect, asked }) => {
    assert.equal((await fredSeries.fetch({ series: "LONG" }, connect())).rows.length, 100_001);
    assert.equal(asked.length, 3);
  }, later);
});

Deno.test("fredSeries says that the key is missing, or not known", async () => {
  const refused = { error_code: 400, error_message: "Bad Request. The value for variable api_key is not registered." };
  await withFakeService(() => Response.json(refused, { status: 400 }), async ({ connect, asked }) => {
    await assert.rejects(fredSeries.fetch({ series: "GROWTH" }, connect()), {
      kind: "key",
      message: /must accept what FRED_API_KEY holds \(free of charge at .*not registered/,
    });
    assert.equal(asked.length, 1);
    await assert.rejects(fredSeries.fetch({ series: "GROWTH" }, connect({ environment: () => "" })), {
      kind: "key",
      message: /FRED_API_KEY must be set \(free of charge at https:\/\/fredaccount\.stlouisfed\.org\/apikeys\)/,
    });
  });
  const unknown = { error_code: 400, error_message: "Bad Request. The series does not exist." };
  await withFakeService(() => Response.json(unknown, { status: 400 }), async ({ connect }) => {
    await assert.rejects(fredSeries.fetch({ series: "NONE" }, connect()), {
      kind: "failed",
      message: /does not exist/,
    });
    await assert.rejects(fredSeries.fetch({ series: "A&api_key" }, connect()), RangeError);
  });
});

Deno.test("readFredObservations() and readFredVintages() refuse what is not as documented", () => {
  const wrong: [unknown, RegExp][] = [
    [{ ...observations, count: 5 }, /count must be one by which 4 observations are here/],
    [{ ...observations, output_type: 2 }, /output_type must be 1/],
    [{ ...observations, units: "pch" }, /units must be lin/],
    [
      { ...observations, observations: [{ ...observations.observations[0], value: "3,3" }], count: 1 },
      /a number, or a dot/,
    ],
    [{ ...observations, observations: [{ ...observations.observations[0], date: "2023" }], count: 1 }, /YYYY-MM-DD/],
  ];
  for (const [value, message] of wrong) {
    assert.throws(() => readFredObservations(bytesOf(value)), { name: "SyntaxError", message });
  }
  assert.throws(() => readFredObservations(bytesOf(observations).slice(0, 500)), SyntaxError);
  assert.throws(() => readFredVintages(bytesOf({ ...vintages, count: 4 })), /count must be 3/);
});
