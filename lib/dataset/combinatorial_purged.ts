import { checkInteger } from "@lib/core";
import type { DayRange } from "./walk_forward.ts";

/** One way to choose the groups of days that are tested. */
export interface CombinatorialSplit {
  /** The tested groups, counted from 1: `1+4`. */
  readonly name: string;
  /** Tested groups, as indices into the groups, rising. */
  readonly testGroups: readonly number[];
  /** For each tested group the path that its forecasts belong to, counted from 0. */
  readonly paths: readonly number[];
  /** Days of each tested group. */
  readonly testDays: readonly DayRange[];
  /** Days whose rows the model is fitted on: before, between and after what is tested. */
  readonly trainDays: readonly DayRange[];
  /** Days left out because their label would share a return with a tested one. */
  readonly purgedDays: number;
  /** Days left out after the labels of each tested stretch. */
  readonly embargoedDays: number;
  /** Trading days from the day of the features to the day at whose close the target is known. */
  readonly horizonDays: number;
  /** Trading days kept free after the last tested outcome of each stretch. */
  readonly embargoDays: number;
}

/** Every way to test so many of some groups of days, and the paths that come of it. */
export interface CombinatorialPurged {
  /** Days of each group. */
  readonly groups: readonly DayRange[];
  /** In lexicographic order of their groups. */
  readonly splits: readonly CombinatorialSplit[];
  /** Number of paths: each has one forecast of every day, its groups forecast by different splits. */
  readonly paths: number;
}

/** Options of {@linkcode combinatorialPurged}. */
export interface CombinatorialPurgedOptions {
  /** Groups of consecutive days, 2 to 20. Default 6. */
  groups?: number;
  /** Groups that each split tests. Default 2. */
  testGroups?: number;
  /** Trading days from the day of the features to the day at whose close the target is known. */
  horizonDays: number;
  /**
   * Trading days kept free after the last tested outcome of each stretch: features there still remember the tested days.
   * Default: 1 % of the days, rounded up.
   */
  embargoDays?: number;
}

/**
 * Combinatorial purged cross-validation: cuts the days into groups and tests every choice of some of them, each with a
 * model fitted on the rest.
 *
 * N groups, k of them tested: C(N, k) splits. Every group is tested by C(N, k) k / N of them, and as many paths come of
 * it: the j-th split that tests a group gives that group's part of path j. Groups have floor(days / N) days, the last
 * one the remainder too.
 *
 * What is left out of training. The label of day t covers the returns of the days t + 1 to t + h. Before a tested
 * stretch the h - 1 days are purged whose labels reach into its first one; after it the h - 1 days into whose labels
 * its last one reaches, and then the embargo. Tested groups that lie side by side are one stretch. With h = 3 and an
 * embargo of 2 (`x` trains, `T` tests, `p` purged, `e` embargo):
 * ```text
 * x x x x p p T T T T T T p p e e x x x x
 * ```
 *
 * The models of a path have seen the future of what they forecast: its labels leak nothing, but nobody could have traded
 * it. It shows how far a score hangs on the days that were learnt from, not what a walk forward would have earned.
 *
 * Source: Lopez de Prado (2018), Advances in Financial Machine Learning, chapters 7 and 12.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { weekdays } from "@lib/core";
 * const { splits, paths } = combinatorialPurged(weekdays("2020-01-01", 60), { horizonDays: 3, embargoDays: 2 });
 * assert.deepEqual([splits.length, paths], [15, 5]);
 * assert.deepEqual(splits[1].testDays, [[0, 10], [20, 30]]);
 * assert.deepEqual(splits[1].trainDays, [[14, 18], [34, 60]]);
 * ```
 *
 * @param dates The trading calendar, rising ISO days: `dates` of the panel.
 * @throws {RangeError} If an option is out of range, or a split has no day left to train on.
 */
export function combinatorialPurged(dates: readonly string[], {
  groups: groupCount = 6,
  testGroups = 2,
  horizonDays,
  embargoDays = Math.ceil(dates.length / 100),
}: CombinatorialPurgedOptions): CombinatorialPurged {
  const action = "split days combinatorially";
  checkInteger(action, "groups", groupCount, { least: 2, most: 20 });
  checkInteger(action, "testGroups", testGroups, { least: 1, most: groupCount - 1 });
  checkInteger(action, "horizonDays", horizonDays, { least: 1 });
  checkInteger(action, "embargoDays", embargoDays, { least: 0 });
  checkInteger(action, "the number of days", dates.length, { least: groupCount });
  const days = dates.length;
  const size = Math.floor(days / groupCount);
  const groups = Array.from({ length: groupCount }, (_, group): DayRange => [
    group * size,
    group === groupCount - 1 ? days : (group + 1) * size,
  ]);
  const testedBefore = groups.map(() => 0);
  const splits = choices(groupCount, testGroups).map((chosen): CombinatorialSplit => {
    const testDays = chosen.map((group) => groups[group]);
    const { trainDays, purgedDays, embargoedDays } = around(testDays, { days, horizonDays, embargoDays });
    const name = chosen.map((group) => group + 1).join("+");
    if (trainDays.length === 0) {
      throw new RangeError(
        `Cannot ${action}: split ${name} must have a day to train on, purge and embargo leave none of ${days} days`,
      );
    }
    const paths = chosen.map((group) => testedBefore[group]++);
    return {
      name,
      testGroups: chosen,
      paths,
      testDays,
      trainDays,
      purgedDays,
      embargoedDays,
      horizonDays,
      embargoDays,
    };
  });
  return { groups, splits, paths: testedBefore[0] };
}

/** What may be learnt from around the tested days, and how many days that leaves out. */
function around(
  testDays: readonly DayRange[],
  { days, horizonDays, embargoDays }: { days: number; horizonDays: number; embargoDays: number },
) {
  const [learnable, purged, embargoed, tested] = [0, 1, 2, 3];
  const use = new Uint8Array(days); // the strongest reason to leave a day out
  const raise = (from: number, to: number, reason: number) => {
    for (let day = Math.max(0, from); day < Math.min(days, to); day++) use[day] = Math.max(use[day], reason);
  };
  for (const [from, to] of testDays) {
    const labelsEnd = to + horizonDays - 1; // the first day whose label shares no return with the last tested one
    raise(from - horizonDays + 1, labelsEnd, purged);
    raise(labelsEnd, labelsEnd + embargoDays, embargoed);
  }
  for (const [from, to] of testDays) raise(from, to, tested);
  const trainDays: DayRange[] = [];
  for (let from = 0; from < days; from++) {
    if (use[from] !== learnable) continue;
    const to = from + [...use.subarray(from), tested].findIndex((reason) => reason !== learnable);
    trainDays.push([from, to]);
    from = to;
  }
  const count = (reason: number) => use.reduce((sum, own) => sum + (own === reason ? 1 : 0), 0);
  return { trainDays, purgedDays: count(purged), embargoedDays: count(embargoed) };
}

/** All ways to choose `size` of the numbers below `count`, in lexicographic order. */
function choices(count: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  const found: number[][] = [];
  for (let first = from; first <= count - size; first++) {
    for (const rest of choices(count, size - 1, first + 1)) found.push([first, ...rest]);
  }
  return found;
}
