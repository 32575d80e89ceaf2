import assert from "node:assert/strict";
import { join } from "node:path";
import { fetchRecords } from "./fetch_records.ts";
import { readRecordFile } from "./record_file.ts";
import { withFakeService } from "./testdata/fake_service.ts";

const textOf = (name: string) => Deno.readTextFileSync(new URL(`./testdata/${name}`, import.meta.url));

/** All services at once. */
function answer({ pathname }: URL): Response {
  const answers: [RegExp, string][] = [
    [/company-news$/, "finnhub_news.json"],
    [/vintagedates$/, "fred_vintages.json"],
    [/observations$/, "fred_observations.json"],
    [/company_tickers\.json$/, "sec_company_tickers.json"],
    [/submissions\/CIK\d+\.json$/, "sec_submissions.json"],
    [/\.xml$/, "sec_form4.xml"],
  ];
  const [, name] = answers.find(([path]) => path.test(pathname)) ?? [];
  return name === undefined ? new Response("", { status: 404 }) : new Response(textOf(name));
}

const stretch = { from: "2024-01-15", to: "2024-01-17" };

Deno.test("fetchRecords() leaves files that are read as the records that were fetched", () =>
  withFakeService(answer, async ({ connect, folder }) => {
    const connection = connect();
    const counts: Record<string, number> = {};
    for (const [source, symbol] of [["finnhub", "ACME"], ["fred", "GROWTH"], ["sec", "ACME"]] as const) {
      const out = join(folder, "out", source);
      const [result] = await fetchRecords([symbol], { source, connection, out, ...stretch });
      const file = readRecordFile(await Deno.readTextFile(join(out, `${symbol}.json`)));
      counts[source] = file.records.length;
      assert.equal(result.rows, file.records.length);
      assert.ok(file.records.every(({ knownAt }) => knownAt instanceof Date));
      assert.deepEqual(file.covered?.from, source === "finnhub" ? new Date("2024-01-15") : undefined);
      if (source === "fred") assert.ok(Number.isNaN(file.records[3].value));
    }
    assert.deepEqual(counts, { finnhub: 2, fred: 4, sec: 4 });
  }));

Deno.test("fetchRecords() says for each symbol what became of it", () =>
  withFakeService(answer, async ({ connect, folder }) => {
    const results = await fetchRecords(["GONE", "ACME"], {
      source: "sec",
      connection: connect(),
      out: folder,
      ...stretch,
    });
    assert.deepEqual(results.map(({ error, rows }) => [error?.kind, rows]), [["missing", 0], [undefined, 4]]);
    const keyless = connect({ environment: () => undefined });
    const none = await fetchRecords(["A", "B"], { source: "fred", connection: keyless, out: folder, ...stretch });
    assert.deepEqual(none.map(({ error }) => error?.kind), ["key", "key"]);
  }));

Deno.test("readRecordFile() refuses what is no such file", () => {
  assert.throws(() => readRecordFile("{}"), SyntaxError);
  assert.throws(() => readRecordFile('{"records":[{"knownAt":"soon"}]}'), SyntaxError);
});
