import { checkOneOf, type Panel } from "@lib/core";
import type { BookScore } from "../_book_score.ts";
import { finite, isJudgeable } from "../_known_rows.ts";
import { trailingMean } from "../known_outcomes.ts";
import { type Measure, type Missing, missing } from "../measure.ts";
import type { SpreadJudgement } from "../spread.ts";
import { claimed, type KindClaimOptions } from "./_kind_claim.ts";
import { type Assessed, judgedRows, kindSettings, openParts } from "./_kind_judging.ts";
import type { RegimeMeasure } from "./_regimes.ts";
import { volatilityGate } from "./_volatility_gate.ts";
import { scoreVolatility } from "./_volatility_scores.ts";
import { ewmaVolatility } from "./ewma_volatility.ts";
import { harVolatility } from "./har_volatility.ts";
import type { KindCard, KindOptions, KindSettings, LossBaseline } from "./kind_card.ts";
import type { MincerZarnowitz } from "./mincer_zarnowitz.ts";

const ACTUALS = ["auto", "return", "volatility"] as const;

/** Options of {@linkcode judgeVolatility}. */
export interface JudgeVolatilityOptions extends KindOptions {
  /** Column of forecast standard deviations over the horizon, above 0. Default `volatility`. */
  volatility?: string;
  /** What the actuals are. Default `auto`: returns if any is below 0, else realised volatilities. */
  actualIs?: typeof ACTUALS[number];
  /** Column of what a unit long earned over the horizon. Default: the actual, where that is a return. */
  returns?: string;
  /** Other columns of volatilities, to be beaten on the same rows. Default none. */
  baselines?: readonly string[];
}

/** What volatilities are worth. A plain object without NaN, ready for JSON. */
export interface VolatilityCard extends KindCard {
  schema: "ai-stocks-lab/volatility/1";
  kind: "volatility";
  settings: KindSettings & {
    volatility: string;
    actualIs: "return" | "volatility";
    returns: string | null;
  };
  /** Mean of log variance forecast + realised variance / variance forecast; only its differences mean something. */
  qlike: Measure;
  /** Mean realised variance over mean forecast variance: 1 is unbiased. */
  scale: Measure;
  /** The same by terciles of the volatility that was known. */
  regimes: RegimeMeasure[];
  /** Mean of realised variance / forecast variance: 1 is right row by row. */
  standardised: Measure;
  /** Standard deviation of |actual| / forecast over its mean: 0.76 for normal returns of known volatility. */
  residualVariation: Measure;
  /** Regression of realised on forecast variance; errors bear any dependence within days. */
  mincerZarnowitz: MincerZarnowitz | Missing;
  /** Slope of that regression times mean forecast over mean realised variance, with its interval: 1 is calibrated. */
  elasticity: Measure;
  /** R2 of that regression, with its interval. */
  fit: Measure;
  spread: SpreadJudgement;
  /** By QLIKE. */
  baselines: LossBaseline[];
  /** Long every name in proportion to 1 / forecast, absolute weights of a day summing to 1. */
  book: BookScore | Missing;
  /** Long every name alike, on the same rows. */
  equalBook: BookScore | Missing;
}

/**
 * Judges forecasts of volatility by what came true: QLIKE against rules that need no model, bias, slope, and whether
 * they hold in calm and in turbulent times.
 *
 * A row is judged where the forecast lies above 0 and the actual is finite. Actuals are returns, whose squares measure
 * the variance without bias and with much noise, or realised volatilities. The verdict is about the QLIKE that is saved
 * against the best of the baselines: mean of all known squares of the symbol, {@linkcode ewmaVolatility},
 * {@linkcode harVolatility}, for realised volatilities the last known value, and whatever is given. QLIKE, because it is
 * one of the losses that a noisy measure does not mislead. Intervals are percentiles of a stationary bootstrap of days.
 *
 * @example The true volatility of a market that changes its mood once
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
 * const normal = normalRandom(seededRandom(4));
 * const date = weekdays("2020-01-01", 600);
 * const volatility = Float64Array.from(date, (_, day) => day < 300 ? 0.01 : 0.02);
 * const columns = { volatility, actual: volatility.map((deviation) => deviation * normal()) };
 * const card = judgeVolatility(Panel.fromRows({ symbol: date.map(() => "A"), date, columns }), { draws: 200 });
 * assert.ok(Math.abs(card.scale.value! - 1) < 0.2);
 * assert.ok(card.baselines.every(({ advantage }) => advantage.value! > 0));
 * ```
 *
 * @throws {RangeError} If an option is out of range or a column does not exist.
 */
export function judgeVolatility(panel: Panel, options: JudgeVolatilityOptions = {}): VolatilityCard {
  return assessVolatility(panel, options).card;
}

/**
 * {@linkcode judgeVolatility} as a claim: the look is recorded in the ledger, weighed by all that was tried on its rows,
 * and held against the final block. Only so can it pass.
 *
 * @throws As {@linkcode judgeVolatility}, and if the ledger's chain is broken.
 */
export function judgeVolatilityClaim(
  panel: Panel,
  options: JudgeVolatilityOptions & KindClaimOptions,
): Promise<VolatilityCard> {
  return claimed(assessVolatility(panel, options), options);
}

function assessVolatility(panel: Panel, options: JudgeVolatilityOptions): Assessed<VolatilityCard> {
  const action = "judge volatilities";
  const { volatility = "volatility", actualIs = "auto", baselines = [] } = options;
  checkOneOf(action, "actualIs", actualIs, ACTUALS);
  const common = kindSettings(action, options);
  const actual = finite(panel.column(common.actual));
  const isReturn = actualIs === "auto" ? actual.some((value) => value < 0) : actualIs === "return";
  const settings = {
    ...common,
    volatility,
    actualIs: isReturn ? "return" as const : "volatility" as const,
    returns: options.returns ?? (isReturn ? common.actual : null),
  };
  const { horizonDays } = settings;
  const said = panel.column(volatility);
  const whole = panel.with({ actual, square: actual.map((value) => value ** 2) });
  const ewma = ewmaVolatility(whole, { horizonDays });
  const rules: Record<string, Float64Array> = {
    "trailing mean": trailingMean(whole, { actual: "square", horizonDays }).map(Math.sqrt),
    EWMA: ewma,
    HAR: harVolatility(whole, { horizonDays }),
    ...(isReturn ? {} : { "last value": ewmaVolatility(whole, { horizonDays, decay: 0, leastOutcomes: 1 }) }),
    ...Object.fromEntries(baselines.map((name) => [name, finite(panel.column(name))])),
  };
  const earned = settings.returns === null
    ? new Float64Array(panel.rows).fill(NaN)
    : finite(panel.column(settings.returns));
  const { judged, data } = judgedRows(
    whole.with({ ...rules, "known volatility": ewma, returns: earned, volatility: said }),
    {
      columns: ["volatility"],
      actual: "actual",
      isPossible: (row) => said[row] > 0 && isJudgeable(1 / said[row]),
    },
  );
  const head = {
    schema: "ai-stocks-lab/volatility/1",
    kind: "volatility",
    settings,
    data,
    ...openParts(options),
  } as const;
  const assessed = (rest: Omit<VolatilityCard, keyof typeof head | "verdict">, daily: Float64Array) => {
    const card = { ...head, ...rest };
    return {
      card: { ...card, verdict: volatilityGate(card) },
      gate: volatilityGate,
      judged,
      columns: ["volatility"],
      daily,
    };
  };
  if (judged.rows === 0) {
    const nothing = missing("no row has both a volatility and an actual");
    const headline = { what: "QLIKE saved", value: nothing, neutral: 0, byCosines: nothing, z: nothing };
    const numbers = { qlike: nothing, scale: nothing, standardised: nothing, residualVariation: nothing, fit: nothing };
    const spread = { verdict: "not applicable", words: nothing.reason } as const;
    const parts = { mincerZarnowitz: nothing, elasticity: nothing, spread, book: nothing, equalBook: nothing };
    return assessed({ headline, ...numbers, regimes: [], ...parts, baselines: [] }, new Float64Array(0));
  }
  const { daily, ...parts } = scoreVolatility(judged, Object.keys(rules), settings);
  return assessed(parts, daily);
}
