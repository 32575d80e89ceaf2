import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import { signImbalance } from "./_terms.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * 4 `weight` (share of positive forecasts - 1/2)^2: a term without any gradient, kept to show that. {@linkcode
 * smoothSignBalance} has one.
 *
 * Options: `weight` 1.
 */
export function signBalance(given: LossOptions = {}): Loss {
  const name = "sign_balance";
  const options = completeOptions(name, { weight: 1 }, { given, ranges: { weight: [0, 1e6] } });
  const { weight } = options;
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "none",
    differentiable: false,
    value: (_actual, forecast, mean) => tf.mul(4 * weight, signImbalance(forecast, mean)),
  });
}
