import { antiCollapseDirectional } from "./anti_collapse_directional.ts";
import { balancedDirectional } from "./balanced_directional.ts";
import { binaryCrossEntropy } from "./binary_cross_entropy.ts";
import { binaryFocal } from "./binary_focal.ts";
import { combinedDirectional } from "./combined_directional.ts";
import { correlationAware } from "./correlation_aware.ts";
import { directionalHuber } from "./directional_huber.ts";
import { directionalSquaredError } from "./directional_squared_error.ts";
import { gaussianLikelihood } from "./gaussian_likelihood.ts";
import { huber } from "./huber.ts";
import { huberInverseVariance } from "./huber_inverse_variance.ts";
import type { Loss, LossOptions } from "./loss.ts";
import { meanSquaredError } from "./mean_squared_error.ts";
import { multiclassFocal } from "./multiclass_focal.ts";
import { pinball } from "./pinball.ts";
import { qlike } from "./qlike.ts";
import { signBalance } from "./sign_balance.ts";
import { signVarianceFloor } from "./sign_variance_floor.ts";
import { simpleDirectional } from "./simple_directional.ts";
import { smoothDirectionalHuber } from "./smooth_directional_huber.ts";
import { smoothSignBalance } from "./smooth_sign_balance.ts";
import { smoothSignVarianceFloor } from "./smooth_sign_variance_floor.ts";
import { varianceRegularised } from "./variance_regularised.ts";

const makers: Readonly<Record<string, (options?: LossOptions) => Loss>> = {
  anti_collapse_directional: antiCollapseDirectional,
  balanced_directional: balancedDirectional,
  binary_cross_entropy: binaryCrossEntropy,
  binary_focal: binaryFocal,
  combined_directional: combinedDirectional,
  correlation_aware: correlationAware,
  directional_huber: directionalHuber,
  directional_squared_error: directionalSquaredError,
  gaussian_likelihood: gaussianLikelihood,
  huber,
  huber_inverse_variance: huberInverseVariance,
  mean_squared_error: meanSquaredError,
  multiclass_focal: multiclassFocal,
  pinball,
  qlike,
  sign_balance: signBalance,
  sign_variance_floor: signVarianceFloor,
  simple_directional: simpleDirectional,
  smooth_directional_huber: smoothDirectionalHuber,
  smooth_sign_balance: smoothSignBalance,
  smooth_sign_variance_floor: smoothSignVarianceFloor,
  variance_regularised: varianceRegularised,
};

/** Names of all losses, in alphabetical order. */
export const lossNames: readonly string[] = Object.keys(makers);

/** A loss as plain JSON: {@linkcode lossNamed} makes the same one of it, in any process. */
export interface SavedLoss {
  readonly name: string;
  readonly options: LossOptions;
}

/**
 * Makes a loss by its name: what each is, its options and their defaults stand in the file of its name.
 *
 * To keep one, keep `name` and `options` ({@linkcode saveLoss}); nothing else is in it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tf, useBackend } from "@lib/tensorflow";
 *
 * await useBackend({ backend: "cpu" });
 * const loss = lossNamed("huber", { delta: 1 });
 * const value = loss.compute(tf.tensor2d([[0], [0]]), tf.tensor2d([[1], [3]]));
 * assert.equal(value.dataSync()[0], 1.5); // half of 1, and 3 - 1/2, over 2
 * ```
 *
 * @throws {RangeError} If there is no such loss or option, or an option is out of range.
 * @throws {TypeError} If an option is of another kind.
 */
export function lossNamed(name: string, options: LossOptions = {}): Loss {
  if (Object.hasOwn(makers, name)) return makers[name](options);
  throw new RangeError(
    `Cannot make a loss: its name must be among ${lossNames.join(", ")}, current name is ${name}`,
  );
}

/**
 * A loss as plain JSON.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lossNamed } from "@lib/losses";
 * const { name, options } = JSON.parse(JSON.stringify(saveLoss(lossNamed("qlike"))));
 * assert.deepEqual(saveLoss(lossNamed(name, options)), { name: "qlike", options: { floor: 0.001 } });
 * ```
 */
export function saveLoss({ name, options }: Loss): SavedLoss {
  return { name, options };
}
