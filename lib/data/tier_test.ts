import assert from "node:assert/strict";
import fc from "fast-check";
import { weekdays } from "@lib/core";
import { loadCsvFolder } from "./load_csv_folder.ts";
import type { RawBars } from "./raw_bars.ts";
import { cutToTier } from "./tier.ts";

const days = Object.freeze(weekdays("2020-01-01", 100));
const today = "2026-01-05";
const finalFrom = days[80];
const header = "symbol,date,open,high,low,close,volume";

function lines(symbol: string, from = 0, to = days.length): string[] {
  return days.slice(from, to).map((day, at) => `${symbol},${day},10,12,9,${10 + (at % 7) / 10},${1000 + at}`);
}

async function load(rows: readonly string[], options: { tier?: "final"; finalFrom?: string } = {}) {
  const file = await Deno.makeTempFile({ suffix: ".csv" });
  try {
    await Deno.writeTextFile(file, [header, ...rows, ""].join("\n"));
    const { panel, source, report } = await loadCsvFolder(file, { today, ...options });
    return { panel, source: { ...source, name: "own" }, report: { ...report, findings: withoutFile(report.findings) } };
  } finally {
    await Deno.remove(file);
  }
}

function withoutFile<Finding extends { example: { file: string } }>(findings: readonly Finding[]) {
  return findings.map(({ example, ...rest }) => ({ ...rest, example: { ...example, file: "" } }));
}

Deno.test("cutToTier() begins the final block with the last fifth of the trading days, whatever stray rows say", () => {
  const raw = (own: readonly string[]): RawBars => ({
    symbol: "A",
    file: "A.csv",
    days: own,
    lines: own.map((_, row) => row + 2),
    columns: { return: own.map(() => 0) },
    rowsRead: own.length,
    faults: [],
  });
  const start = (...own: (readonly string[])[]) => cutToTier(own.map(raw), { tier: "final", today }).finalFrom;
  assert.equal(start(days), finalFrom);
  assert.equal(start(days.toReversed()), finalFrom);
  assert.equal(start([...days, ...days.slice(90)]), finalFrom);
  assert.equal(start([...days, "2199-01-01"]), finalFrom);
  assert.equal(start(days, days, [...days.slice(0, 3), "2020-01-04", ...days.slice(3)]), finalFrom);
  assert.equal(start(days.slice(0, 99)), days[79]);
});

Deno.test("cutToTier() lets nothing of the final block reach development: values, symbols, counts, words", async () => {
  const early = [...lines("AA", 0, 80), ...lines("BB", 0, 80)];
  const plain = await load([...early, ...lines("AA", 80), ...lines("BB", 80)], { finalFrom });
  assert.deepEqual([plain.source.lastDay, plain.source.symbols, plain.report.rowsRead], [days[79], 2, 160]);
  const cell = fc.constantFrom("x", "", "-5", "0", "99", '"1,5"');
  const late = fc.record({
    symbol: fc.constantFrom("AA", "BB", "CC"),
    day: fc.constantFrom(...days.slice(80), "2199-01-01"),
    cells: fc.array(cell, { minLength: 4, maxLength: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(late, { maxLength: 60 }), async (rows) => {
      const others = rows.map(({ symbol, day, cells }) => [symbol, day, ...cells].join(","));
      assert.deepEqual(await load([...early, ...others], { finalFrom }), plain);
    }),
    { seed: 20240229, numRuns: 40 },
  );
});

Deno.test("cutToTier() keeps the faults of development rows, and of rows whose date cannot be read", async () => {
  const spoilt = lines("AA").with(5, `AA,${days[5]},10,12,9,x,1000`).with(90, `AA,${days[90]},10,12,9,y,1000`);
  const fillers = Array.from({ length: 9 }, (_, at) => lines(`F${at}`)).flat();
  const long = weekdays("2018-01-01", 522).map((day) => `AA,${day},10,12,9,10,1000`); // up to the first of days
  const rows = [...long, ...spoilt, ...fillers, "AA,01/02/2020,10,12,9,10,1000"];
  const kinds = async (tier?: "final") =>
    (await load(rows, { finalFrom, tier })).report.findings.map(({ kind, count }) => [kind, count]);
  assert.deepEqual(await kinds(), [["unreadable_date", 1], ["not_a_number", 1]]);
  assert.deepEqual(await kinds("final"), [["unreadable_date", 1], ["not_a_number", 2]]);
});

Deno.test("cutToTier() refuses a development without days, and a final block without a date", async () => {
  const wanted = { name: "RangeError", message: /development must have days before .* begins on 2020-01-01/ };
  await assert.rejects(load(lines("AA", 0, 1)), wanted);
  assert.equal((await load(lines("AA", 0, 1), { tier: "final" })).panel.rows, 1);
  await assert.rejects(load(lines("AA"), { finalFrom: "soon" }), {
    name: "RangeError",
    message: "Cannot cut a market to its tier: finalFrom must be a date as YYYY-MM-DD, current value is soon",
  });
});
