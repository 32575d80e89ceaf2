import { type Panel, pearsonCorrelation } from "@lib/core";
import { syntheticMarket } from "@lib/data";
import { type Dataset, joinRows, walkForward } from "@lib/dataset";
import { buildFeatures, featuresNamed, rankFeatures } from "@lib/features";
import { type Fit, fitLightgbm, fitRidge, walkForwardForecasts } from "@lib/models";
import { buildTargets } from "@lib/targets";
import type { Road, RoadStep } from "./road.ts";

/** What a study does another way than the honest one. */
export interface PlantedStudy {
  seed?: number;
  /** Planted information coefficient. Default 0. */
  signal?: number;
  horizonDays?: number;
  model?: "ridge" | "lightgbm";
  market?: (market: Panel) => Panel;
  steps?: Record<string, RoadStep>;
  targets?: (market: Panel) => Panel;
  target?: string;
  join?: (features: Panel, targets: Panel) => Dataset;
  forecasts?: Road["forecasts"];
  judged?: (judged: Panel, road: Omit<Road, "judged">) => Panel | Promise<Panel>;
}

const chosen = [
  "momentum_5",
  "momentum_20",
  "rsi_14",
  "overnight_gap",
  "close_position",
  "volatility_20",
  "candle_body",
];

export const features = (market: Panel) => buildFeatures(market, { features: featuresNamed(chosen) }).panel;

/** A study on 40 names and 480 days, without a signal unless one is asked for: features, ranks, walk forward, judged forecasts. */
export async function plantedStudy({
  seed = 1,
  signal = 0,
  horizonDays = 1,
  model = "ridge",
  market: spoil = (market) => market,
  steps = {
    features: (market) => features(market).with(signal === 0 ? {} : { planted: market.column("planted_signal") }),
    ranks: rankFeatures,
  },
  targets = (market) => buildTargets(market, { horizonsDays: [horizonDays] }),
  target = `target_rank_${horizonDays}`,
  join,
  forecasts = walkForwardForecasts,
  judged = (judged) => judged,
}: PlantedStudy = {}): Promise<Road> {
  const market = spoil(syntheticMarket({ seed, symbols: 40, days: 480, informationCoefficient: signal }).panel);
  const sides = { market, targets: targets(market) };
  const columns = Object.values(steps).reduce((columns, step) => step(columns, sides), market);
  const dataset = join
    ? join(columns, sides.targets)
    : joinRows({ features: columns, targets: sides.targets }, { target, horizonDays, mostLostShare: 1 });
  const folds = walkForward(market.dates, { refit: 120, horizonDays });
  const engines: Record<string, Fit> = {
    ridge: (rows, options) => fitRidge(rows, { ...options, penalty: 0.01 }),
    lightgbm: (rows, options) =>
      fitLightgbm(rows, { ...options, rounds: 20, parameters: { num_leaves: 31, min_data_in_leaf: 20 } }),
  };
  const models = { [model]: engines[model] };
  const made = await forecasts({ dataset, folds, models }, { seed, everyDays: 1 });
  const isTested = new Set(Array.from({ length: made.forecasts.rows }, (_, row) => keyOf(made.forecasts, row)));
  const sidesTested = sides.targets.select((row) => isTested.has(keyOf(sides.targets, row)));
  const road = { market, steps, targets, join, dataset, folds, models, forecasts };
  return { ...road, judged: await judged(made.forecasts.with(sidesTested.columns), road) };
}

const keyOf = (panel: Panel, row: number) => Object.values(panel.key(row)).join(" ");

/** Keeps the columns that go with the outcome best, over all the rows that it is given. */
export const chosenByOutcome: RoadStep = (columns, { targets }) => {
  const outcome = targets.column(targets.names[0]);
  const strength = (name: string) => Math.abs(pearsonCorrelation(columns.column(name), outcome));
  return columns.pick(columns.names.toSorted((a, b) => strength(b) - strength(a)).slice(0, 10));
};
