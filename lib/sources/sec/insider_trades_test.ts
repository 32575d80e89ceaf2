import assert from "node:assert/strict";
import submissions from "../testdata/sec_submissions.json" with { type: "json" };
import { withFakeService } from "../testdata/fake_service.ts";
import { insiderTrades } from "./insider_trades.ts";
import { readOwnership } from "./read_ownership.ts";
import { readSubmissions } from "./read_submissions.ts";

const textOf = (name: string) => Deno.readTextFileSync(new URL(`../testdata/${name}`, import.meta.url));
const form4 = textOf("sec_form4.xml");
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** EDGAR as far as it is documented. */
function answer({ pathname }: URL): Response {
  if (pathname.endsWith("/company_tickers.json")) return new Response(textOf("sec_company_tickers.json"));
  if (pathname.endsWith("-001.json")) return new Response(textOf("sec_submissions_older.json"));
  if (pathname.startsWith("/submissions/")) return Response.json(submissions);
  return pathname.endsWith(".xml") ? new Response(form4) : new Response("", { status: 404 });
}

const query = { symbol: "ACME", from: "2024-01-11", to: "2024-01-17" };

Deno.test("insiderTrades gives trades from when their form was accepted, not from when they were made", () =>
  withFakeService(answer, async ({ connect, asked, headers }) => {
    const { rows } = await insiderTrades.fetch(query, connect());
    assert.deepEqual(rows.map(({ knownAt }) => knownAt.toISOString()), [
      ...["2024-01-17T02:05:00.000Z", "2024-01-17T02:05:00.000Z"],
      ...["2024-01-17T23:31:02.000Z", "2024-01-17T23:31:02.000Z"],
    ]);
    assert.deepEqual(rows[3], {
      ...{ symbol: "ACME", knownAt: new Date("2024-01-17T23:31:02Z"), tradedOn: "2024-01-16", owner: "Doe Jane" },
      ...{ isDirector: true, isOfficer: true, isTenPercentOwner: false, code: "S", shares: -400, price: NaN },
      ...{ sharesAfter: 3000, isDirect: false, isPlanned: false, isAmendment: false },
      accession: "0000001234-24-000006",
    });
    assert.deepEqual(rows.map(({ isAmendment }) => isAmendment), [true, true, false, false]);
    assert.deepEqual(asked, [
      "/files/company_tickers.json",
      "/submissions/CIK0000001234.json",
      "/Archives/edgar/data/1234/000000123424000006/wk-form4_1.xml",
      "/Archives/edgar/data/1234/000000123424000005/wk-form4_2.xml",
    ]);
    assert.ok(headers.every((header) => header.get("user-agent") === "key-of-a-test"));
  }));

Deno.test("insiderTrades asks for each form once, and for older lists where they are wanted", () =>
  withFakeService(answer, async ({ connect, asked, clock }) => {
    const connection = connect();
    await insiderTrades.fetch(query, connection);
    await clock.wait(48 * 3_600_000);
    asked.length = 0;
    const { rows } = await insiderTrades.fetch({ ...query, from: "2023-12-01" }, connection);
    assert.equal(rows[0].knownAt.toISOString(), "2023-12-29T21:45:00.000Z");
    assert.deepEqual(asked.map((path) => path.split("/").at(-1)), [
      ...["company_tickers.json", "CIK0000001234.json", "CIK0000001234-submissions-001.json"],
      ...["wk-form4_3.xml", "old.xml"],
    ]);
  }));

Deno.test("insiderTrades leaves out forms in which the company itself is the owner", () =>
  withFakeService(
    (url) => url.pathname.endsWith(".xml") ? new Response(form4.replace("0000001234", "0000005678")) : answer(url),
    async ({ connect }) => assert.deepEqual((await insiderTrades.fetch(query, connect())).rows, []),
  ));

Deno.test("insiderTrades says who must be named, and which symbol is not listed", async () => {
  await withFakeService(answer, async ({ connect }) => {
    await assert.rejects(insiderTrades.fetch(query, connect({ environment: () => undefined })), {
      kind: "key",
      message: /SEC_USER_AGENT must be set \(a name and an address of mail/,
    });
    await assert.rejects(insiderTrades.fetch({ ...query, symbol: "GONE" }, connect()), { kind: "missing" });
    await assert.rejects(insiderTrades.fetch({ ...query, to: "2023-01-01" }, connect()), RangeError);
  });
  const undeclared = "<html>Your Request Originates from an Undeclared Automated Tool</html>";
  await withFakeService(() => new Response(undeclared, { status: 403 }), async ({ connect }) => {
    await assert.rejects(insiderTrades.fetch(query, connect()), { kind: "key", message: /SEC_USER_AGENT.*Undeclared/ });
  });
});

Deno.test("insiderTrades survives throttling and half answers", () =>
  withFakeService((url, count) => {
    if (count === 0) return new Response("", { status: 429, headers: { "Retry-After": "600" } });
    if (count === 3) return new Response(form4.slice(0, 2000));
    return answer(url);
  }, async ({ connect, clock }) => {
    const { rows } = await insiderTrades.fetch(query, connect({ longestWaitSeconds: 700 }));
    assert.equal(rows.length, 4);
    assert.ok(clock.waited.includes(600_000));
  }));

Deno.test("readSubmissions() reads a time as the clock of New York, summer and winter", () => {
  const at = (time: string) => {
    const copy = structuredClone(submissions);
    copy.filings.recent.acceptanceDateTime[0] = time;
    return readSubmissions(bytesOf(JSON.stringify(copy))).filings[0].acceptedAt.toISOString();
  };
  assert.equal(at("2024-07-17T18:31:02.000Z"), "2024-07-17T22:31:02.000Z");
  assert.equal(at("2024-01-17T18:31:02.000Z"), "2024-01-17T23:31:02.000Z");
  assert.throws(() => at("yesterday"), SyntaxError);
});

Deno.test("readSubmissions() and readOwnership() refuse what is not as documented", () => {
  const copy = structuredClone(submissions);
  copy.filings.recent.form.pop();
  assert.throws(() => readSubmissions(bytesOf(JSON.stringify(copy))), /filings\.recent\.form must be an array of 4/);
  const wrong: [string, string, RegExp][] = [
    ["<value>1500</value>", "<value>many</value>", /transactionShares\/value must be a number, current value is many/],
    ["<value>A</value>", "<value>X</value>", /must be A or D/],
    ["<value>2024-01-16</value>", "<value>16 January</value>", /transactionDate must be a date/],
    ["<rptOwnerName>Doe Jane</rptOwnerName>", "", /rptOwnerName must be a text/],
  ];
  for (const [from, to, message] of wrong) {
    assert.throws(() => readOwnership(bytesOf(form4.replace(from, to))), { name: "SyntaxError", message });
  }
  assert.throws(() => readOwnership(bytesOf("<html/>")), /must be ownershipDocument/);
  assert.equal(readOwnership(bytesOf(form4.replace("<aff10b5One>0</aff10b5One>", ""))).isPlanned, undefined);
});
