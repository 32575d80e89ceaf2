import { checkInteger, checkSameLength } from "@lib/core";

/** Result of {@linkcode overfittingProbability}. */
export interface OverfittingProbability {
  /** Share of splits whose winner in sample ranks in the lower half out of sample. Pure noise gives about one half. */
  probability: number;
  /** Share of splits whose winner in sample has a Sharpe ratio below 0 out of sample. */
  lossProbability: number;
  /** Rank of the winner out of sample by split, as a share between 0 (worst) and 1 (best) of trials + 1. */
  ranks: Float64Array;
  splits: number;
}

/** Options of {@linkcode overfittingProbability}. */
export interface OverfittingProbabilityOptions {
  /** Blocks of consecutive periods that the record is cut into; an even number. Default 16: 12,870 splits. */
  blocks?: number;
}

/**
 * Probability of backtest overfitting: how often the best of several trials on one half of the record is worse than the
 * median on the other half, over all ways to put the blocks of the record into two equal halves (combinatorially
 * symmetric cross-validation).
 *
 * The rank w out of sample is (1 + number of trials below the winner + half of its ties) / (trials + 1); the split counts
 * where w <= 1/2, so where its logit is not above 0. The measure of a trial is its Sharpe ratio (divisor n - 1); one that
 * does not vary counts as 0. Where periods are no multiple of the blocks, the first blocks are longer by one.
 *
 * Source: Bailey, Borwein, Lopez de Prado and Zhu (2017), Journal of Computational Finance 20.
 *
 * @example A trial that is better throughout is no overfit
 * ```ts
 * import assert from "node:assert/strict";
 * const wave = (level: number) => Float64Array.from({ length: 64 }, (_, day) => level + Math.sin(day));
 * assert.equal(overfittingProbability([wave(0), wave(0.5), wave(0.1)], { blocks: 8 }).probability, 0);
 * ```
 *
 * @param returns One array a trial, each of shape (periods,), none missing.
 * @throws {RangeError} If there are fewer than two trials, `blocks` is odd, or a block would have fewer than two periods.
 * @throws {TypeError} If the lengths differ.
 */
export function overfittingProbability(
  returns: readonly Float64Array[],
  { blocks = 16 }: OverfittingProbabilityOptions = {},
): OverfittingProbability {
  const action = "estimate the probability of overfitting";
  checkInteger(action, "the number of trials", returns.length, { least: 2 });
  checkInteger(action, "half of blocks", blocks / 2, { least: 1, most: 10 });
  checkSameLength(action, Object.fromEntries(returns.map(({ length }, trial) => [`trial ${trial + 1}`, length])));
  const periods = returns[0].length;
  checkInteger(action, "the number of periods", periods, { least: 2 * blocks });

  const sums = returns.map((own) => blockSums(own, blocks));
  const halves = halvesOf(blocks);
  const ranks = new Float64Array(halves.length);
  let [overfitted, lost] = [0, 0];
  // What is outside of one half is inside of its complement: each is measured once.
  const measured = new Map(halves.map((half) => [half, Float64Array.from(sums, (own) => sharpeOf(own, half))]));
  const all = 2 ** blocks - 1;
  halves.forEach((half, split) => {
    const [inside, outside] = [measured.get(half)!, measured.get(all ^ half)!];
    let winner = 0;
    for (let trial = 1; trial < inside.length; trial++) if (inside[trial] > inside[winner]) winner = trial;
    const won = outside[winner];
    let below = 0;
    for (let trial = 0; trial < outside.length; trial++) {
      if (trial !== winner) below += outside[trial] < won ? 1 : outside[trial] === won ? 0.5 : 0;
    }
    ranks[split] = (1 + below) / (returns.length + 1);
    if (ranks[split] <= 0.5) overfitted++;
    if (won < 0) lost++;
  });
  const splits = halves.length;
  return { probability: overfitted / splits, lossProbability: lost / splits, ranks, splits };
}

/** Count, sum and sum of squares of each block. */
interface BlockSums {
  count: number;
  sum: number;
  squares: number;
}

function blockSums(returns: Float64Array, blocks: number): BlockSums[] {
  const [least, longer] = [Math.floor(returns.length / blocks), returns.length % blocks];
  const centre = returns.reduce((sum, value) => sum + value, 0) / returns.length; // squares of small numbers stay exact
  return Array.from({ length: blocks }, (_, block) => {
    const from = block * least + Math.min(block, longer);
    const own = returns.subarray(from, from + least + (block < longer ? 1 : 0));
    const squares = own.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    const shifted = own.reduce((sum, value) => sum + value - centre, 0);
    return { count: own.length, sum: shifted + own.length * centre, squares: squares - shifted ** 2 / own.length };
  });
}

/** Sharpe ratio of a period over the blocks of the half. Squares are about each block's mean. */
function sharpeOf(blocks: readonly BlockSums[], half: number): number {
  let [count, sum, squares] = [0, 0, 0];
  for (let block = 0; block < blocks.length; block++) {
    if ((half >> block & 1) === 0) continue;
    const { count: own, sum: ownSum, squares: ownSquares } = blocks[block];
    if (count > 0) squares += (sum / count - ownSum / own) ** 2 * count * own / (count + own);
    squares += ownSquares;
    count += own;
    sum += ownSum;
  }
  const deviation = Math.sqrt(squares / (count - 1));
  return deviation > 0 ? sum / count / deviation : 0;
}

/** Every choice of half of the blocks, as bits. */
function halvesOf(blocks: number): number[] {
  const halves: number[] = [];
  for (let half = 0; half < 2 ** blocks; half++) {
    let [rest, ones] = [half, 0];
    for (; rest !== 0; rest &= rest - 1) ones++;
    if (ones === blocks / 2) halves.push(half);
  }
  return halves;
}
