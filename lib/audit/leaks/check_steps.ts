import { normalRandom, type Panel, seededRandom } from "@lib/core";
import type { Leak, RoadCheck } from "@lib/f4";
import { type Difference, difference } from "./_difference.ts";
import { lastColumns, upTo, walk, type Walked } from "./_walk.ts";
import type { Road } from "./road.ts";

/** The leaks that a replay of the steps tells apart by what changes: values early on, the choice of columns, values late. */
const OF_STEPS = [
  "preprocessing on train and test",
  "feature selection on train and test",
  "temporal leakage",
] as const satisfies readonly Leak[];

/**
 * Truncation replay of the whole road up to the join: what the steps make of a market that ends at a day must be, to
 * the last bit, what the data set says of the days up to it.
 *
 * @param replayed The road walked on the market up to some day.
 * @returns A check for each leak that it tells apart, and the columns of the last step that differ.
 * @throws {RangeError} If the steps do not give the data set's features on the whole market either: then they are not
 * those that made it.
 */
export function checkTruncation(road: Road, replayed: Walked): { checks: RoadCheck[]; changed: string[] } {
  const name = "truncation replay";
  const lastDay = replayed.market.dates.at(-1)!;
  const options = { lastDay, done: "cut off" };
  const { features } = road.dataset;
  const last = difference(features, lastColumns(replayed), options);
  if (last === null) {
    const { names, rows } = lastColumns(replayed);
    const words = `${names.length} columns of ${rows} rows up to ${lastDay} are the same without the days after it`;
    return { checks: OF_STEPS.map((leak) => clear(name, leak, road, words)), changed: [] };
  }
  const whole = walk(road, road.market);
  const other = difference(features, lastColumns(whole), { lastDay: features.dates.at(-1)!, done: "left as they are" });
  if (other !== null) {
    throw new RangeError(
      `Cannot inspect a road: its steps must give the features of its data set, current difference in ${
        other.column ?? "rows"
      } is that ${other.words}`,
    );
  }
  const fault = found(name, firstFault(whole, replayed, options)!);
  const hidden = OF_STEPS.filter((leak) => leak !== fault.leak).map((leak): RoadCheck => {
    const words = `what is found at ${fault.step} would hide it`;
    return { ...fault, leak, outcome: "not checked", column: null, words };
  });
  return { checks: [fault, ...hidden], changed: last.columns };
}

/**
 * The same question asked with noise: where the days after one are replaced, nothing of the days up to it may change.
 * Asked of part of the names, and of days before the first that is tested, so that it also finds what was fitted to the
 * training and the test part together.
 */
export function checkFutureNoise(road: Road, { clean, noise, lastDay }: Noised): RoadCheck {
  const name = "future noise";
  const fault = firstFault(clean, noise, { lastDay, done: "replaced by noise" });
  if (fault) return found(name, fault);
  const words = `nothing of the days up to ${lastDay} changes when those after it are replaced by noise, in ` +
    `${clean.market.symbols.length} names`;
  return clear(name, "temporal leakage", road, words);
}

/** A road walked twice on part of the names: as the market was, and with noise in place of what came after a day. */
export interface Noised {
  clean: Walked;
  noise: Walked;
  /** Last day (ISO) that is the same in both. */
  lastDay: string;
}

/** A market whose days after one (ISO) are multiplied by noise, each value of each column by its own. */
export function withFutureNoise(market: Panel, { lastDay, seed }: { lastDay: string; seed: number }): Panel {
  const normal = normalRandom(seededRandom(seed));
  const isKept = market.dates.map((date) => date <= lastDay);
  return market.with(Object.fromEntries(market.names.map((name) => [
    name,
    market.column(name).map((value, row) => isKept[market.dayOf[row]] ? value : value * Math.exp(0.1 * normal())),
  ])));
}

/** Options of {@linkcode walkNoised}; days are ISO. */
export interface WalkNoisedOptions {
  /** Last day that stays as it was. */
  lastDay: string;
  /** Last day of the market that is walked. */
  end: string;
  seed: number;
  /** Names are left out, every so many, until about so many rows are left, but never below 30 names. */
  mostRows?: number;
}

/** The road on part of the names up to `end`, as it was and with noise after `lastDay`. */
export function walkNoised(road: Road, { lastDay, end, seed, mostRows = 60_000 }: WalkNoisedOptions): Noised {
  const whole = upTo(road.market, end);
  const everyName = Math.max(1, Math.floor(Math.min(whole.rows / mostRows, whole.symbols.length / 30)));
  const market = whole.select((row) => whole.symbolOf[row] % everyName === 0);
  return { clean: walk(road, market), noise: walk(road, withFutureNoise(market, { lastDay, seed })), lastDay };
}

function firstFault(
  whole: Walked,
  part: Walked,
  options: { lastDay: string; done: string },
): Difference & { step: string } | undefined {
  for (const [place, { step, columns }] of whole.stages.entries()) {
    const fault = difference(columns, part.stages[place].columns, options);
    if (fault) return { ...fault, step };
  }
}

function clear(check: string, leak: Leak, { steps }: Road, words: string): RoadCheck {
  return { check, leak, outcome: "clear", step: Object.keys(steps).join(", "), column: null, words };
}

function found(check: string, { leak, step, column, words }: Difference & { step: string }): RoadCheck {
  return { check, leak, outcome: "found", step, column, words };
}
