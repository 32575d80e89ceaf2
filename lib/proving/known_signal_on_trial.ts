import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import { syntheticMarket } from "@lib/data";
import { isEstimate, Ledger } from "@lib/f4";
import { forwardReturn } from "@lib/targets";
import { expectedPower } from "./expected_power.ts";
import { expectedRankCorrelation } from "./expected_rank_correlation.ts";
import type { Claim, Experiment, Outcome } from "./experiment.ts";
import { judgeClaim, marketOf } from "./judge_claim.ts";

/** Options of {@linkcode claimOfPlantedSignal}. */
export interface PlantedSignalOptions {
  /** Correlation of the signal with the coming return. */
  correlation: number;
  names: number;
  days: number;
  /** Other trials on the same market, which their owner admits. Default 0. */
  otherTrials?: number;
}

/**
 * A synthetic market in which a signal of known rank IC is planted and claimed as it is. All symbols are equally
 * volatile, so that the rank IC of a day is that of normal pairs, {@linkcode expectedRankCorrelation}.
 */
export async function claimOfPlantedSignal(
  seed: number,
  { correlation, names, days, otherTrials = 0 }: PlantedSignalOptions,
): Promise<Outcome> {
  const { panel } = syntheticMarket({
    seed,
    symbols: names,
    days: days + 1, // the outcome of the last is unknown
    informationCoefficient: correlation,
    annualVolatilityRange: [0.3, 0.3],
    tier: "final",
  });
  const actual = forwardReturn(panel, { horizonDays: 1 });
  const ledger = Ledger.inMemory();
  if (otherTrials > 0) {
    const words = "tried on this market before";
    await ledger.admit({ what: "forecast", data: [marketOf(seed)], tier: "development", trials: otherTrials, words });
  }
  const { card, passes, isSuspected } = await judgeClaim(panel.with({ actual }), {
    ledger,
    forecast: "planted_signal",
    horizonDays: 1,
    seed,
    draws: 500,
  });
  const { rankIc } = card.headline;
  const truth = expectedRankCorrelation(correlation, { names });
  return {
    rankIc: rankIc.value,
    covered: isEstimate(rankIc) && rankIc.low !== null && rankIc.high !== null
      ? Number(rankIc.low <= truth && truth <= rankIc.high)
      : null,
    passes: Number(passes),
    suspected: Number(isSuspected),
  };
}

/** Forecasts that hardly change from day to day and know nothing, before outcomes that overlap. */
export async function claimOfPersistentForecasts(
  seed: number,
  { horizonDays, names = 30, days = 750 }: { horizonDays: number; names?: number; days?: number },
): Promise<Outcome> {
  const normal = normalRandom(seededRandom(seed));
  const dates = weekdays("2010-01-04", days);
  const rows = names * days;
  const [forecast, actual] = [new Float64Array(rows), new Float64Array(rows)];
  for (let name = 0; name < names; name++) {
    let level = normal();
    const returns = Float64Array.from({ length: days + horizonDays }, () => 0.02 * normal());
    for (let day = 0; day < days; day++) {
      forecast[name * days + day] = level = 0.99 * level + Math.sqrt(1 - 0.99 ** 2) * normal();
      for (let ahead = 1; ahead <= horizonDays; ahead++) actual[name * days + day] += returns[day + ahead];
    }
  }
  const panel = Panel.fromRows({
    symbol: Array.from(forecast, (_, row) => `S${String(Math.floor(row / days)).padStart(3, "0")}`),
    date: Array.from(forecast, (_, row) => dates[row % days]),
    columns: { forecast, actual },
  });
  const { card: { headline: { rankIc } }, passes } = await judgeClaim(panel, {
    ledger: Ledger.inMemory(),
    horizonDays,
    seed,
    draws: 500,
  });
  return {
    passes: Number(passes),
    covered: isEstimate(rankIc) && rankIc.low !== null && rankIc.high !== null
      ? Number(rankIc.low <= 0 && rankIc.high >= 0)
      : null,
  };
}

const SIZES = [{ names: 10, days: 250 }, { names: 20, days: 400 }, { names: 50, days: 750 }];

/** The experiments on signals of known strength, and on forecasts whose strength is known to be 0. */
export const knownSignalOnTrial: readonly Experiment[] = [
  ...[0.03, 0.05].flatMap((correlation) => SIZES.map((size) => planted({ correlation, ...size }))),
  planted({ correlation: 0.05, ...SIZES[1], otherTrials: 20 }),
  ...[1, 5, 20].map(persistent),
];

function planted(options: PlantedSignalOptions): Experiment {
  const { correlation, names, days, otherTrials = 0 } = options;
  const truth = expectedRankCorrelation(correlation, { names });
  return {
    name: `planted IC of ${correlation}, ${names} names over ${days} days` +
      (otherTrials > 0 ? `, after ${otherTrials} other trials` : ""),
    part: "known signal",
    words: `a signal with a correlation of ${correlation} to the coming return, claimed ` +
      (otherTrials > 0 ? `after ${otherTrials} other trials that were admitted` : "as the only trial"),
    repetitions: 200,
    repetitionsPerPart: 25,
    milliseconds: 40 + names * days / 300,
    claims: [
      {
        key: "rankIc",
        what: "mean daily rank IC",
        kind: "mean",
        expected: truth,
        relation: "equal",
        authority: "Moran 1948",
      },
      covered("the true rank IC lies in its 95 % interval"),
      {
        key: "passes",
        what: "passes",
        kind: "share",
        expected: expectedPower(truth, { names, days, trials: 1 + otherTrials }),
        relation: "equal",
        authority: "Student's t about rank IC sqrt(days (names - 1)), see `expectedPower`",
      },
      {
        key: "suspected",
        what: "suspected of a leak",
        kind: "share",
        expected: 0.05,
        relation: "at most",
        authority: "the house",
      },
    ],
    run: (seed) => claimOfPlantedSignal(seed, options),
  };
}

function persistent(horizonDays: number): Experiment {
  return {
    name: `persistent forecasts without skill, ${horizonDays} day${horizonDays === 1 ? "" : "s"} ahead`,
    part: "known signal",
    words: "30 names over 750 days; forecasts with an autocorrelation of 0.99, outcomes of independent days",
    repetitions: 200,
    repetitionsPerPart: 25,
    milliseconds: 95,
    claims: [
      {
        key: "passes",
        what: "passes",
        kind: "share",
        expected: 0.025,
        relation: "at most",
        authority: "nominal, one side",
      },
      covered("0 lies in the 95 % interval"),
    ],
    run: (seed) => claimOfPersistentForecasts(seed, { horizonDays }),
  };
}

function covered(what: string): Claim {
  return { key: "covered", what, kind: "share", expected: 0.95, relation: "equal", authority: "nominal" };
}
