import type { Panel } from "@lib/core";
import { checkFinalFrom, scoreFinal, scoreHeadlinePart } from "./_final_block.ts";
import { headlineDays, judgedPanel } from "./_headline_days.ts";
import { cosineMeasures } from "./_judging.ts";
import { appendTrial, type CountedClaim, type CountingOptions, countTrial } from "./count_trial.ts";
import { gate } from "./gate.ts";
import { describeForecast } from "./ledger/describe_judged.ts";
import type { ModelReport } from "./kinds/model_report.ts";
import { isEstimate, missing } from "./measure.ts";
import type { RoadReport } from "./road_report.ts";
import { type Scorecard, scorecard, type ScorecardOptions } from "./scorecard.ts";

/** Options of {@linkcode judge}. */
export interface JudgeOptions extends ScorecardOptions, CountingOptions {
  /** Those of the baselines that were fitted, so that each is a trial too; the others are fixed rules. Default none. */
  fittedBaselines?: readonly string[];
  /** What an inspection of the road behind the forecasts found. Default: it was not seen. */
  road?: RoadReport;
  /** What an inspection of the saved model found. Default: none was inspected. */
  model?: ModelReport;
}

/**
 * Judges forecasts as {@linkcode scorecard} does, counts the look in the ledger, and holds the result against all that
 * was tried on the same rows. This is the only way to a pass.
 *
 * Before anything is returned, the ledger has a record of the forecasts and of each fitted baseline. The number of
 * trials and their spread are read from it ({@linkcode weighTrials}); no option takes them. A record that stands there
 * already is found again and counts once, with what had been tried up to it, so that a rerun gives the same bytes.
 *
 * With `finalFrom`, the headline is also given for the final block alone, with the number of looks at it; forecasts
 * without a day in the block were judged on days that they may have been chosen by, and cannot pass.
 *
 * @example Sure skill, the only trial
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
 * import { Ledger } from "@lib/f4";
 * const normal = normalRandom(seededRandom(4));
 * const [symbol, date] = [[], []] as string[][];
 * for (const day of weekdays("2020-01-01", 300)) for (let i = 0; i < 40; i++) symbol.push(`S${i}`), date.push(day);
 * const forecast = Float64Array.from(symbol, () => 0.001 * normal());
 * const actual = forecast.map((value) => value + 0.02 * normal());
 * const panel = Panel.fromRows({ symbol, date, columns: { forecast, actual } });
 * const trial = { source: "an example", parameters: {}, data: [] };
 * const ledger = Ledger.inMemory();
 * const card = await judge(panel, { ledger, trial, finalFrom: "2020-09-01", draws: 200 });
 * assert.equal(card.verdict.verdict, "pass");
 * assert.ok("trials" in card.trials && card.trials.trials === 1);
 * ```
 *
 * @throws {RangeError} As {@linkcode scorecard}; if a fitted baseline is none of the baselines, `finalFrom` is no ISO
 *   day, or the ledger is broken.
 */
export async function judge(
  panel: Panel,
  { ledger, trial, finalFrom, fittedBaselines = [], road, model, ...options }: JudgeOptions,
): Promise<Scorecard> {
  const action = "judge forecasts";
  checkFinalFrom(action, finalFrom);
  const unknown = fittedBaselines.find((name) => !(options.baselines ?? []).includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`Cannot ${action}: fittedBaselines must be among baselines, current value is ${unknown}`);
  }
  const { verdict: _, ...card } = scorecard(panel, options);
  const counting = { ledger, trial, finalFrom };
  const inspected = { ...card, road: road ?? card.road, model: model ?? card.model };
  if (card.data.judgedRows === 0) {
    const uncounted = { ...inspected, trials: missing("no row was judged, so that nothing was seen") };
    return { ...uncounted, verdict: gate(uncounted) };
  }
  const judged = judgedPanel(panel, card.settings);
  for (const name of fittedBaselines) {
    const rows = judgedPanel(judged, { forecast: name, actual: "actual" });
    if (rows.rows > 0) await appendTrial(claimOf(rows, name, card.settings), counting);
  }
  const { trials, looks } = await countTrial(claimOf(judged, card.settings.forecast, card.settings), counting);
  const { settings, headline: { what } } = card;
  const final = finalFrom === undefined ? card.final : scoreFinal({
    from: finalFrom,
    looks,
    what,
    score: scoreHeadlinePart(judged, headlineDays(judged, settings), settings),
  });
  const whole = { ...inspected, trials, final };
  return { ...whole, verdict: gate(whole) };
}

/** The claim that forecasts make: their rank IC, with the daily values behind it. */
function claimOf(
  panel: Panel,
  name: string,
  { horizonDays, minimumNames, confidence, periodsPerYear }: Scorecard["settings"],
): CountedClaim {
  const { what, dates, values } = headlineDays(panel, { minimumNames });
  const { byCosines, z } = cosineMeasures(values, { horizonDays, confidence });
  return {
    judged: { ...describeForecast(panel, { horizonDays }), name },
    metric: what,
    value: isEstimate(byCosines) ? byCosines.value : NaN,
    z: isEstimate(z) ? z.value : NaN,
    series: { dates, values },
    periodsPerYear,
  };
}
