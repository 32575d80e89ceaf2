import { mean, type Panel } from "@lib/core";
import { type BookScore, scoreBook } from "../_book_score.ts";
import { afterCosts, bootstrapped, type Judging, reformingTurnover } from "../_judging.ts";
import { varies } from "../daily_correlations.ts";
import { type Missing, missing } from "../measure.ts";
import { bootstrapSums } from "../stationary_bootstrap.ts";
import { closestBaseline } from "./_kind_gate.ts";
import { dailyAdvantage, headlineOf, kindJudging, scoreLossBaseline, sumByDay } from "./_kind_judging.ts";
import { ratioByRegime, regimesOf } from "./_regimes.ts";
import type { VolatilityCard } from "./judge_volatility.ts";
import { judgeWidths } from "./judge_widths.ts";
import { mincerZarnowitz } from "./mincer_zarnowitz.ts";
import { qlikeLoss } from "./qlike_loss.ts";

/** Scores judged rows with the columns `volatility`, `actual`, `returns`, `known volatility` and one for each baseline. */
export function scoreVolatility(judged: Panel, baselineNames: readonly string[], settings: VolatilityCard["settings"]) {
  const [volatility, actual] = [judged.column("volatility"), judged.column("actual")];
  const loss = qlikeLoss(volatility, actual);
  const others = baselineNames.map((name) => ({ name, loss: qlikeLoss(judged.column(name), actual) }));
  const gains = others.map(({ loss: other }) => dailyAdvantage(judged, loss, other));
  const judging = kindJudging(judged, [sumByDay(judged, loss), ...gains], settings);
  const baselines = others.map(({ name, loss: other }) =>
    scoreLossBaseline(judged, { name, own: loss, other, isShare: false }, judging)
  );
  const closest = closestBaseline(baselines);
  const place = baselines.findIndex(({ name }) => name === closest?.name);
  const daily = place < 0 ? new Float64Array(judged.dates.length).fill(NaN) : gains[place];
  const value = closest?.advantage ?? missing("no baseline is known on the judged rows");
  const [forecast, realised] = [volatility, actual].map((values) => values.map((one) => one ** 2));
  const numbers = scoreNumbers(judged, { forecast, realised, loss }, judging);
  const regression = mincerZarnowitz(forecast, realised, { day: judged.dayOf, horizonDays: settings.horizonDays });
  return {
    headline: headlineOf({ what: "QLIKE saved against the best baseline", value, neutral: 0 }, daily, judging),
    ...numbers,
    regimes: ratioByRegime(
      judged,
      regimesOf(judged.column("known volatility")),
      { above: realised, below: forecast },
      judging,
    ),
    mincerZarnowitz: Object.values(regression).every(Number.isFinite)
      ? regression
      : missing("the forecasts, or what came true, are all the same, or there are too few rows"),
    spread: judgeWidths(numbers.elasticity),
    baselines,
    book: scoreLong(judged, volatility.map((one) => 1 / one), judging),
    equalBook: scoreLong(judged, volatility.map(() => 1), judging),
    daily,
  };
}

function scoreNumbers(
  judged: Panel,
  { forecast, realised, loss }: Record<"forecast" | "realised" | "loss", Float64Array>,
  judging: Judging,
) {
  const [meanForecast, meanRealised] = [mean(forecast), mean(realised)];
  const byDay = (value: (row: number) => number) => sumByDay(judged, loss.map((_, row) => value(row)));
  const ratio = (row: number) => realised[row] / forecast[row];
  const [x, y] = [
    (row: number) => forecast[row] / meanForecast - 1,
    (row: number) => meanRealised === 0 ? 0 : realised[row] / meanRealised - 1,
  ];
  const columns = {
    rows: byDay(() => 1),
    loss: sumByDay(judged, loss),
    forecast: sumByDay(judged, forecast),
    realised: sumByDay(judged, realised),
    ratio: byDay(ratio),
    root: byDay((row) => Math.sqrt(ratio(row))),
    x: byDay(x),
    y: byDay(y),
    xx: byDay((row) => x(row) ** 2),
    yy: byDay((row) => y(row) ** 2),
    xy: byDay((row) => x(row) * y(row)),
  };
  type Totals = Record<keyof typeof columns, number>;
  const covariance = (t: Totals) => t.xy / t.rows - t.x * t.y / t.rows ** 2;
  const variance = (t: Totals) => t.xx / t.rows - (t.x / t.rows) ** 2;
  const statistics = {
    qlike: (t: Totals) => t.loss / t.rows,
    scale: (t: Totals) => t.realised / t.forecast,
    standardised: (t: Totals) => t.ratio / t.rows,
    residualVariation: (t: Totals) => Math.sqrt(Math.max(0, t.ratio * t.rows / t.root ** 2 - 1)),
    elasticity: (t: Totals) => covariance(t) / variance(t) * (1 + t.x / t.rows) / (1 + t.y / t.rows),
    fit: (t: Totals) => covariance(t) ** 2 / variance(t) / (t.yy / t.rows - (t.y / t.rows) ** 2),
  };
  const intervals = bootstrapSums(columns, statistics, judging.resamples, judging);
  const { horizonDays } = judging;
  const days = judged.dates.length;
  const estimate = (name: keyof typeof statistics, reason = "nothing moved") =>
    bootstrapped(intervals[name], { n: judged.rows, days, horizonDays, unit: "rows", reason });
  const still = missing("every forecast is the same");
  const isStill = !varies(forecast);
  return {
    qlike: estimate("qlike"),
    scale: estimate("scale"),
    standardised: estimate("standardised"),
    residualVariation: estimate("residualVariation"),
    elasticity: isStill ? still : estimate("elasticity"),
    fit: isStill ? still : estimate("fit"),
  };
}

/** A book that is long in proportion to `raw` on the rows with a return. */
function scoreLong(judged: Panel, raw: Float64Array, judging: Judging): BookScore | Missing {
  const returns = judged.column("returns");
  const known = raw.map((value, row) => Number.isNaN(returns[row]) ? 0 : value);
  if (known.every((value) => value === 0)) {
    return missing("the actuals are volatilities, and no column of returns was given");
  }
  if (judged.symbols.length === 1) return missing("one name alone: nothing to divide a book among");
  const total = sumByDay(judged, known);
  const weights = known.map((value, row) => value === 0 ? 0 : value / total[judged.dayOf[row]]);
  const gross = sumByDay(judged, weights.map((weight, row) => weight === 0 ? 0 : weight * returns[row]));
  const turnover = reformingTurnover(judged, weights, judging.horizonDays);
  const stood = total.map((value) => value > 0 ? 1 : 0);
  return scoreBook({ turnover, net: afterCosts(gross, turnover, judging.costsBps), stood }, judging);
}
