import { type Panel, pearsonCorrelation, seededRandom } from "@lib/core";
import type { RoadCheck } from "@lib/f4";
import { counted } from "../_counted.ts";
import { alignedRows, difference } from "./_difference.ts";
import { joined, type Walked } from "./_walk.ts";
import type { Noised } from "./check_steps.ts";
import type { Road } from "./road.ts";
import { ROAD_LIMITS } from "./road_limits.ts";

const step = "targets";

/**
 * How far the outcomes look ahead, measured and not believed: noise after a day must leave every outcome alone that the
 * data set says is known by then. Outcomes that know more are learnt from before they are printed, whatever the purge.
 */
export function checkHorizon(road: Road, { clean, noise, lastDay }: Noised): RoadCheck {
  const check = "measured horizon";
  const { targetName, horizonDays } = road.dataset;
  const dataset = joined(road, clean);
  const lastIndex = dataset.features.dates.indexOf(lastDay);
  const rowOf = alignedRows(noise.targets, dataset.features);
  const fault = difference(clean.targets, noise.targets, {
    lastDay,
    done: "replaced by noise",
    columns: [targetName],
    compares: (row) => rowOf[row] >= 0 && dataset.knownOn[rowOf[row]] <= lastIndex,
  });
  const about = { check, leak: "dependence between train and test", step, column: targetName } as const;
  if (fault === null) {
    const words = `no outcome that counts as known on ${lastDay} changes with the days after it: it looks at most ` +
      `${counted(horizonDays, "day")} ahead, as said`;
    return { ...about, outcome: "clear", words };
  }
  if (fault.leak === "preprocessing on train and test") {
    return { ...about, leak: fault.leak, outcome: "found", words: fault.words };
  }
  return {
    ...about,
    outcome: "found",
    words: `${fault.words}, ${horizonDays} were said: rows are learnt from whose outcome reaches into the days tested`,
  };
}

/**
 * Whether the outcome of a day contains the return of that very day, which features know: single returns of the past are
 * changed, and the outcomes of those days must not move with them.
 */
export function checkOverlap(road: Road, { clean }: Noised, { seed }: { seed: number }): RoadCheck {
  const about = {
    check: "target and feature overlap",
    leak: "illegitimate features",
    step,
    column: road.dataset.targetName,
  } as const;
  if (!clean.market.has("return") || !clean.market.has("index")) {
    return { ...about, outcome: "not checked", words: "the market has no columns return and index to change" };
  }
  const { market, changes } = withChangedReturns(clean.market, { everyDays: 2 * road.dataset.horizonDays + 3, seed });
  const [before, after] = [clean.targets, road.targets(market)].map((targets) =>
    targets.column(road.dataset.targetName)
  );
  const moved = changes.map((change, row) => change === 0 ? NaN : after[row] - before[row]);
  const given = changes.map((change, row) => Number.isNaN(moved[row]) ? NaN : change);
  const pairs = moved.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const correlation = pearsonCorrelation(given, moved.map((value) => Math.abs(value) < 1e-9 ? 0 : value));
  const isFound = Math.abs(correlation) > ROAD_LIMITS.overlap.value &&
    Math.abs(correlation) * Math.sqrt(pairs) > ROAD_LIMITS.chanceErrors.value;
  return {
    ...about,
    outcome: isFound ? "found" : "clear",
    words: isFound
      ? `where the return of a day is changed, the outcome of that day moves with it (correlation ${
        correlation.toFixed(2)
      } over ${pairs} rows): it contains what features know`
      : `outcomes do not move with the return of their own day, in ${pairs} rows`,
  };
}

/** Whether what the judge takes for the outcome is what the targets say, on the days that were walked again. */
export function checkOutcome(road: Road, replayed: Walked, { actual }: { actual: string }): RoadCheck {
  const about = { check: "outcome of the judge", leak: "temporal leakage", step: "judged", column: actual } as const;
  const { judged, dataset: { horizonDays } } = road;
  if (!replayed.targets.has(actual)) {
    return { ...about, outcome: "not checked", words: `the targets have no column ${actual} to compare with` };
  }
  const { targets } = replayed;
  const lastKnown = targets.dates.length - 1 - horizonDays;
  const rowOf = alignedRows(judged, targets);
  let [compared, other] = [0, 0];
  const [said, true_] = [judged.column(actual), targets.column(actual)];
  for (let row = 0; row < judged.rows; row++) {
    if (rowOf[row] < 0 || targets.dayOf[rowOf[row]] > lastKnown || Number.isNaN(said[row])) continue;
    compared++;
    if (!Object.is(said[row], true_[rowOf[row]])) other++;
  }
  return {
    ...about,
    outcome: other > 0 ? "found" : compared > 0 ? "clear" : "not checked",
    words: other > 0
      ? `${other} of ${compared} outcomes in the hands of the judge are not those of the targets`
      : compared > 0
      ? `${compared} outcomes in the hands of the judge are those of the targets`
      : "none of the rows judged lies on the days that were walked again",
  };
}

/**
 * A market in which every so many days each name has another return; prices and index before it are scaled, so that all
 * other returns stay, and with them whatever happened between later days.
 */
function withChangedReturns(market: Panel, { everyDays, seed }: { everyDays: number; seed: number }) {
  const random = seededRandom(seed);
  const changes = new Float64Array(market.rows);
  const returns = market.column("return").slice();
  const scale = new Float64Array(market.rows);
  for (let symbol = 0; symbol < market.symbols.length; symbol++) {
    let factor = 1;
    for (let row = market.starts[symbol + 1] - 1; row >= market.starts[symbol]; row--) {
      scale[row] = factor;
      if (market.dayOf[row] % everyDays !== 0 || Number.isNaN(returns[row])) continue;
      changes[row] = 0.1 * (random() - 0.5);
      factor *= (1 + returns[row]) / (1 + returns[row] + changes[row]);
      returns[row] += changes[row];
    }
  }
  const prices = ["index", "open", "high", "low", "close"].filter((name) => market.has(name));
  const scaled = prices.map((name) => [name, market.column(name).map((value, row) => value * scale[row])]);
  return { market: market.with({ return: returns, ...Object.fromEntries(scaled) }), changes };
}
