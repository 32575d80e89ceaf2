import assert from "node:assert/strict";
import { readCompanyNews } from "./finnhub/read_company_news.ts";
import { readFredObservations } from "./fred/read_fred_observations.ts";
import { readFredVintages } from "./fred/read_fred_vintages.ts";
import { readCompanyTickers } from "./sec/read_company_tickers.ts";
import { readOwnership } from "./sec/read_ownership.ts";
import { readSubmissions } from "./sec/read_submissions.ts";
import { readYahooChart } from "./yahoo/read_yahoo_chart.ts";
import { readYahooOptions } from "./yahoo/read_yahoo_options.ts";

const readers: Record<string, (bytes: Uint8Array) => unknown> = {
  "finnhub_news.json": (bytes) => readCompanyNews(bytes, "ACME"),
  "fred_observations.json": readFredObservations,
  "fred_vintages.json": readFredVintages,
  "sec_company_tickers.json": readCompanyTickers,
  "sec_form4.xml": readOwnership,
  "sec_submissions.json": readSubmissions,
  "sec_submissions_older.json": readSubmissions,
  "yahoo_chart.json": readYahooChart,
  "yahoo_options.json": readYahooOptions,
};

Deno.test("readers refuse every beginning of an answer as unreadable", () => {
  for (const [name, read] of Object.entries(readers)) {
    const text = Deno.readTextFileSync(new URL(`./testdata/${name}`, import.meta.url)).trimEnd();
    const bytes = new TextEncoder().encode(text);
    read(bytes);
    for (let length = 0; length < bytes.length; length += 7) {
      assert.throws(() => read(bytes.subarray(0, length)), { name: "SyntaxError" }, `${name}, ${length} bytes`);
    }
  }
});

Deno.test("readers refuse the answers of all other services as unreadable", () => {
  for (const [name, read] of Object.entries(readers)) {
    const service = name.split("_")[0];
    for (const other of Object.keys(readers)) {
      if (other.startsWith(service)) continue;
      const bytes = Deno.readFileSync(new URL(`./testdata/${other}`, import.meta.url));
      assert.throws(() => read(bytes), { name: "SyntaxError" }, `${name} by the reader of ${other}`);
    }
  }
});
