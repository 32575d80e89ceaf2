import { checkInteger } from "@lib/core";
import type { CombinatorialSplit } from "./combinatorial_purged.ts";
import type { Dataset } from "./dataset.ts";
import { gatherRows, type TrainingRows, type TrainingRowsOptions } from "./training_rows.ts";

/**
 * The rows of a combinatorial split that a model may learn from: on a day to train on, enough known features, a known
 * target, and no return in common with a tested label.
 *
 * The split counts days of the calendar; where a symbol skips days its labels reach further, so that here they are held
 * against each other row by row (`knownOn`): a row before a tested group must be known by the group's first close, one
 * after it must come an embargo later than the symbol's last tested outcome.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * import { combinatorialPurged, joinRows } from "@lib/dataset";
 * const date = weekdays("2020-01-01", 12);
 * const value = Float64Array.from(date.keys());
 * const bare = Panel.fromRows({ symbol: date.map(() => "A"), date, columns: {} });
 * const targets = bare.with({ target: value.map((day) => day < 10 ? day / 100 : NaN) });
 * const dataset = joinRows({ features: bare.with({ value }), targets }, { target: "target", horizonDays: 2 });
 * const { splits } = combinatorialPurged(date, { groups: 3, testGroups: 1, horizonDays: 2, embargoDays: 1 });
 * assert.deepEqual(splits.map((split) => [...combinatorialTrainingRows(dataset, split).day]), [
 *   [6, 7, 8, 9],
 *   [0, 1, 2],
 *   [0, 1, 2, 3, 4, 5, 6],
 * ]);
 * ```
 *
 * @throws {RangeError} If the split was cut for a shorter horizon than the target has, or no row is left.
 */
export function combinatorialTrainingRows(
  dataset: Dataset,
  split: CombinatorialSplit,
  options: TrainingRowsOptions = {},
): TrainingRows {
  const action = `gather the training rows of split ${split.name}`;
  const { everyDays = 1, offsetDays = 0, ...gather } = options;
  checkInteger(action, "everyDays", everyDays, { least: 1 });
  checkInteger(action, "offsetDays", offsetDays, { least: 0, most: everyDays - 1 });
  if (split.horizonDays < dataset.horizonDays) {
    throw new RangeError(
      `Cannot ${action}: its horizonDays must be at least the target's ${dataset.horizonDays}, current value is ${split.horizonDays}`,
    );
  }
  const { features: { rows, dayOf, symbolOf, dates }, target, usable, knownOn } = dataset;
  const trains = new Uint8Array(dates.length);
  for (const [from, to] of split.trainDays) trains.fill(1, from, to);
  const lastTested = lastOutcomes(dataset, split);
  const meetsTest = (row: number) =>
    split.testDays.some(([from], group) =>
      knownOn[row] > from && dayOf[row] < lastTested[group][symbolOf[row]] + split.embargoDays
    );
  const kept: number[] = [];
  for (let row = 0; row < rows; row++) {
    const day = dayOf[row];
    if (trains[day] === 0 || day % everyDays !== offsetDays) continue;
    if (usable[row] === 1 && !Number.isNaN(target[row]) && !meetsTest(row)) kept.push(row);
  }
  if (kept.length === 0) throw new RangeError(`Cannot ${action}: there must be rows to fit on, current number is 0`);
  return gatherRows(dataset, Int32Array.from(kept), gather);
}

/** For each tested group the day on which the last of each symbol's outcomes is known; -Infinity without any. */
function lastOutcomes({ features, target, knownOn }: Dataset, { testDays }: CombinatorialSplit): Float64Array[] {
  const last = testDays.map(() => new Float64Array(features.symbols.length).fill(-Infinity));
  for (let row = 0; row < features.rows; row++) {
    if (Number.isNaN(target[row])) continue;
    const day = features.dayOf[row];
    const group = testDays.findIndex(([from, to]) => day >= from && day < to);
    if (group < 0) continue;
    const symbol = features.symbolOf[row];
    last[group][symbol] = Math.max(last[group][symbol], knownOn[row]);
  }
  return last;
}
