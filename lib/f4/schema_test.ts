import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { normalRandom, Panel, seededRandom, stableJson, weekdays } from "@lib/core";
import { judge, judgeBookClaim, LEAKS, Ledger, type ModelReport, scorecard, type ScorecardOptions } from "./mod.ts";
import schema from "./scorecard.schema.json" with { type: "json" };

const validate = new Ajv2020({ allErrors: true, strictTypes: false }).compile(schema);
const check = (card: unknown, name = "") => {
  const written = JSON.parse(stableJson(card)); // throws where a number is not finite
  assert.ok(
    validate(written),
    `${name}: ${JSON.stringify(validate.errors?.filter(({ keyword }) => keyword !== "oneOf").slice(-4))}`,
  );
};

const trial = { source: "a test", parameters: { pace: 1 }, data: [{ name: "planted", digest: "d" }] };
const DAYS = 260;
const dates = weekdays("2020-01-01", DAYS);

function planted(names: number, days = DAYS): Panel {
  const normal = normalRandom(seededRandom(names));
  const [symbol, date]: string[][] = [[], []];
  for (let name = 0; name < names; name++) {
    for (const day of dates.slice(0, days)) symbol.push(`S${name}`), date.push(day);
  }
  const signal = Float64Array.from(symbol, () => 0.001 * normal());
  const actual = signal.map((value) => value + 0.02 * normal());
  const other = signal.map((value) => value + 0.001 * normal());
  return Panel.fromRows({ symbol, date, columns: { forecast: signal, actual, other } });
}

const factors = {
  dates,
  names: ["market", "size"],
  values: [1, 2].map((seed) => Float64Array.from(dates, normalRandom(seededRandom(seed))).map((value) => 0.01 * value)),
};

Deno.test("the schema holds scorecards of all shapes, counted or not", async () => {
  const panel = planted(10);
  const baselines = ["other"];
  const cards: Record<string, [Panel, ScorecardOptions?]> = {
    "a panel": [panel, { baselines }],
    "a panel beside factors": [panel.with({ returns: panel.column("actual") }), { returns: "returns", factors }],
    "over 20 days": [panel, { horizonDays: 20 }],
    "one symbol": [planted(1), { baselines }],
    "one day": [planted(10, 1)],
    "no rows": [panel.select(() => false)],
    "scores": [panel, { unit: "score" }],
    "constant": [panel.with({ forecast: new Float64Array(panel.rows) })],
    "without costs": [panel, { costsBps: [] }],
  };
  const checks = [
    { check: "replay", leak: LEAKS[0], outcome: "clear", step: "fit", column: null, words: "equal" } as const,
  ];
  const seen = { check: "rows one by one", outcome: "clear", words: "equal" } as const;
  const model = {
    kind: "regressor",
    digest: "d",
    model: "ridge",
    engine: "none",
    checks: [seen],
  } satisfies ModelReport;
  for (const [name, [table, options]] of Object.entries(cards)) {
    check(scorecard(table, { draws: 100, ...options }), name);
    const ledger = Ledger.inMemory();
    const counting = { ledger, trial, finalFrom: dates[200], road: { checks }, model, draws: 100 };
    check(await judge(table, { ...counting, ...options }), `${name}, counted`);
  }
});

Deno.test("the schema holds a claim after many, with overfitting and a spread from the ledger", async () => {
  const ledger = Ledger.inMemory();
  const panel = planted(6);
  const normal = normalRandom(seededRandom(77));
  for (let look = 0; look < 11; look++) {
    const forecast = panel.column("actual").map((value) => value * (look - 5) / 20 + 0.01 * normal());
    const card = await judge(panel.with({ forecast }), { ledger, trial, draws: 100 });
    if (look === 10) {
      assert.ok("overfitting" in card.trials && "probability" in card.trials.overfitting);
      assert.equal(card.trials.spread.source, "ledger");
      check(card);
    }
  }
});

Deno.test("the schema holds book claims of all shapes", async () => {
  const normal = normalRandom(seededRandom(5));
  const gross = Float64Array.from(dates, () => 0.001 + 0.01 * normal());
  const claim = (returns: Float64Array, days: number, extra = {}) =>
    judgeBookClaim({
      name: "a book",
      dates: dates.slice(0, days),
      gross: returns.slice(0, days),
      turnover: new Float64Array(days).fill(0.1),
      net: [{ costBps: 5, returns: returns.slice(0, days) }],
    }, { ledger: Ledger.inMemory(), trial, draws: 100, ...extra });
  check(await claim(gross, DAYS), "alone");
  check(await claim(gross, DAYS, { market: gross, factors, finalFrom: dates[200] }), "beside factors");
  check(await claim(new Float64Array(DAYS), DAYS, { finalFrom: dates[200] }), "still");
  check(await claim(gross, 1), "one day");
});

Deno.test("the schema refuses what is no card", () => {
  const card = scorecard(planted(6), { draws: 100 });
  assert.ok(!validate({ ...card, schema: "ai-stocks-lab/scorecard/1" }));
  assert.ok(!validate({ ...card, more: 1 }));
  assert.ok(!validate({ ...card, headline: { ...card.headline, z: { value: null } } }));
});

Deno.test("`judge()` gives every table a card without NaN, and a reason where a number is missing", async () => {
  const value = fc.oneof(
    fc.constantFrom(0, 1, -1, NaN, Infinity, -Infinity, 1e300, 5e-324),
    fc.double({ min: -0.1, max: 0.1, noNaN: true }),
  );
  const table = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 30 })).chain(([names, days]) =>
    fc.record({
      names: fc.constant(names),
      days: fc.constant(days),
      forecast: fc.array(value, { minLength: names * days, maxLength: names * days }),
      actual: fc.array(value, { minLength: names * days, maxLength: names * days }),
      horizonDays: fc.constantFrom(1, 2, 20),
    })
  );
  await fc.assert(
    fc.asyncProperty(table, async ({ names, days, forecast, actual, horizonDays }) => {
      const [symbol, date]: string[][] = [[], []];
      for (let name = 0; name < names; name++) {
        for (const day of dates.slice(0, days)) symbol.push(`S${name}`), date.push(day);
      }
      const columns = { forecast: Float64Array.from(forecast), actual: Float64Array.from(actual) };
      const panel = Panel.fromRows({ symbol, date, columns });
      const options = { horizonDays, draws: 100, baselines: ["actual"] };
      const card = await judge(panel, { ledger: Ledger.inMemory(), trial, finalFrom: dates[10], ...options });
      check(card);
      assert.notEqual(card.verdict.verdict, "pass");
    }),
    { numRuns: 60, seed: 7 },
  );
});
