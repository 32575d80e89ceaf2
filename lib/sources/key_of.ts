import type { Service } from "./service.ts";
import { SourceError } from "./source_error.ts";

/**
 * The key that a service wants, from the environment.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const key = { variable: "FRED_API_KEY", from: "https://fredaccount.stlouisfed.org", sign: () => ({}) };
 * const service = { name: "fred", rate: { perSecond: 1, burst: 1 }, key };
 * assert.equal(keyOf(service, () => " abc "), "abc");
 * assert.throws(() => keyOf(service, () => undefined), /FRED_API_KEY must be set/);
 * ```
 *
 * @throws {SourceError} If there is none, or what there is cannot be sent.
 */
export function keyOf({ name, key }: Service, environment: (variable: string) => string | undefined): string {
  if (key === undefined) return "";
  const value = environment(key.variable)?.trim() ?? "";
  if (/^[\x20-\x7e]+$/.test(value)) return value;
  throw new SourceError(
    "key",
    `Cannot ask ${name}: the environment variable ${key.variable} must be set (${key.from}), currently it ` +
      (value === "" ? "is not" : "holds characters that no key has"),
  );
}
