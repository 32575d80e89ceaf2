import type { Panel } from "@lib/core";
import { type Dataset, gatherRows } from "@lib/dataset";
import type { Fit } from "./forecaster.ts";
import { modelForecasts } from "./model_forecasts.ts";

/**
 * Fits a model on every row and forecasts those same rows: what it remembers, not what it knows.
 *
 * The way to a splendid score that means nothing; here so that it can be shown beside an honest one.
 *
 * @param dataset All its rows with enough features and a known target are fitted on and forecast.
 * @param fit How to fit.
 * @returns The column `forecast_in_sample` over all rows of the data set; NaN where a row was not fitted on.
 */
export async function inSampleForecasts(
  dataset: Dataset,
  fit: Fit,
  { seed }: { seed: number },
): Promise<Panel> {
  const rows = Int32Array.from(dataset.target.keys())
    .filter((row) => dataset.usable[row] === 1 && !Number.isNaN(dataset.target[row]));
  using model = await fit(gatherRows(dataset, rows), { seed });
  const forecasts = modelForecasts({ model, dataset }, { inSample: true });
  const forecast = forecasts.column(forecasts.names[0]);
  return forecasts.pick([]).with({
    forecast_in_sample: forecast.map((value, row) => Number.isNaN(dataset.target[row]) ? NaN : value),
  });
}
