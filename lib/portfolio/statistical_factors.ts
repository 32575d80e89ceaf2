import { checkInteger, type Panel, residual, standardDeviation } from "@lib/core";

/** Options of {@linkcode statisticalFactors}. */
export interface StatisticalFactorsOptions {
  /** How many principal components. Default 15, as in Avellaneda and Lee (2010). */
  factors?: number;
  /** Days of returns that they are made from. Default 252. */
  windowDays?: number;
  /** Days between two estimations; in between the loadings stay. Default 21. */
  refreshDays?: number;
  /** Column of simple returns. Default `return`. */
  return?: string;
}

/** Sweeps of the subspace iteration; each starts from the loadings of the month before, so that few are needed. */
const SWEEPS = 8;

/**
 * What the names of a market have in common without anybody naming it: loadings on the leading principal components of
 * the correlation matrix of trailing returns, known at the close.
 *
 * A name's loading on a component is its entry in the eigenvector times its own volatility, so that a book whose
 * loadings sum to 0 is, to first order, free of that component's moves. Only names with a return on every day of the
 * window have loadings; the others get 0, as names of no known common risk. Found by orthogonal iteration on the
 * standardised returns from fixed starting vectors: the same bytes for the same past, whatever follows.
 *
 * Source: Avellaneda and Lee (2010), Statistical arbitrage in the US equities market, Quantitative Finance 10, section 2.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * const date = weekdays("2020-01-01", 4);
 * const panel = Panel.fromRows({
 *   symbol: [...date.map(() => "A"), ...date.map(() => "B")],
 *   date: [...date, ...date],
 *   columns: { return: Float64Array.of(0.01, -0.01, 0.02, 0, 0.02, -0.02, 0.04, 0) },
 * });
 * const loadings = statisticalFactors(panel, { factors: 1, windowDays: 4 }).column("factor_1");
 * assert.ok(Math.abs(loadings[7] / loadings[3] - 2) < 1e-12); // B moves twice as much as A
 * ```
 *
 * @returns Columns `factor_1` and so on, shape (rows,); NaN until the first full window.
 * @throws {RangeError} If an option is no integer in range.
 */
export function statisticalFactors(panel: Panel, options: StatisticalFactorsOptions = {}): Panel {
  const { factors = 15, windowDays = 252, refreshDays = 21, return: returnColumn = "return" } = options;
  const action = "find statistical factors";
  checkInteger(action, "factors", factors, { least: 1 });
  checkInteger(action, "windowDays", windowDays, { least: 2 });
  checkInteger(action, "refreshDays", refreshDays, { least: 1 });
  const returns = byDay(panel, panel.column(returnColumn));
  const columns = Array.from({ length: factors }, () => new Float64Array(panel.rows).fill(NaN));
  let vectors = startingVectors(panel.symbols, factors);
  let loadings: Float64Array[] = [];
  for (let day = windowDays - 1; day < panel.dates.length; day++) {
    if ((day - windowDays + 1) % refreshDays === 0) {
      const { standardised, volatility } = standardise(returns.slice(day - windowDays + 1, day + 1));
      for (let sweep = 0; sweep < SWEEPS; sweep++) vectors = orthonormal(timesCorrelation(standardised, vectors));
      loadings = vectors.map((vector) => vector.map((entry, symbol) => entry * volatility[symbol]));
    }
    for (const row of panel.rowsOfDay(day)) {
      for (let factor = 0; factor < factors; factor++) columns[factor][row] = loadings[factor][panel.symbolOf[row]];
    }
  }
  const named = Object.fromEntries(columns.map((column, factor) => [`factor_${factor + 1}`, column]));
  return panel.with(named).pick(Object.keys(named));
}

/** Returns as one array per day, shape (symbols,); NaN where there is none. */
function byDay(panel: Panel, returns: Float64Array): Float64Array[] {
  return panel.dates.map((_, day) => {
    const values = new Float64Array(panel.symbols.length).fill(NaN);
    for (const row of panel.rowsOfDay(day)) values[panel.symbolOf[row]] = returns[row];
    return values;
  });
}

/**
 * Fixed and in general position: a component orthogonal to all of them would never be found. A name's entries depend on
 * the name alone, so that names which come later change nothing for those before.
 */
function startingVectors(symbols: readonly string[], factors: number): Float64Array[] {
  const code = (name: string) =>
    Array.from(name).reduce((sum, letter) => (31 * sum + letter.codePointAt(0)!) % 65521, 7);
  return Array.from(
    { length: factors },
    (_, factor) => Float64Array.from(symbols, (name) => factor === 0 ? 1 : Math.sin(code(name) * (factor + 0.5))),
  );
}

function standardise(window: readonly Float64Array[]): { standardised: Float64Array[]; volatility: Float64Array } {
  const symbols = window[0].length;
  const standardised = window.map(() => new Float64Array(symbols));
  const volatility = new Float64Array(symbols);
  for (let symbol = 0; symbol < symbols; symbol++) {
    const series = Float64Array.from(window, (day) => day[symbol]);
    const deviation = standardDeviation(series);
    if (!(deviation > 0)) continue; // a gap, or no move at all
    volatility[symbol] = deviation;
    const mean = series.reduce((sum, value) => sum + value, 0) / series.length;
    for (let day = 0; day < window.length; day++) standardised[day][symbol] = (series[day] - mean) / deviation;
  }
  return { standardised, volatility };
}

/** The correlation matrix times each vector, without ever forming it. */
function timesCorrelation(standardised: readonly Float64Array[], vectors: readonly Float64Array[]): Float64Array[] {
  return vectors.map((vector) => {
    const product = new Float64Array(vector.length);
    for (const day of standardised) {
      let exposure = 0;
      for (let symbol = 0; symbol < vector.length; symbol++) exposure += day[symbol] * vector[symbol];
      for (let symbol = 0; symbol < vector.length; symbol++) product[symbol] += exposure * day[symbol];
    }
    return product;
  });
}

/** Modified Gram-Schmidt; a vector that earlier ones explain becomes 0. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = residual(vector, basis);
    const length = Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0));
    const size = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    basis.push(length > 1e-10 * size ? rest.map((value) => value / length) : rest.fill(0));
  }
  return basis;
}
