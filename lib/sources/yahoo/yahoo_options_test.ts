import assert from "node:assert/strict";
import sample from "../testdata/yahoo_options.json" with { type: "json" };
import { withFakeService } from "../testdata/fake_service.ts";
import { readYahooOptions } from "./read_yahoo_options.ts";
import { yahooOptions } from "./yahoo_options.ts";

/** Yahoo with what it wants first: a cookie, and a crumb that belongs to it. */
function answer(url: URL): Response {
  if (url.pathname.startsWith("/quote/")) {
    return new Response("", { headers: { "Set-Cookie": "A3=of-a-test; Max-Age=31557600; Domain=.yahoo.com; Path=/" } });
  }
  if (url.pathname.endsWith("/getcrumb")) return new Response("crumb.of/a-test");
  if (url.searchParams.get("crumb") !== "crumb.of/a-test") return new Response("Invalid Crumb", { status: 401 });
  const copy = structuredClone(sample);
  const wanted = url.searchParams.get("date");
  if (wanted !== null) {
    const [expiry] = copy.optionChain.result[0].options;
    expiry.expirationDate = Number(wanted);
    for (const option of [...expiry.calls, ...expiry.puts]) option.impliedVolatility += 0.1;
  }
  return Response.json(copy);
}

Deno.test("yahooOptions asks for the expiries around the horizon, and keeps neither cookie nor crumb", () =>
  withFakeService(answer, async ({ connect, asked, headers }) => {
    const { rows: [row], records } = await yahooOptions.fetch({ symbol: "ACME" }, connect());
    const dates = asked.filter((path) => path.includes("/options/")).map((path) => /date=(\d+)/.exec(path)?.[1]);
    assert.deepEqual(dates, [undefined, "1708646400"]); // the second expiry lies behind the horizon
    assert.ok(records.every(({ url }) => !url.includes("crumb")));
    assert.match(headers.at(-1)!.get("cookie") ?? "", /A3=of-a-test/);
    // 16 and 37 days from the close: volatilities 0.21 and 0.31
    const weight = (30 - 16) / (37 - 16);
    const wanted = Math.sqrt(((1 - weight) * 0.21 ** 2 * 16 + weight * 0.31 ** 2 * 37) / 30);
    assert.ok(Math.abs(row.volatilityAtTheMoney - wanted) < 1e-4, `${row.volatilityAtTheMoney}`);
    assert.ok(Math.abs(row.skew - 0.06) < 1e-12);
    assert.equal(row.putShare, 120 / 360);
    assert.equal(row.knownAt.toISOString(), records[1].fetchedAt);
  }, { now: Date.parse("2024-01-17T21:30:00Z") }));

Deno.test("yahooOptions says that a symbol has none", () => {
  const none = { optionChain: { result: [], error: null } };
  return withFakeService(
    (url) => url.pathname.includes("/options/") ? Response.json(none) : answer(url),
    async (fake) => {
      await assert.rejects(yahooOptions.fetch({ symbol: "ACME" }, fake.connect()), {
        name: "SourceError",
        kind: "missing",
      });
    },
  );
});

Deno.test("readYahooOptions() refuses what is not as documented, and reads what is left out as none", () => {
  const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const changed = (change: (result: typeof sample.optionChain.result[0]) => void) => {
    const copy = structuredClone(sample);
    change(copy.optionChain.result[0]);
    return bytesOf(copy);
  };
  const [{ puts: [put] }] = readYahooOptions(bytesOf(sample)).expiries;
  assert.equal(put.volume, 0);
  const wrong: [Uint8Array, RegExp][] = [
    [changed(({ quote }) => quote.regularMarketPrice = 0), /regularMarketPrice must be above 0/],
    [changed(({ expirationDates }) => expirationDates[0] += 5), /expirationDates\[0\] must be midnight UTC/],
    [changed(({ options: [{ calls: [call] }] }) => Object.assign(call, { strike: null })), /strike must be a number/],
    [bytesOf(sample).slice(0, 500), /must be JSON/],
  ];
  for (const [bytes, message] of wrong) assert.throws(() => readYahooOptions(bytes), { name: "SyntaxError", message });
});
