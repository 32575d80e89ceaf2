/**
 * How long a service asks us to stay away, by the header Retry-After: seconds, or a date of HTTP.
 *
 * Source: RFC 9110, section 10.2.3.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(retryAfter("2", 0), 2000);
 * assert.equal(retryAfter("Thu, 01 Jan 1970 00:00:30 GMT", 10_000), 20_000);
 * assert.equal(retryAfter("soon", 0), undefined);
 * ```
 *
 * @param now Milliseconds since 1970.
 * @returns Milliseconds, at least 0; undefined where there is no such header, or it says neither.
 */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = /[A-Za-z]{3}, \d{2} [A-Za-z]{3} \d{4} \d{2}:\d{2}:\d{2} GMT/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
