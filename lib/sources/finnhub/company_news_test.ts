import assert from "node:assert/strict";
import { Panel } from "@lib/core";
import { MARKET_HOURS, sessionCloses } from "@lib/point_in_time";
import news from "../testdata/finnhub_news.json" with { type: "json" };
import { withFakeService } from "../testdata/fake_service.ts";
import { companyNews } from "./company_news.ts";
import { readCompanyNews } from "./read_company_news.ts";

const query = { symbol: "ACME", from: "2024-01-15", to: "2024-01-16" };

Deno.test("companyNews gives articles by the time at which they were published", () =>
  withFakeService(() => Response.json(news), async ({ connect, asked, headers }) => {
    const { rows, records } = await companyNews.fetch(query, connect());
    assert.deepEqual(rows.articles.map(({ headline }) => headline), [
      "Acme to split its shares",
      "Acme beats estimates",
    ]);
    assert.deepEqual(rows.covered, { from: new Date("2024-01-15"), until: new Date("2024-01-17") });
    assert.equal(asked[0], "/api/v1/company-news?symbol=ACME&from=2024-01-15&to=2024-01-16");
    assert.equal(headers[0].get("x-finnhub-token"), "key-of-a-test");
    assert.equal(records.length, 1);
  }));

Deno.test("companyNews covers no time after it was fetched", () =>
  withFakeService(() => Response.json(news), async ({ connect }) => {
    const { rows } = await companyNews.fetch(query, connect());
    assert.equal(rows.covered.until.toISOString(), "2024-01-16T12:00:00.000Z");
    assert.equal(rows.articles.length, 1);
  }, { now: Date.parse("2024-01-16T12:00:00Z") }));

Deno.test("companyNews asks week by week, again in halves where much was told, and for what is over once", () => {
  const day = 86_400_000;
  const start = Date.parse("2024-01-01T12:00:00Z");
  const many = Array.from({ length: 1400 }, (_, count) => ({
    ...news[0],
    id: count,
    datetime: Math.floor((start + Math.floor(count / 100) * day) / 1000),
  }));
  return withFakeService((url) => {
    const [from, to] = ["from", "to"].map((name) => Date.parse(url.searchParams.get(name)!) / 1000);
    const told = many.filter(({ datetime }) => datetime >= from && datetime < to + 86_400);
    return Response.json(told.slice(-250)); // as others see it: the latest ones
  }, async ({ connect, asked }) => {
    const all = { symbol: "ACME", from: "2024-01-01", to: "2024-01-14" };
    const { rows } = await companyNews.fetch(all, connect());
    assert.equal(rows.articles.length, 1400);
    assert.equal(asked.length, 2 * (1 + 2 + 4 + 6));
    assert.equal((await companyNews.fetch(all, connect())).isNew, false);
  }, { now: Date.parse("2024-02-01T00:00:00Z") });
});

Deno.test("companyNews gives articles that the columns of news are made of", () =>
  withFakeService(() => Response.json(news), async ({ connect }) => {
    const { rows } = await companyNews.fetch({ ...query, to: "2024-01-18" }, connect());
    const date = ["2024-01-12", "2024-01-16", "2024-01-17"];
    const panel = Panel.fromRows({ symbol: ["ACME", "ACME", "ACME"], date, columns: {} });
    const closes = sessionCloses(panel, { hours: MARKET_HOURS.newYorkShares });
    const before = rows.articles.map(({ knownAt }) => closes.findIndex((close) => Number(knownAt) < close));
    assert.deepEqual(before, [1, 2]); // the earnings came after the close of the sixteenth
  }, { now: Date.parse("2024-01-20T00:00:00Z") }));

Deno.test("companyNews says what is the matter with the key, and how often it may ask", async () => {
  const error = (text: string, status: number) => () => Response.json({ error: text }, { status });
  await withFakeService(error("Invalid API key.", 401), async ({ connect }) => {
    const message = /must accept what FINNHUB_API_KEY holds \(free of charge at .*\), .*401: .*Invalid API key/;
    await assert.rejects(companyNews.fetch(query, connect()), { kind: "key", message });
  });
  await withFakeService(error("API limit reached. Please try again later.", 429), async ({ connect, asked }) => {
    await assert.rejects(companyNews.fetch(query, connect({ attempts: 3 })), { kind: "throttled" });
    assert.equal(asked.length, 3);
    await assert.rejects(companyNews.fetch({ ...query, symbol: "A&B" }, connect()), RangeError);
    await assert.rejects(companyNews.fetch({ ...query, to: "2024-01-01" }, connect()), RangeError);
  });
});

Deno.test("readCompanyNews() refuses what is not as documented", () => {
  const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const wrong: [unknown, RegExp][] = [
    [{ error: "busy" }, /it must be an array/],
    [[{ ...news[0], datetime: 0 }], /\[0\]\.datetime must be seconds since 1970, current value is 0/],
    [[{ ...news[0], headline: null }], /headline must be a text, current value is null/],
  ];
  for (const [value, message] of wrong) {
    assert.throws(() => readCompanyNews(bytesOf(value), "ACME"), { name: "SyntaxError", message });
  }
  assert.throws(() => readCompanyNews(bytesOf(news).slice(0, 300), "ACME"), SyntaxError);
  assert.deepEqual(readCompanyNews(bytesOf([]), "ACME"), []);
});
