import { checkInteger } from "@lib/core";
import type { Dataset } from "@lib/dataset";
import { testedRows } from "./_tested_rows.ts";
import type { WalkForwardForecasts } from "./walk_forward_forecasts.ts";

/**
 * Joins the forecasts of a walk forward that was walked in parts: the same, to the last bit, as all folds at once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * import { joinRows, walkForward } from "@lib/dataset";
 * import { type Fit, fitRidge, walkForwardForecasts } from "@lib/models";
 * const dates = weekdays("2020-01-01", 60);
 * const signal = Float64Array.from(dates.keys(), (day) => Math.sin(day));
 * const bare = Panel.fromRows({ symbol: dates.map(() => "A"), date: dates, columns: {} });
 * const targets = bare.with({ target: signal.map((x, t) => t < 59 ? 2 * x : NaN) });
 * const dataset = joinRows({ features: bare.with({ signal }), targets }, { target: "target", horizonDays: 1 });
 * const folds = walkForward(dates, { firstTestDay: dates[40], refit: 10, horizonDays: 1 });
 * const models: Record<string, Fit> = { ridge: (rows, options) => fitRidge(rows, { ...options, penalty: 1 }) };
 * const parts = [];
 * for (const fold of folds) parts.push(await walkForwardForecasts({ dataset, folds: [fold], models }, { seed: 1 }));
 * const whole = await walkForwardForecasts({ dataset, folds, models }, { seed: 1 });
 * assert.deepEqual(joinForecasts(dataset, parts), whole);
 * ```
 *
 * @param dataset The one that the parts were walked on.
 * @param parts One for each fold, in the order of the folds.
 * @throws {RangeError} If there are no parts, or two of them tested the same row.
 */
export function joinForecasts(dataset: Dataset, parts: readonly WalkForwardForecasts[]): WalkForwardForecasts {
  checkInteger("join forecasts", "number of parts", parts.length, { least: 1 });
  const tested = new Uint8Array(dataset.features.rows);
  const columns: Record<string, Float64Array> = {};
  const importance: Record<string, Record<string, number>> = {};
  for (const part of parts) {
    for (const row of part.rows) {
      if (tested[row] === 1) {
        const { symbol, date } = dataset.features.key(row);
        throw new RangeError(`Cannot join forecasts: no row must be tested twice, current one is ${symbol} on ${date}`);
      }
      tested[row] = 1;
    }
    for (const [name, forecast] of Object.entries(part.forecasts.columns)) {
      const column = columns[name] ??= new Float64Array(dataset.features.rows).fill(NaN);
      part.rows.forEach((row, position) => column[row] = forecast[position]);
    }
    for (const [model, shares] of Object.entries(part.importance)) {
      const sums = importance[model] ??= {};
      for (const [feature, share] of Object.entries(shares)) {
        sums[feature] = (sums[feature] ?? 0) + share / parts.length;
      }
    }
  }
  return { ...testedRows(dataset, tested, columns), reports: parts.flatMap(({ reports }) => reports), importance };
}
