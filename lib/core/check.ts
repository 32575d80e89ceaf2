/** Bounds of {@linkcode checkInteger} and {@linkcode checkNumber}; both ends belong to the range. */
export interface Bounds {
  /** Smallest accepted value. Default: none. */
  least?: number;
  /** Largest accepted value. Default: none. */
  most?: number;
}

function describe({ least = -Infinity, most = Infinity }: Bounds): string {
  if (least > -Infinity && most < Infinity) return ` from ${least} to ${most}`;
  if (least > -Infinity) return ` of at least ${least}`;
  if (most < Infinity) return ` of at most ${most}`;
  return "";
}

function within(value: number, { least = -Infinity, most = Infinity }: Bounds): boolean {
  return value >= least && value <= most;
}

/**
 * Refuses a value that is not a whole number in range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.throws(() => checkInteger("compute a mean", "windowDays", 0, { least: 1 }), {
 *   message: "Cannot compute a mean: windowDays must be an integer of at least 1, current value is 0",
 * });
 * ```
 *
 * @throws {RangeError} If `value` is no integer within `bounds`.
 */
export function checkInteger(action: string, name: string, value: number, bounds: Bounds = {}): void {
  if (Number.isInteger(value) && within(value, bounds)) return;
  throw new RangeError(`Cannot ${action}: ${name} must be an integer${describe(bounds)}, current value is ${value}`);
}

/**
 * Refuses a value that is not a finite number in range.
 *
 * @throws {RangeError} If `value` is not finite or lies outside `bounds`.
 */
export function checkNumber(action: string, name: string, value: number, bounds: Bounds = {}): void {
  if (Number.isFinite(value) && within(value, bounds)) return;
  throw new RangeError(
    `Cannot ${action}: ${name} must be a finite number${describe(bounds)}, current value is ${value}`,
  );
}

/**
 * Refuses arrays that should run side by side and do not.
 *
 * @throws {TypeError} If the lengths differ.
 */
export function checkSameLength(action: string, lengths: Record<string, number>): void {
  if (new Set(Object.values(lengths)).size <= 1) return;
  const current = Object.entries(lengths).map(([name, length]) => `${name} ${length}`).join(", ");
  throw new TypeError(`Cannot ${action}: all lengths must be equal, current ones are ${current}`);
}

/**
 * Refuses a name that is not on the list, and says what the list is.
 *
 * @throws {RangeError} If `value` is not one of `known`.
 */
export function checkOneOf<Known extends string>(
  action: string,
  name: string,
  value: string,
  known: readonly Known[],
): asserts value is Known {
  if ((known as readonly string[]).includes(value)) return;
  throw new RangeError(`Cannot ${action}: ${name} must be one of ${known.join(", ")}, current value is ${value}`);
}
