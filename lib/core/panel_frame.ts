import pl from "nodejs-polars";
import { Panel } from "./panel.ts";

/**
 * A panel as a polars frame with the columns `symbol`, `date` (ISO text) and one of numbers for each of the panel's.
 *
 * @example There and back
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({ symbol: ["A"], date: ["2020-01-02"], columns: { close: Float64Array.of(1.5) } });
 * assert.deepEqual(frameToPanel(panelToFrame(panel)).column("close"), panel.column("close"));
 * ```
 */
export function panelToFrame(panel: Panel): pl.DataFrame {
  const series = panel.names.map((name) => pl.Series(name, panel.column(name)));
  return pl.DataFrame([
    pl.Series("symbol", Array.from(panel.symbolOf, (symbol) => panel.symbols[symbol]), pl.Utf8),
    pl.Series("date", Array.from(panel.dayOf, (day) => panel.dates[day]), pl.Utf8),
    ...series,
  ]);
}

/**
 * The numbers of a polars series, shape (rows,); nulls become NaN.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import pl from "nodejs-polars";
 * assert.deepEqual(seriesNumbers(pl.Series("close", [1, null])), Float64Array.of(1, NaN));
 * ```
 */
export function seriesNumbers(series: pl.Series): Float64Array {
  const numbers = series.cast(pl.Float64);
  if (numbers.nullCount() === 0) return Float64Array.from(numbers.toTypedArray() as Float64Array);
  return Float64Array.from(numbers.toArray() as (number | null)[], (value) => value ?? NaN);
}

/**
 * A polars frame with `symbol`, `date` (ISO text) and columns of numbers as a panel. Nulls become NaN.
 *
 * @throws {TypeError} If `symbol` or `date` is missing, or another column holds no numbers.
 * @throws {RangeError} If a (symbol, date) occurs twice.
 */
export function frameToPanel(frame: pl.DataFrame): Panel {
  for (const name of ["symbol", "date"]) {
    if (!frame.columns.includes(name)) {
      throw new TypeError(
        `Cannot turn a frame into a panel: it must have the columns symbol and date, current ones are ${
          frame.columns.join(", ")
        }`,
      );
    }
  }
  const names = frame.columns.filter((name) => name !== "symbol" && name !== "date");
  const columns = Object.fromEntries(names.map((name) => {
    const series = frame.getColumn(name);
    if (!series.isNumeric()) {
      throw new TypeError(
        `Cannot turn a frame into a panel: column ${name} must hold numbers, current type is ${series.dtype}`,
      );
    }
    return [name, seriesNumbers(series)];
  }));
  return Panel.fromRows({
    symbol: frame.getColumn("symbol").toArray() as string[],
    date: frame.getColumn("date").toArray() as string[],
    columns,
  });
}
