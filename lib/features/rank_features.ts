import { centredRanksByDay, type Panel } from "@lib/core";

/**
 * Every column as its cross-sectional rank: each day, the symbols spread evenly over (-1/2, 1/2) in the order of their
 * values.
 *
 * What remains says who stands above whom today: no unit, no outlier, no drift of the whole market, and no number
 * borrowed from another day, so nothing has to be fitted. Equal values share their mean rank.
 *
 * Source: Gu, Kelly and Xiu (2020), Empirical Asset Pricing via Machine Learning, Review of Financial Studies 33,
 * section 2.1 (there spread over [-1, 1]).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "B"],
 *   date: ["2020-01-02", "2020-01-02"],
 *   columns: { momentum_5: Float64Array.of(0.3, -0.1) },
 * });
 * assert.deepEqual(rankFeatures(panel).column("rank_momentum_5"), Float64Array.of(0.25, -0.25));
 * ```
 *
 * @param panel Feature columns.
 * @returns The same rows with a column `rank_<name>` for each column and no others. A missing value stays NaN and is
 * not counted among the others; a symbol alone on its day has rank 0.
 */
export function rankFeatures(panel: Panel): Panel {
  const ranked = Object.fromEntries(
    panel.names.map((name) => [`rank_${name}`, centredRanksByDay(panel, panel.column(name))]),
  );
  return panel.with(ranked).pick(Object.keys(ranked));
}
