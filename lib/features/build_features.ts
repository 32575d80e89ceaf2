import { checkSameLength, Panel } from "@lib/core";
import { sharing } from "./_once.ts";
import type { Feature, MarketColumn, SymbolBars } from "./feature.ts";
import { featureSet } from "./feature_sets.ts";

/** Options of {@linkcode buildFeatures}. */
export interface BuildFeaturesOptions {
  /** What to build. Default: the whole catalogue but the placebos. */
  features?: readonly Feature[];
}

/** A feature that the panel lacks the columns for. */
export interface UnavailableFeature {
  name: string;
  missingColumns: MarketColumn[];
}

/**
 * Computes features symbol by symbol.
 *
 * A window counts the rows of its own symbol: where a symbol has no row for a trading day, the day is not in the window.
 * A feature whose columns the panel lacks is reported, never filled.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * import { featuresNamed } from "@lib/features";
 * const market = Panel.fromRows({
 *   symbol: ["A", "A"],
 *   date: ["2020-01-02", "2020-01-03"],
 *   columns: { index: Float64Array.of(1, 1.5) },
 * });
 * const built = buildFeatures(market, { features: featuresNamed(["momentum_1", "overnight_gap"]) });
 * assert.deepEqual(built.panel.column("momentum_1"), Float64Array.of(NaN, 0.5));
 * assert.deepEqual(built.unavailable, [{ name: "overnight_gap", missingColumns: ["open", "close"] }]);
 * ```
 *
 * @param panel Market columns (see {@linkcode MarketColumn}).
 * @returns The rows of `panel` with the feature columns only, finite or NaN; and what could not be built.
 * @throws {RangeError} If two features share a name.
 */
export function buildFeatures(
  panel: Panel,
  { features = featureSet("all") }: BuildFeaturesOptions = {},
): { panel: Panel; unavailable: UnavailableFeature[] } {
  const columns: Record<string, Float64Array> = {};
  const daysSince1970 = Float64Array.from(panel.dates, (date) => Date.parse(date) / 86_400_000);
  const market = panel.with({ day: Float64Array.from(panel.dayOf, (day) => daysSince1970[day]) });
  const unavailable: UnavailableFeature[] = [];
  const known: Feature[] = [];
  const read = new Set<MarketColumn>();
  for (const feature of features) {
    if (Object.hasOwn(columns, feature.name)) {
      throw new RangeError(`Cannot build features: each name must occur once, current duplicate is ${feature.name}`);
    }
    const missingColumns = feature.needs.filter((column) => !market.has(column));
    if (missingColumns.length > 0) {
      unavailable.push({ name: feature.name, missingColumns });
      continue;
    }
    columns[feature.name] = new Float64Array(panel.rows);
    known.push(feature);
    for (const column of feature.needs) read.add(column);
  }
  // all features of a symbol before the next: they share what they are made of, and its bars stay near the processor
  for (let symbol = 0; symbol < panel.symbols.length; symbol++) {
    const [from, to] = [panel.starts[symbol], panel.starts[symbol + 1]];
    const bars = new Map(Array.from(read, (column) => [column, market.column(column).subarray(from, to)]));
    sharing(() => {
      for (const { name, needs, compute } of known) {
        const values = compute(Object.fromEntries(needs.map((column) => [column, bars.get(column)])) as SymbolBars);
        checkSameLength("build features", { rows: to - from, [name]: values.length });
        columns[name].set(values, from);
      }
    });
  }
  return { panel: new Panel(panel.symbols, panel.dates, panel.starts, panel.dayOf, columns), unavailable };
}
