import type { Panel } from "@lib/core";
import { asKnown, type AsKnownOptions, type KnownRecord } from "./as_known.ts";

/** Options of {@linkcode joinAsKnown}. */
export interface JoinAsKnownOptions<Field extends string> extends AsKnownOptions {
  /** Field of the records for each new column of the panel. */
  columns: Readonly<Record<string, Field>>;
}

/**
 * A panel with columns of what records said, as it was known when each day was decided; see {@linkcode asKnown} for the
 * rule.
 *
 * @example A rate of unemployment
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * import { MARKET_HOURS, sessionCloses } from "@lib/point_in_time";
 * const panel = Panel.fromRows({ symbol: ["A", "A"], date: ["2024-02-01", "2024-02-02"], columns: {} });
 * const records = [{ period: "2024-01-01", knownAt: "2024-02-02T13:30:00Z", value: 0.037 }];
 * const decisions = sessionCloses(panel, { hours: MARKET_HOURS.newYorkShares });
 * const joined = joinAsKnown(panel, records, { columns: { unemployment: "value" }, decisions });
 * assert.deepEqual(joined.column("unemployment"), Float64Array.of(NaN, 0.037));
 * ```
 *
 * @returns The same rows; NaN where nothing was known, what was known is stale, or the latest word is that the value is
 * missing.
 * @throws {RangeError | TypeError} As {@linkcode asKnown}.
 */
export function joinAsKnown<Field extends string>(
  panel: Panel,
  records: readonly (KnownRecord & Readonly<Record<Field, number>>)[],
  { columns, ...options }: JoinAsKnownOptions<Field>,
): Panel {
  const known = asKnown(panel, records, options);
  return panel.with(
    Object.fromEntries(
      Object.entries(columns).map(([name, field]) => [
        name,
        Float64Array.from(known, (record) => record?.[field] ?? NaN),
      ]),
    ),
  );
}
