import { checkNumber } from "@lib/core";
import { normalProbability } from "./normal_distribution.ts";

/** A likelihood ratio test: chi-squared if the intervals are right. */
export interface CoverageTest {
  statistic: number;
  pValue: number;
}

/** Result of {@linkcode christoffersen}. */
export interface CoverageTests {
  /** Share of outcomes inside their interval. */
  coverage: number;
  /** Is the share the promised one? One degree of freedom (Kupiec 1995). */
  unconditional: CoverageTest;
  /** Do misses come one by one, or in clusters? One degree of freedom. */
  independence: CoverageTest;
  /** Both at once. Two degrees of freedom. */
  conditional: CoverageTest;
}

/** Options of {@linkcode christoffersen}. */
export interface ChristoffersenOptions {
  /** Coverage that the intervals promise, between 0 and 1. */
  confidence: number;
}

/**
 * Tests of Christoffersen for interval forecasts of one series: the right share of outcomes inside, and misses that do
 * not follow on each other, as they do where intervals are too slow for the volatility.
 *
 * The first outcome starts the chain: all three tests use the n - 1 others, so that the third is the sum of the first
 * two.
 *
 * Source: Christoffersen (1998), International Economic Review 39.
 *
 * @example Every tenth outcome outside: the right share, but too regular to be independent of the one before
 * ```ts
 * import assert from "node:assert/strict";
 * const inside = Array.from({ length: 201 }, (_, period) => period % 10 !== 5);
 * const { coverage, unconditional } = christoffersen(inside, { confidence: 0.9 });
 * assert.equal(coverage.toFixed(2), "0.90");
 * assert.ok(unconditional.pValue > 0.95);
 * ```
 *
 * @param inside Whether each outcome lay in its interval, in time order.
 * @returns NaN for fewer than two outcomes.
 * @throws {RangeError} If `confidence` is not between 0 and 1.
 */
export function christoffersen(inside: readonly boolean[], { confidence }: ChristoffersenOptions): CoverageTests {
  checkNumber("test coverage", "confidence", confidence, { least: 1e-9, most: 1 - 1e-9 });
  const moves = [[0, 0], [0, 0]]; // from miss or hit, to miss or hit
  for (let period = 1; period < inside.length; period++) {
    moves[Number(inside[period - 1])][Number(inside[period])]++;
  }
  const hits = moves[0][1] + moves[1][1];
  const misses = moves[0][0] + moves[1][0];
  const free = logLikelihood(hits, misses, hits / (hits + misses));
  const chain = moves.reduce((sum, [out, into]) => sum + logLikelihood(into, out, into / (into + out)), 0);
  const known = inside.length >= 2;
  const first = known ? 2 * (free - logLikelihood(hits, misses, confidence)) : NaN;
  const second = known ? 2 * (chain - free) : NaN;
  return {
    coverage: inside.filter(Boolean).length / inside.length,
    unconditional: { statistic: first, pValue: 2 * normalProbability(-Math.sqrt(Math.max(first, 0))) },
    independence: { statistic: second, pValue: 2 * normalProbability(-Math.sqrt(Math.max(second, 0))) },
    conditional: { statistic: first + second, pValue: Math.min(1, Math.exp(-(first + second) / 2)) },
  };
}

/** Of so many hits and misses where a hit has this probability; nothing observed is certain. */
function logLikelihood(hits: number, misses: number, probability: number): number {
  return (hits === 0 ? 0 : hits * Math.log(probability)) + (misses === 0 ? 0 : misses * Math.log(1 - probability));
}
