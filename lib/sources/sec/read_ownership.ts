import { isIsoDay } from "@lib/core";
import { XmlNode } from "../_xml_node.ts";

/** A trade that an insider reports, as it stands in the form. */
export interface OwnershipTrade {
  /** ISO; forms may be filed days later, and are known no sooner. */
  readonly tradedOn: string;
  /** As in P for a purchase and S for a sale on the market, A for a grant, M for an option that is exercised. */
  readonly code: string;
  readonly security: string;
  /** Shares acquired, negative where they were disposed of. */
  readonly shares: number;
  /** In dollars for a share; NaN where a footnote stands instead. */
  readonly price: number;
  /** Shares held afterwards, directly or by this way of holding; NaN where the form tells a value instead. */
  readonly sharesAfter: number;
  readonly isDirect: boolean;
}

/** What an ownership form says, but for derivatives. */
export interface OwnershipForm {
  readonly form: string;
  /** Symbol by the word of the filer; empty where there is none. */
  readonly symbol: string;
  readonly issuerCik: number;
  /** Those who report together. */
  readonly owners: readonly {
    readonly cik: number;
    readonly name: string;
    readonly isDirector: boolean;
    readonly isOfficer: boolean;
    readonly isTenPercentOwner: boolean;
    /** Empty where there is none. */
    readonly title: string;
  }[];
  /** Whether a plan under rule 10b5-1 stands behind it; undefined in forms from before April 2023, which do not ask. */
  readonly isPlanned?: boolean;
  readonly trades: readonly OwnershipTrade[];
}

/**
 * Reads a form by which an insider reports trades (SEC Form 4, also 3 and 5): those in shares; the table of derivatives is
 * left out, as what is exercised comes up among the shares.
 *
 * Format: EDGAR Ownership XML Technical Specification
 * (https://www.sec.gov/submit-filings/technical-specifications); codes:
 * https://www.sec.gov/edgar/searchedgar/ownershipformcodes.html
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const form = readOwnership(await Deno.readFile(new URL("../testdata/sec_form4.xml", import.meta.url)));
 * assert.equal(form.symbol, "ACME");
 * assert.deepEqual(form.trades.map(({ code, shares }) => [code, shares]), [["P", 1500], ["S", -400]]);
 * ```
 *
 * @throws {SyntaxError} If the bytes are not such a form.
 */
export function readOwnership(bytes: Uint8Array): OwnershipForm {
  const root = XmlNode.parse(bytes);
  if (root.name !== "ownershipDocument") {
    throw new SyntaxError(`its element must be ownershipDocument, current one is ${root.name}`);
  }
  const planned = root.text("aff10b5One");
  return {
    form: wanted(root, "documentType"),
    symbol: root.text("issuer", "issuerTradingSymbol") ?? "",
    issuerCik: whole(root, "issuer", "issuerCik"),
    owners: root.all("reportingOwner").map((owner) => ({
      cik: whole(owner, "reportingOwnerId", "rptOwnerCik"),
      name: wanted(owner, "reportingOwnerId", "rptOwnerName"),
      isDirector: isTrue(owner.text("reportingOwnerRelationship", "isDirector")),
      isOfficer: isTrue(owner.text("reportingOwnerRelationship", "isOfficer")),
      isTenPercentOwner: isTrue(owner.text("reportingOwnerRelationship", "isTenPercentOwner")),
      title: owner.text("reportingOwnerRelationship", "officerTitle") ?? "",
    })),
    ...(planned === undefined ? {} : { isPlanned: isTrue(planned) }),
    trades: (root.find("nonDerivativeTable")?.all("nonDerivativeTransaction") ?? []).map(readTrade),
  };
}

function readTrade(node: XmlNode): OwnershipTrade {
  const amounts = "transactionAmounts";
  const direction = wanted(node, amounts, "transactionAcquiredDisposedCode", "value");
  if (direction !== "A" && direction !== "D") throw refusal("transactionAcquiredDisposedCode", "A or D", direction);
  const tradedOn = wanted(node, "transactionDate", "value").slice(0, 10); // some append a zone
  if (!isIsoDay(tradedOn)) throw refusal("transactionDate", "a date as YYYY-MM-DD", tradedOn);
  const shares = number(node, amounts, "transactionShares", "value");
  if (Number.isNaN(shares)) throw refusal("transactionShares", "a number", "none");
  return {
    tradedOn,
    code: wanted(node, "transactionCoding", "transactionCode"),
    security: wanted(node, "securityTitle", "value"),
    shares: direction === "A" ? shares : -shares,
    price: number(node, amounts, "transactionPricePerShare", "value"),
    sharesAfter: number(node, "postTransactionAmounts", "sharesOwnedFollowingTransaction", "value"),
    isDirect: wanted(node, "ownershipNature", "directOrIndirectOwnership", "value") === "D",
  };
}

const isTrue = (text: string | undefined) => text === "1" || text?.toLowerCase() === "true";

function wanted(node: XmlNode, ...path: string[]): string {
  const text = node.text(...path);
  if (text === undefined) throw refusal(path.join("/"), "a text", "none");
  return text;
}

function whole(node: XmlNode, ...path: string[]): number {
  const text = wanted(node, ...path);
  if (!/^\d{1,10}$/.test(text)) throw refusal(path.join("/"), "a whole number", text);
  return Number(text);
}

function number(node: XmlNode, ...path: string[]): number {
  const text = node.text(...path);
  if (text === undefined) return NaN;
  if (!/^-?(?:\d+\.?\d*|\.\d+)$/.test(text)) throw refusal(path.join("/"), "a number", text);
  return Number(text);
}

function refusal(path: string, expected: string, current: string): SyntaxError {
  return new SyntaxError(`${path} must be ${expected}, current value is ${current}`);
}
