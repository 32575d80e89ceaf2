import { isIsoDay } from "@lib/core";
import type { ParameterValue } from "./_parameter_type.ts";

/** What the comment behind a parameter says about it. */
export interface ParameterRule {
  /** Such as `days`; empty where there is none. */
  unit: string;
  /** What the value does; empty where it is not said. */
  meaning: string;
  /** Limits of numbers, of lists each number; Infinity where there is none. */
  least: number;
  most: number;
  /** Whether `least` or `most` itself is outside. */
  isOpen: { least: boolean; most: boolean };
  /** Whether numbers must be whole. */
  isWhole: boolean;
  /** Whether texts must be days such as `2020-12-31`, and whether an empty one is one too. */
  day: "no" | "needed" | "or empty";
}

const NUMBER = "[+-]?(?:\\d[\\d_]*(?:\\.\\d+)?|\\.\\d+)(?:e[+-]?\\d+)?";
const RANGE = new RegExp(`^(${NUMBER}) to (${NUMBER})(?=[ ,]|$)`, "i");
const LIMIT = new RegExp(`^(at least|above|at most|below) (${NUMBER})(?=[ ,]|$)`, "i");
const LONGEST_UNIT_WORDS = 2;

/**
 * Reads the comment behind a parameter: limits, unit, a colon, the meaning. Each part may be missing.
 *
 *     1 to 250 whole days: how far forecasts look ahead
 *     above 0, at most 1: share of the way that is traded each day
 *     day or "": first day to forecast; "" for two fifths into the history
 *     trees: how many are grown
 *
 * Limits are `a to b`, `at least a`, `above a`, `at most b`, `below b`, for all numbers in the value; `whole` refuses
 * fractions. `day` wants a text to be a day. The unit is what is left of at most two words. What does not begin like
 * this is all meaning.
 */
export function readParameterRule(comment: string): ParameterRule {
  const rule: ParameterRule = {
    unit: "",
    meaning: comment.trim(),
    least: -Infinity,
    most: Infinity,
    isOpen: { least: false, most: false },
    isWhole: false,
    day: "no",
  };
  const [, head, meaning] = comment.trim().match(/^([^:]*?)\s*(?::\s+([^]*)|:?$)/) ?? [];
  if (head === undefined) return rule;
  const hasColon = meaning !== undefined;
  let rest = head;
  const take = (pattern: RegExp): string[] | undefined => {
    const found = rest.match(pattern) ?? undefined;
    if (found) rest = rest.slice(found[0].length).replace(/^(?:,| and\b)?\s+/, "");
    return found;
  };
  let isRule = false;
  for (let found; (found = take(RANGE) ?? take(LIMIT) ?? take(/^(whole)(?= |,|$)/i) ?? take(/^(day)(?: or "")?$/i));) {
    isRule = true;
    const [text, first, second] = found;
    const word = first.toLowerCase();
    if (word === "whole") rule.isWhole = true;
    else if (word === "day") rule.day = text.endsWith('""') ? "or empty" : "needed";
    else if (word === "at least" || word === "above") setLimit(rule, "least", second, word === "above");
    else if (word === "at most" || word === "below") setLimit(rule, "most", second, word === "below");
    else {
      setLimit(rule, "least", first, false);
      setLimit(rule, "most", second, false);
    }
  }
  const isUnit = rest.split(/\s+/).length <= LONGEST_UNIT_WORDS && !/[,;.]/.test(rest);
  if (!(isRule || (hasColon && isUnit))) return rule;
  return isUnit
    ? { ...rule, unit: rest, meaning: meaning ?? "" }
    : { ...rule, meaning: hasColon ? `${rest}: ${meaning}` : rest };
}

/** Whether all numbers and texts in a value are what the rule allows. */
export function followsRule(rule: ParameterRule, value: ParameterValue): boolean {
  if (Array.isArray(value)) return value.every((each) => followsRule(rule, each));
  if (typeof value === "string") {
    return rule.day === "no" || isIsoDay(value) || (value === "" && rule.day === "or empty");
  }
  if (typeof value !== "number") return true;
  const { least, most, isOpen, isWhole } = rule;
  const isInside = (isOpen.least ? value > least : value >= least) && (isOpen.most ? value < most : value <= most);
  return isInside && (!isWhole || Number.isSafeInteger(value));
}

/** What the rule allows, as the comment says it: `1 to 250 whole days`. Empty where it allows all. */
export function describeRule({ unit, least, most, isOpen, isWhole, day }: ParameterRule): string {
  const isRange = least > -Infinity && most < Infinity && !isOpen.least && !isOpen.most;
  const limits = isRange ? [`${least} to ${most}`] : [
    least > -Infinity ? `${isOpen.least ? "above" : "at least"} ${least}` : "",
    most < Infinity ? `${isOpen.most ? "below" : "at most"} ${most}` : "",
  ].filter((each) => each !== "");
  const days = { no: "", needed: "day", "or empty": 'day or ""' }[day];
  return [limits.join(", "), isWhole ? "whole" : "", days, unit].filter((each) => each !== "").join(" ");
}

function setLimit(rule: ParameterRule, which: "least" | "most", text: string, isOpen: boolean): void {
  rule[which] = Number(text.replaceAll("_", ""));
  rule.isOpen[which] = isOpen;
}
