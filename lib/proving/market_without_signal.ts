import { centredRanksByDay, checkOneOf, Panel, type Random, seededRandom, shuffled } from "@lib/core";
import { syntheticMarket } from "@lib/data";
import { forwardReturn, shuffleTargets } from "@lib/targets";

/** Ways to make a market in which nothing can be forecast. */
export const KINDS_WITHOUT_SIGNAL = [
  "independent returns",
  "shuffled targets",
  "block-shuffled dates",
  "real days, signs by lot",
] as const;

/** One of {@linkcode KINDS_WITHOUT_SIGNAL}. */
export type KindWithoutSignal = typeof KINDS_WITHOUT_SIGNAL[number];

/** What a road starts from: what was known at each close, and what came next. */
export interface KnownMarket {
  /** With the columns `index` and `return`, and perhaps `planted_signal`. */
  panel: Panel;
  /** The same rows, columns `target_return_<days>` and `target_rank_<days>`. */
  targets: Panel;
}

/** Options of {@linkcode marketWithoutSignal}. */
export interface MarketWithoutSignalOptions {
  kind: KindWithoutSignal;
  seed: number;
  /** Default 30. */
  symbols?: number;
  /** Trading days. Default 760. */
  days?: number;
  /** Days that an outcome covers. Default 1. Shuffled outcomes must not overlap: those kinds know only 1. */
  horizonDays?: number;
  /** The market whose days `real days, signs by lot` draws from, with the column `return` and no gaps. */
  real?: Panel;
}

const PLANTED = 0.05;
const BLOCK_DAYS = 21;

/**
 * A market in which no forecast can have skill, and every appearance of it is chance.
 *
 * - `independent returns`: a synthetic market of independent days.
 * - `shuffled targets`: a synthetic market with a planted signal, of which each symbol's outcomes were put on days drawn
 *   by lot. The signal is still there to see, and worth nothing.
 * - `block-shuffled dates`: the same, but whole blocks of 21 days of outcomes changed places, those of all symbols
 *   together, so that what moves together still does.
 * - `real days, signs by lot`: some symbols over a stretch of real days, the log returns of each day multiplied by one
 *   sign drawn for it. Fat tails, volatility clusters and common movements stay as they were; which way a day went is
 *   chance, so that no expected return is left. Log returns, because the order of the symbols within a day then turns
 *   exactly round.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { panel, targets } = marketWithoutSignal({ kind: "shuffled targets", seed: 1, symbols: 3, days: 60 });
 * assert.ok(panel.has("planted_signal"));
 * assert.deepEqual(targets.names, ["target_return_1", "target_rank_1"]);
 * ```
 *
 * @throws {RangeError} If shuffled outcomes would overlap, or the real market is too small or missing.
 */
export function marketWithoutSignal(
  { kind, seed, symbols = 30, days = 760, horizonDays = 1, real }: MarketWithoutSignalOptions,
): KnownMarket {
  const action = "make a market without signal";
  checkOneOf(action, "kind", kind, KINDS_WITHOUT_SIGNAL);
  const isShuffled = kind === "shuffled targets" || kind === "block-shuffled dates";
  if (isShuffled && horizonDays !== 1) {
    throw new RangeError(
      `Cannot ${action}: horizonDays of ${kind} must be 1, else outcomes learnt from share days with those judged, ` +
        `current value is ${horizonDays}`,
    );
  }
  if (kind === "real days, signs by lot") {
    const panel = withSignsByLot(real, { symbols, days, random: seededRandom(seed) });
    return { panel, targets: targetsOf(panel, forwardReturn(panel, { horizonDays }), horizonDays) };
  }
  const informationCoefficient = isShuffled ? PLANTED : 0;
  const { panel } = syntheticMarket({ seed, symbols, days, informationCoefficient, tier: "final" });
  const known = forwardReturn(panel, { horizonDays });
  if (!isShuffled) return { panel, targets: targetsOf(panel, known, horizonDays) };
  const moved = kind === "shuffled targets"
    ? shuffleTargets(panel.with({ known }).pick(["known"]), { seed }).column("known")
    : blockShuffled(known, { symbols, days, random: seededRandom(seed) });
  return { panel, targets: targetsOf(panel, moved, horizonDays) };
}

function targetsOf(panel: Panel, outcome: Float64Array, horizonDays: number): Panel {
  return new Panel(panel.symbols, panel.dates, panel.starts, panel.dayOf, {
    [`target_return_${horizonDays}`]: outcome,
    [`target_rank_${horizonDays}`]: centredRanksByDay(panel, outcome),
  });
}

interface Extent {
  symbols: number;
  days: number;
  random: Random;
}

/** Blocks of days in another order, the same for all symbols; the last day, whose outcome is unknown, stays. */
function blockShuffled(outcome: Float64Array, { symbols, days, random }: Extent): Float64Array {
  const blocks = Array.from({ length: Math.ceil((days - 1) / BLOCK_DAYS) }, (_, block) => block);
  const source = shuffled(blocks, random)
    .flatMap((block) => Array.from({ length: BLOCK_DAYS }, (_, day) => block * BLOCK_DAYS + day))
    .filter((day) => day < days - 1);
  source.push(days - 1);
  return Float64Array.from(
    { length: symbols * days },
    (_, row) => outcome[Math.floor(row / days) * days + source[row % days]],
  );
}

function withSignsByLot(real: Panel | undefined, { symbols, days, random }: Extent): Panel {
  const [most, longest] = [real?.symbols.length ?? 0, real?.dates.length ?? 0];
  if (real === undefined || most < symbols || longest < days || real.rows !== most * longest) {
    throw new RangeError(
      `Cannot draw the signs of real days: the market must have ${symbols} symbols and ${days} days without gaps, ` +
        `current numbers are ${most} and ${longest}, of ${real?.rows ?? 0} rows`,
    );
  }
  const chosen = shuffled(real.symbols.keys(), random).slice(0, symbols).sort((a, b) => a - b);
  const first = Math.floor(random() * (longest - days + 1));
  const signs = Float64Array.from({ length: days }, () => random() < 0.5 ? -1 : 1);
  const returns = real.column("return");
  const size = symbols * days;
  const [drawn, index] = [new Float64Array(size), new Float64Array(size)];
  chosen.forEach((symbol, place) => {
    let level = 1;
    for (let day = 0; day < days; day++) {
      const change = Math.expm1(signs[day] * Math.log1p(returns[real.starts[symbol] + first + day]));
      drawn[place * days + day] = change;
      index[place * days + day] = level *= 1 + change;
    }
  });
  return new Panel(
    chosen.map((symbol) => real.symbols[symbol]),
    real.dates.slice(first, first + days),
    Int32Array.from({ length: symbols + 1 }, (_, place) => place * days),
    Int32Array.from({ length: size }, (_, row) => row % days),
    { return: drawn, index },
  );
}
