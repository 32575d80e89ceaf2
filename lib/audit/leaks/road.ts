import type { Panel } from "@lib/core";
import type { Dataset, Fold } from "@lib/dataset";
import type { Fit } from "@lib/models";

/** What a step of the road may look at besides the columns of the step before. */
export interface RoadSides {
  /** The market that the road was walked from. */
  market: Panel;
  /** What `targets` made of that market. */
  targets: Panel;
}

/** From columns to columns: the first step gets the market itself, each later one what the step before gave. */
export type RoadStep = (columns: Panel, sides: RoadSides) => Panel;

/** How the road makes forecasts of what it has joined; every model must be fitted through `models`. */
export type RoadForecasts = (
  parts: { dataset: Dataset; folds: readonly Fold[]; models: Readonly<Record<string, Fit>> },
  options: { seed: number; everyDays: number },
) => Promise<{ forecasts: Panel }>;

/** The way from a market to judged forecasts: what came out of it, and the functions that can walk it again. */
export interface Road {
  /** All that the road started from. */
  market: Panel;
  /** By name, in order, each a function of its arguments alone. Selection of features is a step like any other. */
  steps: Readonly<Record<string, RoadStep>>;
  /** What comes next, as in `buildTargets`. */
  targets: (market: Panel) => Panel;
  /** The join. Default: `joinRows` with the target and horizon of `dataset`, however many rows are lost. */
  join?: (features: Panel, targets: Panel) => Dataset;
  /** What the join gave. */
  dataset: Dataset;
  folds: readonly Fold[];
  /** How each model was fitted, by the name behind `forecast_`. */
  models: Readonly<Record<string, Fit>>;
  /** How the forecasts were made. Default: `walkForwardForecasts`. */
  forecasts?: RoadForecasts;
  /** What the judge gets: forecasts and what came true. */
  judged: Panel;
}

/** Options of `inspectRoad`. */
export interface InspectRoadOptions {
  /** Column of `judged` that is inspected: `forecast_<model>`. */
  forecast: string;
  /** Column of `judged` with what came true; where `targets` makes a column of that name, they are compared. */
  actual: string;
  /** The seed that the forecasts were made with; the noise of the inspection starts from it too. */
  seed: number;
  /** As in `walkForwardForecasts`, when the forecasts were made. Default 1. */
  everyDays?: number;
  /**
   * Whether outcomes are returns, of which nobody knows much. Of volatility an honest forecast does: then no IC is called
   * too high. Default true.
   */
  isReturn?: boolean;
}
