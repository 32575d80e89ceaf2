import { checkSameLength } from "./check.ts";

/**
 * The one table shape of the house: rows keyed by (symbol, date) and sorted by it, columns of numbers.
 *
 * The rows of a symbol lie side by side, so that a kernel over time reads one contiguous slice; `dayOf` ties each row
 * to its trading day, so that a kernel across symbols finds the rows of a day. Columns are `Float64Array`s of shape
 * (rows,); NaN means missing. A panel is never changed: {@linkcode Panel.with} and {@linkcode Panel.select} make new
 * ones, sharing what did not change.
 *
 * Why not a polars frame all along: frames are for reading, joining and writing; arithmetic on plain arrays gives the
 * same bytes on every processor.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const panel = Panel.fromRows({
 *   symbol: ["B", "A", "A"],
 *   date: ["2020-01-02", "2020-01-03", "2020-01-02"],
 *   columns: { close: Float64Array.of(3, 2, 1) },
 * });
 * assert.deepEqual(panel.symbols, ["A", "B"]);
 * assert.deepEqual(panel.column("close"), Float64Array.of(1, 2, 3));
 * assert.deepEqual(panel.dayOf, Int32Array.of(0, 1, 0));
 * ```
 */
export class Panel {
  /** Number of rows. */
  readonly rows: number;
  /** Index into `symbols` of each row, shape (rows,). */
  readonly symbolOf: Int32Array;
  #byDay: { order: Int32Array; starts: Int32Array } | undefined;

  /**
   * Ties columns to an index that is known to be sorted; use {@linkcode Panel.fromRows} for rows in any order.
   *
   * @param symbols Distinct symbols in code-unit order.
   * @param dates Distinct trading days (ISO) in order; every day of every symbol.
   * @param starts Shape (symbols + 1,): the rows of symbol s are `starts[s]` up to, not including, `starts[s + 1]`.
   * @param dayOf Shape (rows,): index into `dates`, rising within each symbol.
   * @param columns Each of shape (rows,).
   */
  constructor(
    readonly symbols: readonly string[],
    readonly dates: readonly string[],
    readonly starts: Int32Array,
    readonly dayOf: Int32Array,
    readonly columns: Readonly<Record<string, Float64Array>>,
  ) {
    this.rows = dayOf.length;
    const lengths = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.length]));
    checkSameLength("build a panel", { rows: this.rows, ...lengths });
    this.symbolOf = new Int32Array(this.rows);
    for (let symbol = 0; symbol < symbols.length; symbol++) {
      this.symbolOf.fill(symbol, starts[symbol], starts[symbol + 1]);
    }
  }

  /**
   * Sorts rows by (symbol, date) and builds the panel of them.
   *
   * @throws {TypeError} If the lengths differ.
   * @throws {RangeError} If a (symbol, date) occurs twice.
   */
  static fromRows(
    { symbol, date, columns }: {
      symbol: readonly string[];
      date: readonly string[];
      columns: Record<string, Float64Array>;
    },
  ): Panel {
    checkSameLength("build a panel", { symbol: symbol.length, date: date.length });
    const symbols = [...new Set(symbol)].sort();
    const dates = [...new Set(date)].sort();
    const symbolCode = new Map(symbols.map((name, code) => [name, code]));
    const dateCode = new Map(dates.map((day, code) => [day, code]));
    const key = Float64Array.from(
      symbol,
      (name, row) => symbolCode.get(name)! * dates.length + dateCode.get(date[row])!,
    );
    const order = Int32Array.from(key.keys());
    if (!key.every((value, row) => row === 0 || key[row - 1] < value)) order.sort((a, b) => key[a] - key[b]);
    const starts = new Int32Array(symbols.length + 1);
    const dayOf = new Int32Array(order.length);
    for (let row = 0; row < order.length; row++) {
      const source = order[row];
      if (row > 0 && key[source] === key[order[row - 1]]) {
        throw new RangeError(
          `Cannot build a panel: each symbol and date must occur once, current duplicate is ${symbol[source]} ${
            date[source]
          }`,
        );
      }
      dayOf[row] = key[source] % dates.length;
      starts[Math.floor(key[source] / dates.length) + 1] = row + 1;
    }
    const sorted = Object.fromEntries(
      Object.entries(columns).map(([name, column]) => {
        checkSameLength("build a panel", { symbol: symbol.length, [name]: column.length });
        return [name, taken(column, order)];
      }),
    );
    return new Panel(symbols, dates, starts, dayOf, sorted);
  }

  /** Names of the columns, in the order in which they were added. */
  get names(): string[] {
    return Object.keys(this.columns);
  }

  /**
   * One column, shape (rows,); NaN where missing.
   *
   * @throws {RangeError} If there is none of that name.
   */
  column(name: string): Float64Array {
    if (!Object.hasOwn(this.columns, name)) {
      throw new RangeError(
        `Cannot read a column: name must be one of ${
          this.names.join(", ") || "no column at all"
        }, current value is ${name}`,
      );
    }
    return this.columns[name];
  }

  /** Whether a column of that name exists. */
  has(name: string): boolean {
    return Object.hasOwn(this.columns, name);
  }

  /** The same rows with columns added or replaced. */
  with(columns: Record<string, Float64Array>): Panel {
    return this.#sameRows({ ...this.columns, ...columns });
  }

  /** The same rows with these columns only, in this order. */
  pick(names: readonly string[]): Panel {
    return this.#sameRows(Object.fromEntries(names.map((name) => [name, this.column(name)])));
  }

  /** The rows for which `keep(row)` holds; symbols and days left without rows disappear. */
  select(keep: (row: number) => boolean): Panel {
    const room = new Int32Array(this.rows);
    let count = 0;
    for (let row = 0; row < this.rows; row++) if (keep(row)) room[count++] = row;
    if (count === this.rows) return this;
    const kept = room.slice(0, count);
    const symbol = codesInUse(this.symbols.length, kept, this.symbolOf);
    const day = codesInUse(this.dates.length, kept, this.dayOf);
    const starts = new Int32Array(symbol.used.length + 1);
    kept.forEach((row, position) => starts[symbol.next[this.symbolOf[row]] + 1] = position + 1);
    return new Panel(
      symbol.used.map((code) => this.symbols[code]),
      day.used.map((code) => this.dates[code]),
      starts,
      kept.map((row) => day.next[this.dayOf[row]]),
      Object.fromEntries(this.names.map((name) => [name, taken(this.columns[name], kept)])),
    );
  }

  /**
   * Runs a kernel over time, symbol by symbol: `kernel(from, to)` returns the values of rows `from` up to `to`.
   *
   * @returns Shape (rows,).
   */
  perSymbol(kernel: (from: number, to: number, symbol: number) => Float64Array): Float64Array {
    const result = new Float64Array(this.rows);
    for (let symbol = 0; symbol < this.symbols.length; symbol++) {
      const [from, to] = [this.starts[symbol], this.starts[symbol + 1]];
      const values = kernel(from, to, symbol);
      checkSameLength("run a kernel per symbol", { rows: to - from, result: values.length });
      result.set(values, from);
    }
    return result;
  }

  /** The rows of one trading day (index into `dates`), by symbol. */
  rowsOfDay(day: number): Int32Array {
    this.#byDay ??= this.#groupByDay();
    return this.#byDay.order.subarray(this.#byDay.starts[day], this.#byDay.starts[day + 1]);
  }

  /** Symbol and ISO date of a row, for messages and tables. */
  key(row: number): { symbol: string; date: string } {
    return { symbol: this.symbols[this.symbolOf[row]], date: this.dates[this.dayOf[row]] };
  }

  #sameRows(columns: Record<string, Float64Array>): Panel {
    const panel = new Panel(this.symbols, this.dates, this.starts, this.dayOf, columns);
    panel.#byDay = this.#byDay;
    return panel;
  }

  #groupByDay() {
    const starts = new Int32Array(this.dates.length + 1);
    for (const day of this.dayOf) starts[day + 1]++;
    for (let day = 0; day < this.dates.length; day++) starts[day + 1] += starts[day];
    const next = starts.slice();
    const order = new Int32Array(this.rows);
    this.dayOf.forEach((day, row) => order[next[day]++] = row);
    return { order, starts };
  }
}

/** The values at some rows. A plain loop: panels have millions of rows, and mapping functions cost more than the copy. */
function taken(column: Float64Array, rows: Int32Array): Float64Array {
  const values = new Float64Array(rows.length);
  for (let position = 0; position < rows.length; position++) values[position] = column[rows[position]];
  return values;
}

/** Which of `codes` codes some rows use, in order, and the place of each among those. */
function codesInUse(codes: number, rows: Int32Array, codeOf: Int32Array): { used: number[]; next: Int32Array } {
  const isUsed = new Uint8Array(codes);
  for (let position = 0; position < rows.length; position++) isUsed[codeOf[rows[position]]] = 1;
  const used = Array.from(isUsed.keys()).filter((code) => isUsed[code] === 1);
  const next = new Int32Array(codes);
  used.forEach((code, place) => next[code] = place);
  return { used, next };
}
