import { type Panel, seededRandom, shuffled } from "@lib/core";

/**
 * The same targets on the wrong days: each symbol's known values in random order. Whatever a model finds in them is
 * chance, so its score on them shows what its way of being scored gives away for nothing.
 *
 * All columns of a row move together, and rows with a missing value in any column stay where they are: the end of the
 * history keeps its unknown outcomes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "A", "A"],
 *   date: ["2020-01-02", "2020-01-03", "2020-01-06"],
 *   columns: { target_return_1: Float64Array.of(0.1, 0.2, NaN) },
 * });
 * const target = shuffleTargets(panel, { seed: 3 }).column("target_return_1");
 * assert.deepEqual(target.slice(0, 2).toSorted(), Float64Array.of(0.1, 0.2));
 * assert.ok(Number.isNaN(target[2]));
 * ```
 *
 * @throws {RangeError} If `seed` is no integer of 32 bits without sign.
 */
export function shuffleTargets(targets: Panel, { seed }: { seed: number }): Panel {
  const random = seededRandom(seed);
  const source = Int32Array.from(targets.dayOf.keys());
  const columns = targets.names.map((name) => targets.column(name));
  for (let symbol = 0; symbol < targets.symbols.length; symbol++) {
    const known = source.subarray(targets.starts[symbol], targets.starts[symbol + 1])
      .filter((row) => columns.every((column) => !Number.isNaN(column[row])));
    shuffled(known, random).forEach((from, place) => source[known[place]] = from);
  }
  return targets.with(
    Object.fromEntries(
      targets.names.map((name, index) => [name, Float64Array.from(source, (row) => columns[index][row])]),
    ),
  );
}
