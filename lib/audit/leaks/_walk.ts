import type { Panel } from "@lib/core";
import { type Dataset, joinRows } from "@lib/dataset";
import { walkForwardForecasts } from "@lib/models";
import type { Road, RoadForecasts } from "./road.ts";

/** What the road made of a market: the columns after each step, in order, and the targets. */
export interface Walked {
  market: Panel;
  stages: { step: string; columns: Panel }[];
  targets: Panel;
}

/** Walks the steps of a road on a market of its kind. */
export function walk({ steps, targets }: Road, market: Panel): Walked {
  const sides = { market, targets: targets(market) };
  const stages: Walked["stages"] = [];
  let columns = market;
  for (const [step, make] of Object.entries(steps)) stages.push({ step, columns: columns = make(columns, sides) });
  return { market, stages, targets: sides.targets };
}

/** Columns after the last step. */
export function lastColumns({ stages }: Walked): Panel {
  return stages[stages.length - 1].columns;
}

/** Joins what was walked, as the road does. */
export function joined({ join, dataset }: Road, walked: Walked): Dataset {
  const { targetName: target, horizonDays } = dataset;
  const features = lastColumns(walked);
  if (join) return join(features, walked.targets);
  return joinRows({ features, targets: walked.targets }, { target, horizonDays, mostLostShare: 1 });
}

/** How the road forecasts. */
export function forecaster({ forecasts = walkForwardForecasts }: Road): RoadForecasts {
  return forecasts;
}

/** A panel without what comes after a day (ISO). */
export function upTo(panel: Panel, lastDay: string): Panel {
  return panel.select((row) => panel.dates[panel.dayOf[row]] <= lastDay);
}
