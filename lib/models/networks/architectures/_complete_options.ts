import { checkOneOf } from "@lib/core";

/**
 * Settings with defaults for those that are left out.
 *
 * @throws {RangeError} If there is a setting of another name: a misspelt one must not pass for a default.
 */
export function completeOptions<Options extends object>(
  action: string,
  defaults: Required<Options>,
  options: Partial<Options>,
): Required<Options> {
  for (const name of Object.keys(options)) checkOneOf(action, "option", name, Object.keys(defaults));
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}
