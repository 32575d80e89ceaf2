import type { Panel } from "@lib/core";
import { loadMarket } from "@lib/data";
import {
  type AdmittedRecord,
  type DatedValues,
  describeBook,
  type Ledger,
  type NewAdmission,
  rowSketch,
} from "@lib/f4";

/** Looks at a market that nobody counted. */
export interface UncountedLooks extends Pick<NewAdmission, "what" | "tier" | "trials" | "words"> {
  /** As `loadMarket` names it. */
  market: string;
}

/**
 * Admits looks at a market: they count for every trial on its data, and on any of its rows or days under another name.
 *
 * @throws {RangeError} If no market or no words are given, or the count is no whole number of at least 1.
 */
export async function admitLooks(
  ledger: Ledger,
  { market, what, tier, trials, words }: UncountedLooks,
): Promise<AdmittedRecord> {
  if (market === "" || words === "") {
    throw new RangeError(
      `Cannot admit looks: MARKET and WORDS must say what was looked at, current ones are "${market}" and "${words}"`,
    );
  }
  const [development, final] = [await loadMarket(market), await loadMarket(market, { tier: "final" })];
  const data = [development, final].map(({ source: { name, digest } }) => ({ name, digest }));
  const { panel } = tier === "final" ? final : development;
  const sketch = what === "book" ? describeBook("", daysOf(panel)).rowSketch : rowSketch(panel);
  return await ledger.admit({ what, data, rowSketch: sketch, tier, trials, words });
}

/** A book has no rows but its days; only these go into the sketch of one. */
function daysOf({ dates }: Panel): DatedValues {
  return { dates, values: new Float64Array(dates.length) };
}
