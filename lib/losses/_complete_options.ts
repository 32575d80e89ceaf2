import { checkNumber } from "@lib/core";
import type { LossOptions } from "./loss.ts";

/** Smallest and largest value of a setting, ends included. */
export type Range = readonly [least: number, most: number];

/**
 * Settings of a loss with defaults, each a number (or each number of a list) within its range.
 *
 * @throws {RangeError} If there is no such setting, a number is out of range, or a list is empty.
 * @throws {TypeError} If it is of another kind than its default.
 */
export function completeOptions<Options extends LossOptions>(
  loss: string,
  defaults: Options,
  { given, ranges }: { given: LossOptions; ranges: Readonly<Record<keyof Options & string, Range>> },
): Options {
  const action = `make the loss ${loss}`;
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(defaults, name)) {
      const known = Object.keys(defaults).join(", ") || "none";
      throw new RangeError(`Cannot ${action}: options must be among ${known}, current one is ${name}`);
    }
    if (Array.isArray(value) !== Array.isArray(defaults[name])) {
      throw new TypeError(
        `Cannot ${action}: ${name} must be ${
          Array.isArray(defaults[name]) ? "a list of numbers" : "a number"
        }, current value is ${JSON.stringify(value)}`,
      );
    }
    if (Array.isArray(value) && value.length === 0) {
      throw new RangeError(`Cannot ${action}: ${name} must have at least one number, current list is empty`);
    }
    const [least, most] = ranges[name];
    for (const number of [value].flat()) checkNumber(action, name, number as number, { least, most });
  }
  return { ...defaults, ...given };
}
