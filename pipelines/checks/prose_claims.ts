import { parse } from "yaml";
import { type ProseNumber, proseNumbers, writtenValue } from "./prose_numbers.ts";

/**
 * What backs numbers in a text: a value of the record, a file of the repository that holds them, a source outside, or
 * that they define something and claim nothing.
 */
export interface Claim {
  /** The words with the numbers, as they stand in the text, or... */
  says?: string;
  /** ...the heading below which they stand, where no words are claimed by themselves. */
  under?: string;
  /** `study/step name`, a metric or a parameter, one for each number in `says`. */
  recorded?: string | string[];
  /** Path of a file that holds each number, perhaps with more digits. */
  in?: string;
  /** Why it is no claim. */
  definition?: string;
  /** Who measured or said it, with `date`. */
  source?: string;
  date?: string;
}

/** Claims by the file in which they stand; those of `everywhere` hold for all. */
export type Claims = Record<string, Claim[]>;

/** What numbers can be backed by. */
export interface Backing {
  /** By `study/step name`. */
  recorded: ReadonlyMap<string, number>;
  /** Text of a file of the repository, undefined where there is none. */
  textOf: (path: string) => string | undefined;
}

const KEYS = ["says", "under", "recorded", "in", "definition", "source", "date"];

/**
 * Reads a file of claims.
 *
 * @throws {SyntaxError} If a claim has an unknown key, no place, or not exactly one backing.
 */
export function parseClaims(text: string): Claims {
  const claims = (parse(text) ?? {}) as Claims;
  for (const [file, list] of Object.entries(claims)) {
    for (const claim of list) {
      const refuse = (wanted: string): never => {
        throw new SyntaxError(`Cannot read the claims of ${file}: ${wanted}, current one is ${JSON.stringify(claim)}`);
      };
      if (Object.keys(claim).some((key) => !KEYS.includes(key))) refuse(`keys must be among ${KEYS.join(", ")}`);
      if ((claim.says === undefined) === (claim.under === undefined)) refuse("a claim must have either says or under");
      const backings = [claim.recorded, claim.in, claim.definition, claim.source].filter((each) => each !== undefined);
      if (backings.length !== 1) refuse("a claim must have one of recorded, in, definition, source");
      if (claim.source !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(claim.date ?? "")) {
        refuse("a source must have a date as YYYY-MM-DD");
      }
    }
  }
  return claims;
}

/**
 * What is wrong with the numbers of a text: those that nothing backs, those that are not what their backing says, and
 * claims whose words are gone.
 *
 * @param everywhere Claims that hold in all texts and need not occur.
 */
export function proseFaults(
  markdown: string,
  claims: readonly Claim[],
  { recorded, textOf, everywhere = [] }: Backing & { everywhere?: readonly Claim[] },
): string[] {
  const numbers = proseNumbers(markdown);
  const backed = new Set<ProseNumber>();
  const faults: string[] = [];
  const wordsFirst = [...claims, ...everywhere].sort((a, b) =>
    Number(a.under !== undefined) - Number(b.under !== undefined)
  );
  for (const claim of wordsFirst) {
    const places = placesOf(claim, markdown);
    if (places.length === 0 && claims.includes(claim)) {
      faults.push(`nothing says "${claim.says ?? claim.under}" any more; take it out of the claims`);
    }
    for (const { start, end } of places) {
      const own = numbers.filter((number) => number.start >= start && number.end <= end && !backed.has(number));
      for (const number of own) backed.add(number);
      const isIdle = own.length === 0;
      if (isIdle && everywhere.includes(claim)) continue;
      const found = isIdle
        ? [`"${claim.says ?? claim.under}" holds no number that needs a claim`]
        : faultsOf(claim, own, { recorded, textOf });
      faults.push(...found.map((fault) => `${lineOf(markdown, start)}: ${fault}`));
    }
  }
  for (const number of numbers) {
    if (backed.has(number)) continue;
    const around = markdown.slice(Math.max(0, number.start - 40), number.end + 20).replace(/\s+/g, " ").trim();
    const isPrecise = number.text.replace(/^\D*0\.0*|\D/g, "").length > 2; // others are near something by chance
    const near = [...recorded].filter(([, value]) => isPrecise && isRounded(number, value)).map(([name]) => name);
    const hint = near.length > 0 ? `; it could be ${near.slice(0, 3).join(" or ")}` : "";
    faults.push(`${lineOf(markdown, number.start)}: nothing backs ${number.text} in "${around}"${hint}`);
  }
  return faults;
}

/** Where the words of a claim stand, whatever the line breaks; or the part of the text below its heading. */
function placesOf({ says, under }: Claim, markdown: string): { start: number; end: number }[] {
  if (says !== undefined) {
    const words = new RegExp(says.trim().split(/\s+/).map(RegExp.escape).join("\\s+"), "g");
    return [...markdown.matchAll(words)].map(({ 0: found, index }) => ({ start: index, end: index + found.length }));
  }
  const heading = new RegExp(`^(#+) ${RegExp.escape(under!)}$`, "m").exec(markdown);
  if (heading === null) return [];
  const next = new RegExp(`^#{1,${heading[1].length}} `, "m").exec(markdown.slice(heading.index + heading[0].length));
  const end = next === null ? markdown.length : heading.index + heading[0].length + next.index;
  return [{ start: heading.index, end }];
}

function faultsOf(claim: Claim, numbers: readonly ProseNumber[], { recorded, textOf }: Backing): string[] {
  if (claim.recorded !== undefined) {
    const names = [claim.recorded].flat();
    if (names.length !== numbers.length) {
      return [`"${claim.says}" holds ${numbers.length} numbers, not ${names.length}`];
    }
    return names.flatMap((name, i) => {
      const value = recorded.get(name);
      if (value === undefined) return [`nothing is recorded as ${name}`];
      return isRounded(numbers[i], value) ? [] : [`${numbers[i].text} must be ${name}, which is ${value}`];
    });
  }
  if (claim.in === undefined) return [];
  const text = textOf(claim.in);
  if (text === undefined) return [`there is no file ${claim.in}`];
  const held = text.match(/\d[\d_,]*(?:\.\d+)?/g)?.map((found) => Number(found.replaceAll(/[_,]/g, ""))) ?? [];
  return numbers.filter((number) => !held.some((value) => isRounded(number, value)))
    .map((number) => `${claim.in} does not hold ${number.text}`);
}

/** Whether a value, rounded as the number is written, is the number. */
function isRounded({ text, isPercent }: ProseNumber, value: number): boolean {
  const written = writtenValue(text);
  if (written === undefined) return false;
  const isNear = (wanted: number) => Math.abs(written.value - wanted) <= written.halfUnit * (1 + 1e-9);
  return isNear(value) || (isPercent && isNear(100 * value));
}

function lineOf(text: string, offset: number): string {
  return `line ${text.slice(0, offset).split("\n").length}`;
}
