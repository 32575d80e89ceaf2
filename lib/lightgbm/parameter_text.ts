import type { LightgbmInterface } from "./lightgbm_interface.ts";
import { callFor, readText } from "./_memory.ts";

/** Parameters of LightGBM under its own names or their aliases, as it documents them. */
export type LightgbmSettings = Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>;

const knownNames = new WeakMap<LightgbmInterface, ReadonlyMap<string, string>>();

/** Every name that the engine knows, aliases included, with the name it stands for. */
export function parameterNames(lightgbm: LightgbmInterface): ReadonlyMap<string, string> {
  const known = knownNames.get(lightgbm);
  if (known) return known;
  const text = readText(
    lightgbm,
    (capacity, length, buffer) =>
      callFor(lightgbm, "list parameters", "LGBM_DumpParamAliases", capacity, length, buffer),
  );
  const names = new Map<string, string>();
  for (const [name, aliases] of Object.entries(JSON.parse(text) as Record<string, string[]>)) {
    for (const spelling of [name, ...aliases]) names.set(spelling, name);
  }
  knownNames.set(lightgbm, names);
  return names;
}

/**
 * Parameters in LightGBM's form, `name=value name=value`. Refuses what LightGBM would silently ignore.
 *
 * @throws {RangeError} If a name is unknown, one parameter is given under two names, or a value holds a space.
 */
export function parameterText(lightgbm: LightgbmInterface, parameters: LightgbmSettings): string {
  const action = "hand parameters to LightGBM";
  const names = parameterNames(lightgbm);
  const spellings = new Map<string, string>();
  return Object.entries(parameters).map(([spelling, value]) => {
    const name = names.get(spelling);
    if (name === undefined) {
      throw new RangeError(`Cannot ${action}: a parameter must be one that it knows, current value is ${spelling}`);
    }
    const other = spellings.get(name);
    if (other !== undefined) {
      throw new RangeError(`Cannot ${action}: ${name} must be given once, current values are ${other} and ${spelling}`);
    }
    spellings.set(name, spelling);
    const text = `${value}`; // a list becomes its items with commas between them, which is LightGBM's form too
    if (/\s/.test(text)) {
      throw new RangeError(`Cannot ${action}: ${spelling} must be without spaces, current value is "${text}"`);
    }
    return `${spelling}=${text}`;
  }).join(" ");
}
