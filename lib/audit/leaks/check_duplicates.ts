import type { Panel } from "@lib/core";
import type { Matrix } from "@lib/dataset";
import type { RoadCheck } from "@lib/f4";
import type { RecordedFit } from "./_recorder.ts";
import { ROAD_LIMITS } from "./road_limits.ts";

/**
 * Stretches of history that stand in the market twice: the same returns on consecutive rows, on other days or under
 * another name. Whoever learns from one of them knows the other.
 *
 * @param firstTested First day that is tested: copies among the days before it are left to whoever cleans the data.
 */
export function checkRepeatedHistory(market: Panel, { firstTested }: { firstTested: string }): RoadCheck {
  const about = { check: "repeated history", leak: "duplicates", step: "market", column: "return" } as const;
  if (!market.has("return")) return { ...about, outcome: "not checked", words: "the market has no column return" };
  const prints = runPrints(market);
  const twice = repeated(prints);
  const from = market.dates.findIndex((date) => date >= firstTested);
  const places = new Map<number, number[]>();
  if (twice.size > 0) {
    prints.forEach((print, row) => {
      if (twice.has(print)) places.set(print, [...(places.get(print) ?? []), row]);
    });
  }
  let [copies, example] = [0, ""];
  for (const rows of places.values()) {
    for (const row of rows.slice(1)) {
      if (!isSameRun(market, rows[0], row) || Math.max(market.dayOf[rows[0]], market.dayOf[row]) < from) continue;
      copies++;
      const [one, other] = [market.key(rows[0]), market.key(row)];
      example ||= `${other.symbol} up to ${other.date} repeats ${one.symbol} up to ${one.date}`;
    }
  }
  const days = ROAD_LIMITS.runDays.value;
  return {
    ...about,
    outcome: copies > 0 ? "found" : "clear",
    words: copies > 0
      ? `${copies} runs of ${days} returns stand in the market a second time, for example ${example}`
      : `no ${days} returns in a row stand in the market twice`,
  };
}

/**
 * Rows that are tested and were learnt from on another day, equal in every feature. Asked only where the features can
 * tell rows apart at all.
 */
export function checkRepeatedRows(fits: readonly RecordedFit[], { firstTested }: { firstTested: number }): RoadCheck {
  const about = { check: "rows on both sides of the split", leak: "duplicates", step: "rows", column: null } as const;
  const [fit] = fits;
  const tested = fit?.asked[0];
  if (!tested) return { ...about, outcome: "not checked", words: "no fit was asked for a forecast" };
  const learnt = fit.rows.features;
  const pairs = learnt.rows * tested.rows;
  if (logDistinct(learnt) < Math.log10(pairs * ROAD_LIMITS.distinctPairs.value)) {
    const words = `${learnt.columns.length} features with few values do not tell rows apart`;
    return { ...about, outcome: "not checked", words };
  }
  const prints = new Set<number>();
  rowPrints(learnt).forEach((print, row) => {
    if (fit.rows.day[row] < firstTested) prints.add(print);
  });
  const copies = rowPrints(tested).reduce((count, print) => count + (prints.has(print) ? 1 : 0), 0);
  const isFound = copies > ROAD_LIMITS.duplicateShare.value * tested.rows;
  return {
    ...about,
    outcome: isFound ? "found" : "clear",
    words:
      `${copies} of ${tested.rows} rows tested are equal in all ${learnt.columns.length} features to rows learnt from` +
      (isFound ? ` on other days, above ${100 * ROAD_LIMITS.duplicateShare.value} %` : ""),
  };
}

/** For each row a fingerprint of the run of returns that ends there; NaN where one is missing or 0. */
function runPrints(market: Panel): Float64Array {
  const returns = market.column("return");
  const bits = new Uint32Array(returns.buffer, returns.byteOffset, 2 * returns.length);
  const days = ROAD_LIMITS.runDays.value;
  return market.perSymbol((from, to) => {
    const prints = new Float64Array(to - from).fill(NaN);
    for (let row = from, known = 0; row < to; row++) {
      known = Number.isNaN(returns[row]) || returns[row] === 0 ? 0 : known + 1;
      if (known >= days) prints[row - from] = fingerprint(bits, 2 * (row - days + 1), 2 * (row + 1));
    }
    return prints;
  });
}

function isSameRun(market: Panel, one: number, other: number): boolean {
  const returns = market.column("return");
  for (let back = 0; back < ROAD_LIMITS.runDays.value; back++) {
    if (returns[one - back] !== returns[other - back]) return false;
  }
  return true;
}

function repeated(prints: Float64Array): Set<number> {
  const sorted = prints.toSorted();
  return new Set(sorted.filter((print, place) => place > 0 && print === sorted[place - 1]));
}

function rowPrints({ values, rows, columns }: Matrix): Float64Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.byteLength / 4);
  const width = columns.length * values.BYTES_PER_ELEMENT / 4;
  return Float64Array.from({ length: rows }, (_, row) => fingerprint(bits, row * width, (row + 1) * width));
}

/** 53 bits of FNV-1a over words, from two streams. */
function fingerprint(bits: Uint32Array, from: number, to: number): number {
  let [high, low] = [0x811c9dc5, 0x01000193];
  for (let word = from; word < to; word++) {
    high = Math.imul(high ^ bits[word], 0x01000193);
    high ^= high >>> 15;
    low = Math.imul(low ^ bits[word], 0x85ebca6b);
    low ^= low >>> 13;
  }
  return (high >>> 0) % 0x200000 * 0x100000000 + (low >>> 0);
}

/** Logarithm of how many different rows the values of the columns could make up, seen in a sample of rows. */
function logDistinct({ values, rows, columns }: Matrix): number {
  const sample = Math.min(rows, 2000);
  const every = Math.max(1, Math.floor(rows / sample));
  return columns.reduce((sum, _, column) => {
    const seen = new Set<number>();
    for (let row = 0; row < rows; row += every) seen.add(values[row * columns.length + column]);
    return sum + Math.log10(seen.size);
  }, 0);
}
