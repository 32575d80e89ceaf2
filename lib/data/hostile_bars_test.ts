import assert from "node:assert/strict";
import fc from "fast-check";
import { weekdays } from "@lib/core";
import { readBars } from "./read_bars.ts";
import { validateBars, type ValidatedBars } from "./validate_bars.ts";

const today = "2026-01-01";
const days = weekdays("2020-01-01", 300);
const sound = ["date,open,high,low,close,volume", ...days.map((day, at) => `${day},10.5,${12 + at},9,11,${1000 + at}`)];
const cells = fc.constantFrom(
  "",
  "x",
  "-1",
  "0",
  "1e400",
  '"',
  "NaN",
  "1,5",
  "2019-12-31",
  "2099-01-01",
  "\u0000",
  "é",
  "9",
);
const damage = fc.record({ line: fc.nat(300), column: fc.nat(6), cell: cells, twice: fc.boolean() });

function damaged(faults: readonly { line: number; column: number; cell: string; twice: boolean }[]): string {
  const lines = sound.map((line) => [line]);
  for (const { line, column, cell, twice } of faults) {
    const whole = lines[line][0].split(",");
    const changed = whole.with(Math.min(column, whole.length - 1), cell).join(",");
    lines[line] = twice ? [changed, ...lines[line]] : [changed];
  }
  return lines.flat().join("\n");
}

/** The market that comes of a text, or the error that refuses it. */
async function outcome(text: string): Promise<ValidatedBars | Error> {
  try {
    return validateBars(await readBars(new Blob([text]).stream(), { file: "a.csv", symbol: "A" }), { today });
  } catch (error) {
    return error as Error;
  }
}

Deno.test("readBars() and validateBars() let only possible bars through, or refuse in words, whatever the damage", () =>
  fc.assert(
    fc.asyncProperty(fc.array(damage, { maxLength: 4 }), async (faults) => {
      const result = await outcome(damaged(faults));
      if (result instanceof Error) {
        assert.match(result.message, /^Cannot .+: .+/);
        return;
      }
      const { open, high, low, close, volume } = result.panel.columns;
      for (let row = 0; row < result.panel.rows; row++) {
        const [least, most] = [Math.min(open[row], close[row]), Math.max(open[row], close[row])];
        assert.ok(!(low[row] <= 0 || volume[row] < 0 || high[row] < low[row] || most > high[row] || least < low[row]));
      }
      const missing = Math.max(...[open, high, low, close, volume].map((column) => column.filter(Number.isNaN).length));
      const counted = result.report.findings.reduce((sum, { count }) => sum + count, 0);
      assert.ok(missing <= counted, `${missing} missing, ${counted} counted`);
    }),
    { seed: 20240229, numRuns: 150 },
  ));
