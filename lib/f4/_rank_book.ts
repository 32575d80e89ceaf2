import { centredRanksByDay, type Panel } from "@lib/core";

/**
 * The book of a day's order, half long and half short: weights proportional to the centred ranks of the forecasts, their
 * absolute values summing to 1. All 0 on a day whose forecasts tie.
 *
 * @param forecasts Shape (rows,), finite; NaN is none, and weighs 0.
 * @returns Shape (rows,), never NaN.
 */
export function rankBook(panel: Panel, forecasts: Float64Array): Float64Array {
  const weights = centredRanksByDay(panel, forecasts).map((rank) => Number.isNaN(rank) ? 0 : rank);
  const exposure = new Float64Array(panel.dates.length);
  for (let row = 0; row < panel.rows; row++) exposure[panel.dayOf[row]] += Math.abs(weights[row]);
  return weights.map((weight, row) => weight === 0 ? 0 : weight / exposure[panel.dayOf[row]]);
}
