import { mean, midRanks, type Panel } from "@lib/core";
import { correlationInfluence, counted, type Judging, leastIntervalDays, withNormalInterval } from "./_judging.ts";
import { type Estimate, isEstimate, type Measure, measure } from "./measure.ts";
import { neweyWestLags, neweyWestStandardError } from "./newey_west.ts";
import { normalQuantile } from "./normal_distribution.ts";

/** One symbol over time. */
export interface SymbolScore {
  symbol: string;
  rows: number;
  /** Spearman's correlation over time. */
  rankIc: Measure;
  /** Pearson's correlation over time. */
  ic: Measure;
  /** Rows with an exact 0 left out. */
  hitRate: Measure;
  alwaysUp: Measure;
}

/** Each symbol over time, and the mean over symbols with an error that knows that they share their days. */
export interface PerSymbolScore {
  meanRankIc: Measure;
  meanIc: Measure;
  /** Share of symbols with a rank IC above 0. */
  positiveSymbols: Estimate;
  /** Symbols whose interval of the rank IC lies above 0, and below. */
  significant: { above: number; below: number; eachExpectedByChance: number };
  symbols: SymbolScore[];
}

/** Scores each symbol of a panel with the columns `forecast` and `actual`, both without gaps. */
export function scorePerSymbol(panel: Panel, { confidence, horizonDays }: Judging): PerSymbolScore {
  const [forecast, actual] = [panel.column("forecast"), panel.column("actual")];
  const pooled = { rankIc: new MeanOfCorrelations(panel), ic: new MeanOfCorrelations(panel) };
  const symbols = panel.symbols.map((symbol, code): SymbolScore => {
    const [from, to] = [panel.starts[code], panel.starts[code + 1]];
    const [x, y] = [forecast.subarray(from, to), actual.subarray(from, to)];
    const lags = neweyWestLags(to - from, horizonDays);
    const signed = Int32Array.from(x.keys()).filter((row) => x[row] !== 0 && y[row] !== 0);
    const correlated = (kind: keyof typeof pooled, a: Float64Array, b: Float64Array) => {
      const { correlation, influence } = correlationInfluence(a, b);
      if (!Number.isNaN(correlation)) pooled[kind].add(correlation, influence, from);
      const standardError = neweyWestStandardError(influence, lags);
      return withNormalInterval(
        { value: correlation, standardError, n: to - from, confidence, lags, horizonDays },
        "the forecasts, or the actuals, of the symbol are all the same",
      );
    };
    const share = (happened: (row: number) => boolean) => {
      const values = Float64Array.from(signed, (row) => happened(row) ? 1 : 0);
      return withNormalInterval({
        value: mean(values),
        standardError: neweyWestStandardError(values, lags),
        n: values.length,
        confidence,
        lags,
        horizonDays,
      }, "every row has a forecast or an actual of exactly 0");
    };
    return {
      symbol,
      rows: to - from,
      rankIc: correlated("rankIc", midRanks(x), midRanks(y)),
      ic: correlated("ic", x, y),
      hitRate: share((row) => x[row] > 0 === y[row] > 0),
      alwaysUp: share((row) => y[row] > 0),
    };
  });
  const known = symbols.map(({ rankIc }) => rankIc).filter(isEstimate);
  return {
    meanRankIc: pooled.rankIc.measure(horizonDays, confidence),
    meanIc: pooled.ic.measure(horizonDays, confidence),
    positiveSymbols: counted(
      known.length === 0 ? 0 : known.filter(({ value }) => value > 0).length / known.length,
      known.length,
      "symbols; counted",
    ),
    significant: {
      above: known.filter(({ low }) => low !== null && low > 0).length,
      below: known.filter(({ high }) => high !== null && high < 0).length,
      eachExpectedByChance: (1 - confidence) / 2 * known.filter(({ low }) => low !== null).length,
    },
    symbols,
  };
}

/** Mean of correlations over symbols, whose influences are added up by day before their error is taken. */
class MeanOfCorrelations {
  #sum = 0;
  #count = 0;
  readonly #byDay: Float64Array;

  constructor(readonly panel: Panel) {
    this.#byDay = new Float64Array(panel.dates.length);
  }

  add(correlation: number, influence: Float64Array, from: number): void {
    this.#sum += correlation;
    this.#count++;
    influence.forEach((value, row) => this.#byDay[this.panel.dayOf[from + row]] += value / influence.length);
  }

  measure(horizonDays: number, confidence: number): Measure {
    const days = this.#byDay.length;
    const lags = neweyWestLags(days, horizonDays);
    const value = this.#sum / this.#count;
    const error = neweyWestStandardError(this.#byDay, lags) * days / this.#count;
    const reach = normalQuantile((1 + confidence) / 2) * error;
    const reason = "no symbol has a correlation over time";
    const least = leastIntervalDays(horizonDays);
    if (days < least) {
      return measure({ value, n: this.#count, method: `symbols; no interval below ${least} days` }, reason);
    }
    const method = `symbols; normal, Newey-West error over days, ${lags} lags`;
    return measure(
      { value, low: value - reach, high: value + reach, n: this.#count, method },
      reason,
    );
  }
}
