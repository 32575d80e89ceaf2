import { checkInteger, checkOneOf } from "@lib/core";
import { denseHead } from "../layers/dense_head.ts";
import type { LossSpec, Network } from "../network.ts";
import { completeOptions } from "./_complete_options.ts";
import { networkOf } from "./_network_of.ts";
import { defaultLosses } from "./default_losses.ts";
import { lstmTrunk, lstmTrunkDefaults, type LstmTrunkOptions } from "./lstm_trunk.ts";

/** Settings of {@link lstmTransformerHorizons}. */
export interface LstmTransformerHorizonsOptions extends LstmTrunkOptions {
  /** Trading days ahead, a head for each. Default 1, 5, 10, 20. */
  readonly horizonsDays?: readonly number[];
  /** The horizon of the rows' own target, whose head makes the forecast. Default 1. */
  readonly forecastDays?: number;
  /** What the names of the other outcomes begin with, before the days. Default `target_return_`. */
  readonly targetPrefix?: string;
  /** Widths of each head's dense layers, normalised each. Default: none. */
  readonly hidden?: readonly number[];
  /** What each head learns by; one column. Default `huber`. */
  readonly loss?: LossSpec;
}

const defaults: Required<LstmTransformerHorizonsOptions> = {
  ...lstmTrunkDefaults,
  horizonsDays: [1, 5, 10, 20],
  forecastDays: 1,
  targetPrefix: "target_return_",
  hidden: [],
  loss: defaultLosses.forecast,
};

/**
 * Returns over several horizons from one trunk, a head `days_<h>` for each, all counting the same. Each target is
 * standardised by itself, since a return over 20 days is several times one over a day. The rows must be purged for the
 * longest horizon, also where the forecast is of the shortest: all outcomes are learnt from.
 *
 * @throws {RangeError} If `forecastDays` is not among the horizons, these are no different positive integers, or an
 * option is unknown or out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { heads } = lstmTransformerHorizons({ horizonsDays: [1, 5] });
 * assert.deepEqual(heads.map(({ target }) => target), ["target", "target_return_5"]);
 * ```
 */
export function lstmTransformerHorizons(options: LstmTransformerHorizonsOptions = {}): Network {
  const name = "lstm_transformer_horizons";
  const action = `make the network ${name}`;
  const complete = completeOptions(action, defaults, options);
  const { horizonsDays, forecastDays, targetPrefix, hidden, loss, ...trunk } = complete;
  horizonsDays.forEach((days) => checkInteger(action, "each of horizonsDays", days, { least: 1 }));
  if (new Set(horizonsDays).size < horizonsDays.length) {
    throw new RangeError(`Cannot ${action}: horizonsDays must differ, current value is ${horizonsDays.join(", ")}`);
  }
  checkOneOf(action, "forecastDays", `${forecastDays}`, horizonsDays.map(String));
  const headOf = (days: number) => `days_${days}`;
  return networkOf({
    name,
    options: { ...complete },
    heads: horizonsDays.map((days) => ({
      name: headOf(days),
      width: 1,
      loss,
      weight: 1 / horizonsDays.length,
      target: days === forecastDays ? "target" : `${targetPrefix}${days}`,
      scaling: "standardise",
    })),
    forecastHead: headOf(forecastDays),
  }, (features) => ({
    trunk: lstmTrunk(features, trunk),
    heads: Object.fromEntries(horizonsDays.map((days) => {
      const name = headOf(days);
      return [name, denseHead(name, { inputs: trunk.width, hidden, units: 1, normalised: true })];
    })),
  }));
}
