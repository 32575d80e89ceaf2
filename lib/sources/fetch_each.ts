import { SourceError } from "./source_error.ts";

/** What became of a symbol. */
export interface FetchedSymbol {
  symbol: string;
  /** Rows of the file that was written; 0 where there is none. */
  rows: number;
  /** Whether the service was asked, or answers that were kept still held. */
  isNew: boolean;
  /** Why there is no file. */
  error?: SourceError;
}

/** Errors that the next symbol would meet, too. */
const isGeneral = ({ kind }: SourceError) => ["network", "key", "throttled"].includes(kind);

/**
 * Fetches symbols one after the other; goes on behind one that has an error of its own, and ends at an error that all
 * others would meet.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { SourceError } from "@lib/sources";
 * const results = await fetchEach(["A", "B", "C"], (symbol) => {
 *   if (symbol === "A") throw new SourceError("missing", "nobody knows A");
 *   if (symbol === "B") throw new SourceError("network", "no way");
 *   return Promise.resolve({ rows: 1, isNew: true });
 * });
 * assert.deepEqual(results.map(({ error }) => error?.kind), ["missing", "network", "network"]);
 * ```
 *
 * @param symbols One that comes twice is fetched once.
 * @param fetchOne Fetches a symbol and leaves its file.
 * @param onSymbol Told of each symbol that was tried, as soon as it is done.
 * @returns For each symbol what became of it; those behind an error that ended the work have the same.
 * @throws {RangeError} If there are no symbols.
 * @throws {Error} What `fetchOne` throws, if it is no {@linkcode SourceError}.
 */
export async function fetchEach(
  symbols: readonly string[],
  fetchOne: (symbol: string) => Promise<{ rows: number; isNew: boolean }>,
  onSymbol: (fetched: FetchedSymbol) => void = () => {},
): Promise<FetchedSymbol[]> {
  if (symbols.length === 0) throw new RangeError("Cannot fetch: there must be at least one symbol, currently none");
  const results: FetchedSymbol[] = [];
  let stop: SourceError | undefined;
  for (const symbol of new Set(symbols)) {
    const result: FetchedSymbol = { symbol, rows: 0, isNew: false, error: stop };
    results.push(result);
    if (stop) continue;
    try {
      Object.assign(result, await fetchOne(symbol));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      result.error = error;
      if (isGeneral(error)) stop = error;
    }
    onSymbol(result);
  }
  return results;
}
