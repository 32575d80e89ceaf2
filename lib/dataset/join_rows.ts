import { checkInteger, checkNumber, type Panel } from "@lib/core";
import type { Dataset, RowCounts } from "./dataset.ts";

/** Options of {@linkcode joinRows}. */
export interface JoinRowsOptions {
  /** Name of the target's column. */
  target: string;
  /** Trading days from the day of the features to the day at whose close the target is known. */
  horizonDays: number;
  /** Names of further outcomes, which look no further ahead, for models that learn several. Default: none. */
  outcomes?: readonly string[];
  /** Smallest share of known features with which a row may be learnt from and forecast. Default 0.5. */
  leastKnownShare?: number;
  /**
   * Largest share of rows that may be lost for reasons other than warm-up and the end of the horizon. Default 0.05.
   */
  mostLostShare?: number;
}

/**
 * Puts features and one target side by side, row by row of the same (symbol, date), and counts what is lost and why.
 *
 * The rows stay those of the features; columns are shared, not copied. Panels over the same index, the usual case, are
 * joined without looking at a key.
 *
 * The horizon is checked against the target itself: if the last known target lies further from the end of the targets
 * than `horizonDays`, the label looks further ahead than was said, and a purge by that horizon would leak.
 *
 * @example The outcome of the last day is not known yet: it is no row to learn from, but one to forecast
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const index = { symbol: ["A", "A", "A"], date: ["2020-01-02", "2020-01-03", "2020-01-06"] };
 * const features = Panel.fromRows({ ...index, columns: { momentum_1: Float64Array.of(NaN, 0.02, -0.01) } });
 * const targets = Panel.fromRows({ ...index, columns: { target_return_1: Float64Array.of(0.02, -0.01, NaN) } });
 * const { counts, usable } = joinRows({ features, targets }, { target: "target_return_1", horizonDays: 1 });
 * assert.deepEqual([counts.warmUp, counts.trainable, counts.horizonEnd], [1, 1, 1]);
 * assert.deepEqual(usable, Uint8Array.of(0, 1, 1));
 * ```
 *
 * @throws {RangeError} If there are no features or no such target, the target looks further ahead than `horizonDays`, a
 * row has an infinite target, or too many rows are lost.
 */
export function joinRows(
  { features, targets }: { features: Panel; targets: Panel },
  { target: targetName, horizonDays, outcomes = [], leastKnownShare = 0.5, mostLostShare = 0.05 }: JoinRowsOptions,
): Dataset {
  const action = "join features and targets";
  checkInteger(action, "horizonDays", horizonDays, { least: 1 });
  checkNumber(action, "leastKnownShare", leastKnownShare, { least: 0, most: 1 });
  checkNumber(action, "mostLostShare", mostLostShare, { least: 0, most: 1 });
  if (features.names.length === 0) {
    throw new RangeError(`Cannot ${action}: features must have at least one column, current number is 0`);
  }
  checkHorizon(targets, targetName, horizonDays);
  const { target, present, matched } = aligned(features, targets, targetName);
  const infinite = target.findIndex((value) => Math.abs(value) === Infinity);
  if (infinite >= 0) {
    const { symbol, date } = features.key(infinite);
    throw new RangeError(
      `Cannot ${action}: ${targetName} must be finite or missing, current value of ${symbol} on ${date} is ${
        target[infinite]
      }`,
    );
  }
  const usable = withEnoughKnown(features, leastKnownShare);
  const counts = countRows(features, { target, usable, present, horizonDays });
  counts.onlyInTargets = targets.rows - matched;
  checkLoss(counts, { features, usable, mostLostShare });
  const further = outcomes.map((name) => {
    checkHorizon(targets, name, horizonDays);
    return [name, aligned(features, targets, name).target];
  });
  return {
    features,
    targetName,
    target,
    ...(outcomes.length > 0 && { outcomes: Object.fromEntries(further) }),
    usable,
    horizonDays,
    knownOn: knownOn(features, horizonDays),
    counts,
  };
}

/** A target that looks h days ahead is unknown on the last h days: a longer silence betrays a longer look. */
function checkHorizon(targets: Panel, targetName: string, horizonDays: number): void {
  const target = targets.column(targetName);
  let lastKnown = -1;
  for (let row = 0; row < targets.rows; row++) {
    if (targets.dayOf[row] > lastKnown && !Number.isNaN(target[row])) lastKnown = targets.dayOf[row];
  }
  const silentDays = targets.dates.length - 1 - lastKnown;
  if (lastKnown < 0) {
    throw new RangeError(`Cannot join features and targets: ${targetName} must have known values, current number is 0`);
  }
  if (silentDays > horizonDays) {
    throw new RangeError(
      `Cannot join features and targets: ${targetName} must be known up to horizonDays ${horizonDays} before the end ` +
        `of the targets (or it looks further ahead than that), current distance is ${silentDays} days`,
    );
  }
}

/** The target in the order of the features' rows, and which of those rows the targets have at all. */
function aligned(features: Panel, targets: Panel, targetName: string) {
  const source = targets.column(targetName);
  if (sameIndex(features, targets)) {
    return { target: source, present: new Uint8Array(features.rows).fill(1), matched: features.rows };
  }
  const target = new Float64Array(features.rows).fill(NaN);
  const present = new Uint8Array(features.rows);
  let matched = 0;
  const symbolCode = new Map(targets.symbols.map((name, code) => [name, code]));
  const dayCode = new Map(features.dates.map((date, code) => [date, code]));
  const dayInFeatures = Int32Array.from(targets.dates, (date) => dayCode.get(date) ?? -1);
  features.symbols.forEach((name, symbol) => {
    const other = symbolCode.get(name);
    if (other === undefined) return;
    const rowOfDay = new Map<number, number>();
    for (let row = targets.starts[other]; row < targets.starts[other + 1]; row++) {
      rowOfDay.set(dayInFeatures[targets.dayOf[row]], row);
    }
    for (let row = features.starts[symbol]; row < features.starts[symbol + 1]; row++) {
      const from = rowOfDay.get(features.dayOf[row]);
      if (from === undefined) continue;
      target[row] = source[from];
      present[row] = 1;
      matched++;
    }
  });
  return { target, present, matched };
}

function sameIndex(a: Panel, b: Panel): boolean {
  const equal = <Element>(x: ArrayLike<Element>, y: ArrayLike<Element>) => {
    if (x === y) return true;
    if (x.length !== y.length) return false;
    for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return false;
    return true;
  };
  return equal(a.dayOf, b.dayOf) && equal(a.starts, b.starts) && equal(a.symbols, b.symbols) && equal(a.dates, b.dates);
}

function withEnoughKnown(features: Panel, leastKnownShare: number): Uint8Array {
  const known = new Uint16Array(features.rows);
  for (const name of features.names) {
    const column = features.column(name);
    for (let row = 0; row < known.length; row++) if (!Number.isNaN(column[row])) known[row]++;
  }
  const least = Math.max(1, leastKnownShare * features.names.length);
  return Uint8Array.from(known, (count) => count >= least ? 1 : 0);
}

function countRows(
  features: Panel,
  { target, usable, present, horizonDays }: {
    target: Float64Array;
    usable: Uint8Array;
    present: Uint8Array;
    horizonDays: number;
  },
): RowCounts {
  const counts: RowCounts = {
    trainable: 0,
    onlyInTargets: 0,
    warmUp: 0,
    tooFewFeatures: 0,
    horizonEnd: 0,
    onlyInFeatures: 0,
    noTarget: 0,
  };
  for (let symbol = 0; symbol < features.symbols.length; symbol++) {
    const end = features.starts[symbol + 1];
    const lastDay = features.dayOf[end - 1];
    let warm = false;
    for (let row = features.starts[symbol]; row < end; row++) {
      warm ||= usable[row] === 1;
      if (!usable[row]) counts[warm ? "tooFewFeatures" : "warmUp"]++;
      else if (!Number.isNaN(target[row])) counts.trainable++;
      else if (features.dayOf[row] + horizonDays > lastDay) counts.horizonEnd++;
      else if (!present[row]) counts.onlyInFeatures++;
      else counts.noTarget++;
    }
  }
  return counts;
}

function checkLoss(
  counts: RowCounts,
  { features, usable, mostLostShare }: { features: Panel; usable: Uint8Array; mostLostShare: number },
): void {
  const { onlyInTargets, tooFewFeatures, onlyInFeatures, noTarget } = counts;
  const rows = features.rows + onlyInTargets;
  const lost = onlyInTargets + tooFewFeatures + onlyInFeatures + noTarget;
  if (lost <= mostLostShare * rows) return;
  const reasons = Object.entries({ onlyInTargets, tooFewFeatures, onlyInFeatures, noTarget })
    .map(([reason, count]) => `${reason} ${count}`).join(", ");
  throw new RangeError(
    `Cannot join features and targets: the share of rows lost other than to warm-up and horizon must be at most ${mostLostShare}, current value is ${
      (lost / rows).toFixed(4)
    } (${reasons})${tooFewFeatures > 0 ? `; ${holes(features, usable)}` : ""}`,
  );
}

/** Where most of the rows with too few features are: one missing value empties every window that spans it. */
function holes(features: Panel, usable: Uint8Array): string {
  const known = features.symbols.map((symbol, code) => {
    const own = usable.subarray(features.starts[code], features.starts[code + 1]);
    const first = own.indexOf(1);
    const warm = first < 0 ? own.subarray(0, 0) : own.subarray(first);
    return { symbol, rows: own.length, empty: warm.filter((flag) => flag === 0).length };
  });
  const { symbol, rows, empty } = known.reduce((worst, each) => each.empty > worst.empty ? each : worst);
  return `of those with too few features ${symbol} has most, ${empty} of its ${rows} rows: a missing bar empties every ` +
    "window that spans it";
}

function knownOn(features: Panel, horizonDays: number): Int32Array {
  const never = features.dates.length;
  const result = new Int32Array(features.rows).fill(never);
  for (let symbol = 0; symbol < features.symbols.length; symbol++) {
    const end = features.starts[symbol + 1];
    for (let row = features.starts[symbol]; row + horizonDays < end; row++) {
      result[row] = Math.max(features.dayOf[row] + horizonDays, features.dayOf[row + horizonDays]);
    }
  }
  return result;
}
