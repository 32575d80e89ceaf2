import type { Panel } from "@lib/core";
import { joinRows, walkForward } from "@lib/dataset";
import { buildFeatures, featuresNamed, rankFeatures } from "@lib/features";
import { type Fit, fitLightgbm, fitRidge, walkForwardForecasts } from "@lib/models";
import type { KnownMarket } from "./market_without_signal.ts";

const FAST = ["momentum_1", "momentum_5", "return_lag_2", "return_lag_5", "rsi_7", "reversal_5_60"];
const SLOW = ["momentum_60", "volatility_60", "skewness_60", "maximum_return_20", "price_to_average_50"];

/** What a person would turn: which features, which model, how much of it. */
const SETTINGS: Readonly<Record<string, { features: readonly string[]; fit: Fit }>> = Object.fromEntries(
  Object.entries({ fast: FAST, slow: SLOW, all: [...FAST, ...SLOW] }).flatMap(([set, features]) =>
    Object.entries({ weak: 1e-3, strong: 1 }).map(([name, penalty]): [string, { features: string[]; fit: Fit }] => [
      `ridge_${name}_${set}`,
      { features, fit: (rows, options) => fitRidge(rows, { ...options, penalty }) },
    ]).concat([[`lightgbm_${set}`, { features, fit: smallLightgbm }]])
  ),
);

/** Names of all settings that {@linkcode tunedForecasts} tries. */
export const SETTING_NAMES: readonly string[] = Object.keys(SETTINGS);

/** Options of {@linkcode tunedForecasts}. */
export interface TunedForecastsOptions {
  horizonDays: number;
  seed: number;
  /** Names out of {@linkcode SETTING_NAMES}. Default: all. */
  settings?: readonly string[];
  /** Days before the first that is forecast. Default 300. */
  trainingDays?: number;
}

/**
 * The road that a study goes, with every setting in turn: features, their ranks, rows, walk forward, one forecast each.
 *
 * A market that has a `planted_signal` has it among its features: where the market is one without signal, it is bait.
 *
 * @returns One row for each symbol and judged day, a column for each setting and `actual`.
 */
export async function tunedForecasts(
  { panel, targets }: KnownMarket,
  { horizonDays, seed, settings = SETTING_NAMES, trainingDays = 300 }: TunedForecastsOptions,
): Promise<Panel> {
  const names = [...new Set(settings.flatMap((name) => SETTINGS[name].features))];
  const built = buildFeatures(panel, { features: featuresNamed(names) }).panel;
  const bait: Record<string, Float64Array> = panel.has("planted_signal")
    ? { planted_signal: panel.column("planted_signal") }
    : {};
  const ranks = rankFeatures(built.with(bait));
  const folds = walkForward(panel.dates, { firstTestDay: panel.dates[trainingDays], refit: 160, horizonDays });
  const outcome = targets.column(`target_return_${horizonDays}`);
  let judged: Panel | undefined;
  for (const setting of settings) {
    const { features, fit } = SETTINGS[setting];
    const columns = [...features, ...Object.keys(bait)].map((name) => `rank_${name}`);
    const target = `target_rank_${horizonDays}`;
    const dataset = joinRows({ features: ranks.pick(columns), targets }, { target, horizonDays });
    const { forecasts, rows } = await walkForwardForecasts({ dataset, folds, models: { [setting]: fit } }, { seed });
    const forecast = forecasts.column(`forecast_${setting}`);
    judged = (judged ?? forecasts.with({ actual: Float64Array.from(rows, (row) => outcome[row]) }).pick(["actual"]))
      .with({ [setting]: forecast });
  }
  if (judged === undefined) {
    throw new RangeError("Cannot tune forecasts: there must be a setting to try, current number is 0");
  }
  return judged;
}

function smallLightgbm(...[rows, options]: Parameters<Fit>): ReturnType<Fit> {
  const parameters = { num_leaves: 7, learning_rate: 0.1, min_data_in_leaf: 100 };
  return fitLightgbm(rows, { ...options, rounds: 20, parameters });
}
