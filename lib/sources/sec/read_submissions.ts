import { instantOf } from "@lib/point_in_time";
import { isoDay } from "../_iso_day.ts";
import { JsonNode } from "../_json_node.ts";

/** A filing as EDGAR lists it. */
export interface Filing {
  /** EDGAR's number of it, as in `0000320193-24-000006`. */
  readonly accession: string;
  /** As in `4` and, for one that corrects another, `4/A`. */
  readonly form: string;
  /** ISO. */
  readonly filedOn: string;
  /** When it was accepted, in the later of two readings (see {@linkcode readSubmissions}). */
  readonly acceptedAt: Date;
  /** File of the main document, without the style sheet that EDGAR shows it by. */
  readonly document: string;
}

/** Filings of a company, and where the list goes on. */
export interface Submissions {
  readonly filings: readonly Filing[];
  /** Files with older filings, each with its last day. */
  readonly older: readonly { readonly name: string; readonly to: string }[];
}

/**
 * Reads EDGAR's list of the filings of a company, or an older part of it.
 *
 * The time of acceptance ends with Z, for UTC; for about a fifth of filers it is the clock of New York all the same, and
 * nothing says for which (measured against the headers of filings:
 * https://github.com/theOGognf/finagg/issues/64). It is read as New York's, which is the later of the two: four or five
 * hours late for most, and early for nobody.
 *
 * Format: https://www.sec.gov/search-filings/edgar-application-programming-interfaces
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = await Deno.readTextFile(new URL("../testdata/sec_submissions.json", import.meta.url));
 * const { filings } = readSubmissions(new TextEncoder().encode(text));
 * assert.equal(filings[0].form, "4");
 * assert.equal(filings[0].acceptedAt.toISOString(), "2024-01-17T23:31:02.000Z"); // 18:31:02 in New York
 * ```
 *
 * @throws {SyntaxError} If the bytes are not such a list.
 */
export function readSubmissions(bytes: Uint8Array): Submissions {
  const answer = JsonNode.parse(bytes);
  const isFirst = answer.at("filings").exists;
  const table = isFirst ? answer.at("filings").at("recent") : answer; // older parts are the table alone
  const columns = (name: string) => table.at(name).items();
  const accessions = columns("accessionNumber");
  const [forms, days, times, documents] = ["form", "filingDate", "acceptanceDateTime", "primaryDocument"].map(
    (name) => {
      const values = columns(name);
      if (values.length !== accessions.length) throw table.at(name).refusal(`an array of ${accessions.length}`);
      return values;
    },
  );
  const filings = accessions.map((accession, row) => {
    if (!/^\d{10}-\d{2}-\d{6}$/.test(accession.text())) throw accession.refusal("a number as 0000320193-24-000006");
    return {
      accession: accession.text(),
      form: forms[row].text(),
      filedOn: isoDay(days[row]),
      acceptedAt: laterReading(times[row]),
      document: documents[row].text().replace(/^xsl[^/]*\//, ""),
    };
  });
  const files = isFirst && answer.at("filings").at("files").exists ? answer.at("filings").at("files").items() : [];
  return { filings, older: files.map((file) => ({ name: file.at("name").text(), to: isoDay(file.at("filingTo")) })) };
}

function laterReading(node: JsonNode): Date {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):(\d{2})(?:\.\d+)?Z$/.exec(node.text());
  if (match === null || Number.isNaN(Date.parse(node.text()))) throw node.refusal("a time as 2024-01-17T18:31:02.000Z");
  const [, day, time, seconds] = match;
  return new Date(instantOf(day, time, "America/New_York") + Number(seconds) * 1000);
}
