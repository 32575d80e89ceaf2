/**
 * Refuses what cannot be a symbol of Yahoo's: it becomes part of an address and the name of a file.
 *
 * @throws {RangeError} If it is none.
 */
export function checkYahooSymbol(symbol: string): void {
  if (/^[A-Za-z0-9^][A-Za-z0-9.^=_-]{0,31}$/.test(symbol)) return;
  throw new RangeError(
    `Cannot ask yahoo: a symbol must be letters, digits and . ^ = _ -, as in BRK-B, current value is ${symbol}`,
  );
}
