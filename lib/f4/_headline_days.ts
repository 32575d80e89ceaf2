import { midRanks, type Panel } from "@lib/core";
import { correlationInfluence } from "./_judging.ts";
import { isJudgeable } from "./_known_rows.ts";
import { dailyCorrelations } from "./daily_correlations.ts";

/** What the rank IC of a record is made of, day by day: their mean is the rank IC. */
export interface HeadlineDays {
  what: "mean daily rank IC across symbols" | "rank IC over all rows";
  /** Days that have a value. */
  dates: string[];
  /** Shape (dates,), none missing. */
  values: Float64Array;
}

/** Options of {@linkcode headlineDays}. */
export interface HeadlineDaysOptions {
  minimumNames: number;
  /** Spearman's correlation of each day of the panel, where it is known already; NaN where none. */
  rankIc?: Float64Array;
}

/**
 * The daily values behind the headline of a panel with the columns `forecast` and `actual`, both without gaps: Spearman's
 * correlation across symbols; or, where no day has enough names for one, the correlation of all rows plus what each day
 * moves it (its influence, whose mean over days is 0).
 */
export function headlineDays(panel: Panel, { minimumNames, rankIc }: HeadlineDaysOptions): HeadlineDays {
  const daily = rankIc ?? dailyCorrelations(panel, { minimumNames }).rankIc;
  const known = Array.from(daily.keys()).filter((day) => !Number.isNaN(daily[day]));
  if (known.length > 0) {
    return {
      what: "mean daily rank IC across symbols",
      dates: known.map((day) => panel.dates[day]),
      values: Float64Array.from(known, (day) => daily[day]),
    };
  }
  const [forecast, actual] = [midRanks(panel.column("forecast")), midRanks(panel.column("actual"))];
  const { correlation, influence } = correlationInfluence(forecast, actual);
  const what = "rank IC over all rows";
  if (Number.isNaN(correlation)) return { what, dates: [], values: new Float64Array() };
  const values = new Float64Array(panel.dates.length).fill(correlation);
  influence.forEach((value, row) => values[panel.dayOf[row]] += value / panel.rows * panel.dates.length);
  return { what, dates: [...panel.dates], values };
}

/** The rows on which `forecast` and `actual` can both be judged, under those names. */
export function judgedPanel(panel: Panel, { forecast, actual }: { forecast: string; actual: string }): Panel {
  const [forecasts, actuals] = [panel.column(forecast), panel.column(actual)];
  return panel
    .with({ forecast: forecasts, actual: actuals })
    .select((row) => isJudgeable(forecasts[row]) && isJudgeable(actuals[row]));
}
