import type { Panel } from "@lib/core";
import { type Dataset, type DayRange, forecastRows, gatherMatrix, type GatherMatrixOptions } from "@lib/dataset";
import { checkUnseen } from "./check_unseen.ts";
import type { Forecaster } from "./forecaster.ts";

/** Options of {@linkcode modelForecasts}. */
export interface ModelForecastsOptions extends Pick<GatherMatrixOptions, "precision" | "history"> {
  /** Days to forecast, as indices into the data set's calendar. Default: all. */
  days?: DayRange;
  /**
   * Forecast rows that the model has seen, too, for a figure in sample. The column's name says so. Default false: they
   * are refused.
   */
  inSample?: boolean;
}

/**
 * Forecasts rows of a data set with a model at hand, such as one that was saved: the way to a score that is worth
 * something, since rows whose outcome the model has seen are refused. They are known by symbol and day, so that it makes
 * no difference which data set or process the model comes from.
 *
 * A bare matrix does not say which rows it holds: what `predict` is given, nobody can check.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * import { gatherRows, joinRows } from "@lib/dataset";
 * import { fitRidge } from "@lib/models";
 * const date = weekdays("2020-01-01", 10);
 * const signal = Float64Array.from(date.keys());
 * const bare = Panel.fromRows({ symbol: date.map(() => "A"), date, columns: {} });
 * const targets = bare.with({ target: signal.map((day) => day < 9 ? day / 10 : NaN) });
 * const dataset = joinRows({ features: bare.with({ signal }), targets }, { target: "target", horizonDays: 1 });
 * using model = await fitRidge(gatherRows(dataset, Int32Array.of(0, 1, 2, 3)), { penalty: 0, seed: 1 });
 * const forecast = modelForecasts({ model, dataset }, { days: [4, 10] }).column("forecast_ridge");
 * assert.ok(Math.abs(forecast[9] - 0.9) < 1e-6);
 * assert.throws(() => modelForecasts({ model, dataset }), /current number is 4 of 9, from A on 2020-01-01/);
 * const remembered = modelForecasts({ model, dataset }, { inSample: true });
 * assert.deepEqual(remembered.names, ["forecast_ridge_in_sample"]);
 * ```
 *
 * @returns The column `forecast_<model>`, or `forecast_<model>_in_sample`, over all rows of the data set; NaN on other
 * days and where too few features are known.
 * @throws {RangeError} If rows were seen, or the model does not say which rows it has seen, unless `inSample`.
 * @throws {TypeError} If the data set lacks features of the model.
 */
export function modelForecasts(
  { model, dataset }: { model: Forecaster; dataset: Dataset },
  { days = [0, dataset.features.dates.length], inSample = false, precision, history }: ModelForecastsOptions = {},
): Panel {
  const { model: name, seen, features } = model.description;
  const action = `forecast with ${name}`;
  const rows = forecastRows(dataset, days);
  if (!inSample) {
    if (seen === undefined) {
      throw new RangeError(
        `Cannot ${action}: its description must say which rows it has seen, or inSample must be true, current value is false`,
      );
    }
    checkUnseen(action, { dataset, rows, seen });
  }
  const missing = features.find((feature) => !dataset.features.has(feature));
  if (missing !== undefined) {
    throw new TypeError(
      `Cannot ${action}: the data set must have all its features, current one that is missing is ${missing}`,
    );
  }
  const forecast = model.predict(gatherMatrix(dataset.features, rows, { columns: features, precision, history }));
  const column = new Float64Array(dataset.features.rows).fill(NaN);
  rows.forEach((row, position) => column[row] = forecast[position]);
  return dataset.features.pick([]).with({ [`forecast_${name}${inSample ? "_in_sample" : ""}`]: column });
}
