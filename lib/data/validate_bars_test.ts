import assert from "node:assert/strict";
import { assertAlmostEqual, weekdays } from "@lib/core";
import { BarsRefusedError } from "./bars_report.ts";
import type { FaultKind } from "./fault_limits.ts";
import type { RawBars } from "./raw_bars.ts";
import { validateBars } from "./validate_bars.ts";

const days = Object.freeze(weekdays("2020-01-01", 200));
const today = days[199];
const names = ["open", "high", "low", "close", "volume"] as const;

type Row = { day: string; open: number; high: number; low: number; close: number; volume: number };

/** 200 sound bars, with whatever `change` does to them. */
function bars(symbol: string, change: (rows: Row[]) => void = () => {}): RawBars {
  const rows = days.map((day, at) => {
    const close = 50 + 5 * Math.sin(at / 9);
    return { day, open: close - 0.5, high: close + 1, low: close - 1, close, volume: 1000 + at };
  });
  change(rows);
  return Object.freeze({
    symbol,
    file: `${symbol}.csv`,
    days: Object.freeze(rows.map(({ day }) => day)),
    lines: Object.freeze(rows.map((_, at) => at + 2)),
    columns: Object.freeze(
      Object.fromEntries(names.map((name) => [name, Object.freeze(rows.map((row) => row[name]))])),
    ),
    rowsRead: rows.length,
    faults: [],
  });
}

const sound = bars("S");

/** What is found in symbol A with one fault, beside two sound symbols. */
function findings(change: (rows: Row[]) => void) {
  const { panel, report } = validateBars([sound, bars("A", change), bars("T")], { today });
  const found = report.findings.map(({ symbol, kind, count, example }) => [symbol, kind, count, example.line]);
  const values = report.findings.map(({ example }) => example.value);
  return { panel, found, values, missing: names.map((name) => panel.column(name).filter(Number.isNaN).length) };
}

const wholeBar = [1, 1, 1, 1, 1];
const nothing = [0, 0, 0, 0, 0];

Deno.test("validateBars() finds nothing in sound bars, and gives them as they are", () => {
  const { panel, report } = validateBars([sound], { today });
  assert.deepEqual(report, {
    rowsRead: 200,
    rows: 200,
    symbols: 1,
    firstDay: days[0],
    lastDay: today,
    findings: [],
  });
  for (const name of names) assert.deepEqual([...panel.column(name)], sound.columns[name], name);
  assert.deepEqual(panel.names, [...names, "dollar_volume", "return", "index", "market_return"]);
});

const impossible: [FaultKind, (row: Row) => void, RegExp][] = [
  ["high_below_low", (row) => [row.high, row.low] = [row.low, row.high], /^high .* below low .* on 2020-01-15$/],
  ["outside_range", (row) => row.open = row.high + 0.01, /^open .* above high .* on 2020-01-15$/],
  ["outside_range", (row) => row.close = row.low - 0.01, /^close .* below low .* on 2020-01-15$/],
  ["non_positive_price", (row) => row.low = 0, /^low 0 on 2020-01-15$/],
  ["non_positive_price", (row) => row.low = -3, /^low -3 on 2020-01-15$/],
  ["negative_volume", (row) => row.volume = -1, /^volume -1 on 2020-01-15$/],
];

for (const [kind, damage, words] of impossible) {
  Deno.test(`validateBars() makes a bar missing, whole, for ${kind}: ${words.source}`, () => {
    const { found, values, missing, panel } = findings((rows) => damage(rows[10]));
    assert.deepEqual(found, [["A", kind, 1, 12]]);
    assert.match(values[0], words);
    assert.deepEqual(missing, wholeBar);
    assert.ok(Number.isNaN(panel.column("close")[10]));
  });
}

Deno.test("validateBars() takes rounding to 32-bit floats for no fault, and a volume of 0 for what it is", () => {
  const { found, missing } = findings((rows) => {
    rows[10].close = rows[10].high * (1 + 1e-7);
    rows[11].volume = 0;
  });
  assert.deepEqual(found, []);
  assert.deepEqual(missing, nothing);
});

Deno.test("validateBars() leaves a missing value missing, and no other", () => {
  const { found, missing, panel } = findings((rows) => rows[10].close = NaN);
  assert.deepEqual(found, []); // reading counts those
  assert.deepEqual(missing, [0, 0, 0, 1, 0]);
  const holes = ["dollar_volume", "return", "index"].map((name) =>
    [...panel.column(name).subarray(9, 13)].map(Number.isNaN)
  );
  assert.deepEqual(holes, [
    [false, true, false, false],
    [false, true, true, false],
    [false, true, false, false],
  ]);
});

Deno.test("validateBars() sorts rows and counts those that were out of order", () => {
  const { found, values, panel } = findings((rows) => rows.push(...rows.splice(0, 100)));
  assert.deepEqual(found, [["A", "unordered_date", 1, 102]]);
  assert.deepEqual(values, [`${days[0]} after ${days[199]}`]);
  assert.deepEqual(panel.column("close").subarray(0, 200), Float64Array.from(sound.columns.close));
  const reversed = findings((rows) => rows.reverse());
  assert.deepEqual(reversed.found, [["A", "unordered_date", 199, 3]]); // newest first, as many vendors write
  assert.deepEqual(reversed.panel, panel);
});

Deno.test("validateBars() keeps one of two equal bars of a day, and trusts neither of two that differ", () => {
  const equal = findings((rows) => rows.splice(10, 0, { ...rows[10] }));
  assert.deepEqual(equal.found, [["A", "duplicate_date", 1, 13]]);
  assert.deepEqual(equal.values, ["2020-01-15 once more, equal to line 12"]);
  assert.deepEqual(equal.missing, nothing);
  for (const at of [10, 11]) { // whichever comes first
    const unlike = findings((rows) => rows.splice(at, 0, { ...rows[10], close: rows[10].close + 0.1 }));
    assert.deepEqual(unlike.found, [["A", "duplicate_date", 1, 13]]);
    assert.deepEqual(unlike.missing, wholeBar);
    assert.ok(Number.isNaN(unlike.panel.column("close")[10]));
  }
});

Deno.test("validateBars() leaves out rows after today", () => {
  const { found, values, panel } = findings((rows) => rows.splice(5, 0, { ...rows[0], day: "2035-01-01" }));
  assert.deepEqual(found, [["A", "future_date", 1, 7]]);
  assert.deepEqual(values, [`2035-01-01, today is ${today}`]);
  assert.equal(panel.dates.at(-1), today);
});

Deno.test("validateBars() sets a row of missing values where a symbol skips trading days", () => {
  const { found, values, missing, panel } = findings((rows) => rows.splice(10, 3));
  assert.deepEqual(found, [["A", "gap", 3, 12]]);
  assert.deepEqual(values, ["no bar on 2020-01-15"]);
  assert.deepEqual(missing, [3, 3, 3, 3, 3]);
  assert.deepEqual(panel.rows, 600);
  assert.ok(panel.column("return").subarray(10, 14).every(Number.isNaN));
  assertAlmostEqual([panel.column("index")[13]], [panel.column("close")[13] / panel.column("close")[0]]);
});

Deno.test("validateBars() sees no gap before a symbol's first bar or after its last", () => {
  const { found, panel } = findings((rows) => (rows.splice(0, 50), rows.splice(-50)));
  assert.deepEqual(found, []);
  assert.deepEqual([...panel.starts], [0, 100, 300, 500]);
});

Deno.test("validateBars() leaves out a row on a day when nobody else trades", () => {
  const { found, values, panel } = findings((rows) => rows.splice(3, 0, { ...rows[3], day: "2020-01-05" }));
  assert.deepEqual(found, [["A", "off_calendar", 1, 5]]);
  assert.deepEqual(values, ["2020-01-05 is no trading day here"]);
  assert.deepEqual(panel.dates, days);
});

Deno.test("validateBars() names a jump beyond 35 % and keeps it", () => {
  const { found, values, panel } = findings((rows) =>
    rows.slice(10).forEach((row) => names.slice(0, 4).forEach((name) => row[name] /= 2))
  );
  assert.deepEqual(found, [["A", "jump", 1, 12]]);
  assert.match(values[0], /^-4\d\.\d % on 2020-01-15$/);
  assert.ok(panel.column("return")[10] < -0.35);
});

Deno.test("validateBars() refuses a symbol beyond a limit, names the worst and says what to do", () => {
  const broken = bars("A", (rows) => rows.slice(0, 3).forEach((row) => row.volume = -7));
  const worse = bars("B", (rows) => rows.slice(0, 30).forEach((row) => row.high = row.low / 2));
  assert.throws(() => validateBars([broken, worse, sound], { today }), (error) => {
    assert.ok(error instanceof BarsRefusedError);
    assert.equal(error.name, "BarsRefusedError");
    assert.deepEqual(error.message.split("\n").slice(0, 3), [
      "Cannot load bars: the share of faulty rows of each symbol must stay within its limit, current worst ones are",
      "  B high_below_low: 30 (15 %, limit 1 %), first B.csv:2 high 24.5 below low 49 on 2020-01-01",
      "  A negative_volume: 3 (1.5 %, limit 1 %), first A.csv:2 volume -7 on 2020-01-01",
    ]);
    assert.match(error.message, /Mend these rows at their source, or take the symbol out/);
    assert.equal(error.report.findings.length, 2);
    return true;
  });
});

Deno.test("validateBars() accepts a share that is exactly the limit", () => {
  const { found } = findings((rows) => rows.slice(0, 2).forEach((row) => row.volume = -7));
  assert.deepEqual(found, [["A", "negative_volume", 2, 2]]);
});

Deno.test("validateBars() refuses no bars, twins, weekly bars and a today that is no day", () => {
  assert.throws(() => validateBars([bars("AAA"), bars("aaa")], { today }), {
    name: "RangeError",
    message:
      "Cannot validate bars: each symbol must come once, whatever its case, current twins are AAA in AAA.csv and " +
      "aaa in aaa.csv",
  });
  const weekly = bars("A", (rows) => rows.splice(0, 200, ...rows.filter((_, at) => at % 5 === 0)));
  assert.throws(() => validateBars([weekly], { today }), { name: "RangeError", message: /bars must be daily/ });
  assert.throws(() => validateBars([], { today }), { name: "RangeError", message: /at least one symbol/ });
  assert.throws(() => validateBars([sound], { today: "soon" }), {
    name: "RangeError",
    message: /today must be a date/,
  });
});

Deno.test("validateBars() is unchanged when the future is cut off, and by the order of symbols", () => {
  const raw = [
    bars("A", (rows) => (rows.splice(40, 2), rows[60].close = 1)),
    bars("B", (rows) => rows.splice(20, 0, { ...rows[20], day: "2020-01-25" })),
    bars("C", (rows) => rows.splice(0, 30)),
    sound,
  ];
  const { panel } = validateBars(raw, { today });
  assert.deepEqual(validateBars(raw.toReversed(), { today }).panel, panel);
  for (const count of [110, 150]) {
    const cut = raw.map((symbol): RawBars => {
      const kept = symbol.days.filter((day) => day <= days[count - 1]).length;
      const columns = Object.entries(symbol.columns).map(([name, values]) => [name, Array.from(values).slice(0, kept)]);
      return { ...symbol, days: symbol.days.slice(0, kept), columns: Object.fromEntries(columns), rowsRead: kept };
    });
    const past = panel.select((row) => panel.dayOf[row] < count);
    assert.deepEqual(validateBars(cut, { today }).panel.columns, past.columns);
  }
});

Deno.test("validateBars() takes returns from adjusted prices where a symbol has them, else from closes", () => {
  const adjusted = Array.from(sound.columns.close as number[], (close, at) => close * (at < 100 ? 0.9 : 1));
  const withDividend: RawBars = { ...sound, columns: { ...sound.columns, adjusted } };
  const { panel } = validateBars([withDividend, bars("T")], { today });
  assert.ok(!panel.has("adjusted"));
  const [paid, unpaid] = [panel.column("return")[100], panel.column("return")[300]];
  assertAlmostEqual([(1 + paid) / (1 + unpaid)], [1 / 0.9]);
  assertAlmostEqual(
    panel.column("index").subarray(0, 200),
    Float64Array.from(adjusted, (price) => price / adjusted[0]),
  );
});
