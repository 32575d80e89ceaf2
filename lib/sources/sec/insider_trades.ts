import { calendarDaysBetween } from "@lib/core";
import type { RawRecord } from "../raw_store.ts";
import type { Source } from "../source.ts";
import { SourceError } from "../source_error.ts";
import { readCompanyTickers } from "./read_company_tickers.ts";
import { type OwnershipForm, readOwnership } from "./read_ownership.ts";
import { type Filing, readSubmissions } from "./read_submissions.ts";
import { secService } from "./sec_service.ts";

/** A trade of an insider, from when the form about it was accepted. */
export interface InsiderRecord {
  readonly symbol: string;
  readonly knownAt: Date;
  /** ISO; never to be joined by. */
  readonly tradedOn: string;
  /** Names of those who report, with ; between. */
  readonly owner: string;
  readonly isDirector: boolean;
  readonly isOfficer: boolean;
  readonly isTenPercentOwner: boolean;
  /** P is a purchase and S a sale on the market; others are no decision to trade at the price of the day. */
  readonly code: string;
  /** Acquired, negative where disposed of. */
  readonly shares: number;
  /** NaN where the form has none. */
  readonly price: number;
  readonly sharesAfter: number;
  readonly isDirect: boolean;
  /** Whether a plan under rule 10b5-1 stands behind it; undefined where the form does not ask. */
  readonly isPlanned?: boolean;
  /** Whether the form corrects an earlier one, whose trades it may tell once more. */
  readonly isAmendment: boolean;
  readonly accession: string;
}

/** What is asked of {@linkcode insiderTrades}. */
export interface InsiderTradesQuery {
  symbol: string;
  /** First and last day, ISO, on which forms were filed. */
  from: string;
  to: string;
}

const isYoung = (hours: number) => (_: unknown, fetchedAt: Date, now: Date) =>
  now.getTime() - fetchedAt.getTime() < hours * 3_600_000;

/**
 * Trades in a company's shares by its officers, directors and large holders, from SEC Forms 4 and their amendments.
 *
 * Three kinds of answers: the list of symbols, which are those of today; the list of the company's filings; the forms,
 * each of which is asked for once. A form is known from its acceptance, not from the day of the trade, which is up to two
 * business days earlier, or more.
 */
export const insiderTrades: Source<InsiderTradesQuery, InsiderRecord[]> = {
  name: "sec",
  service: secService,
  async fetch({ symbol, from, to }, connection) {
    if (calendarDaysBetween(from, to) < 0) {
      throw new RangeError(`Cannot fetch insider trades: to must not come before ${from}, current value is ${to}`);
    }
    const records: RawRecord[] = [];
    let isNew = false;
    const get: Get = async (url, read, isCurrent) => {
      const got = await connection.get(secService, { url }, read, { isCurrent });
      records.push(got.record);
      isNew ||= got.isNew;
      return got.value;
    };
    const tickers = await get("https://www.sec.gov/files/company_tickers.json", readCompanyTickers, isYoung(24));
    const cik = tickers.get(symbol.toUpperCase());
    if (cik === undefined) {
      throw new SourceError(
        "missing",
        `Cannot fetch filings of ${symbol}: sec must list the symbol, it does not today`,
      );
    }
    const rows: InsiderRecord[] = [];
    for (const filing of await filingsOf(cik, { from, to }, get)) {
      const folder: string = `https://www.sec.gov/Archives/edgar/data/${cik}/${filing.accession.replaceAll("-", "")}`;
      const form: OwnershipForm = await get(`${folder}/${filing.document}`, readOwnership, () => true);
      if (form.issuerCik === cik) rows.push(...recordsOf(form, filing, symbol)); // a company also reports as an owner
    }
    rows.sort((a, b) => Number(a.knownAt) - Number(b.knownAt) || (a.accession < b.accession ? -1 : 1));
    return { rows, records, isNew };
  },
};

type Get = <Value>(
  url: string,
  read: (bytes: Uint8Array) => Value,
  isCurrent: (value: Value, fetchedAt: Date, now: Date) => boolean,
) => Promise<Value>;

async function filingsOf(cik: number, { from, to }: { from: string; to: string }, get: Get): Promise<Filing[]> {
  const folder = "https://data.sec.gov/submissions/";
  const first = await get(`${folder}CIK${String(cik).padStart(10, "0")}.json`, readSubmissions, isYoung(1));
  const filings = [...first.filings];
  for (const { name, to: last } of first.older) {
    if (last < from) continue;
    if (!/^CIK\d{10}-submissions-\d{3}\.json$/.test(name)) {
      throw new SourceError("unreadable", `Cannot fetch filings: a list must be named as documented, this is ${name}`);
    }
    filings.push(...(await get(folder + name, readSubmissions, isYoung(24))).filings);
  }
  const isWanted = ({ form, filedOn, document }: Filing) =>
    ["4", "4/A"].includes(form) && filedOn >= from && filedOn <= to &&
    /^[\w.-]+\.xml$/i.test(document); // before the middle of 2003 forms were text
  return [...new Map(filings.filter(isWanted).map((filing) => [filing.accession, filing])).values()];
}

function recordsOf({ owners, isPlanned, trades }: OwnershipForm, filing: Filing, symbol: string): InsiderRecord[] {
  return trades.map(({ tradedOn, code, shares, price, sharesAfter, isDirect }) => ({
    ...{ symbol, knownAt: filing.acceptedAt, tradedOn },
    owner: owners.map(({ name }) => name).join("; "),
    isDirector: owners.some((owner) => owner.isDirector),
    isOfficer: owners.some((owner) => owner.isOfficer),
    isTenPercentOwner: owners.some((owner) => owner.isTenPercentOwner),
    ...{ code, shares, price, sharesAfter, isDirect },
    ...(isPlanned === undefined ? {} : { isPlanned }),
    isAmendment: filing.form.endsWith("/A"),
    accession: filing.accession,
  }));
}
