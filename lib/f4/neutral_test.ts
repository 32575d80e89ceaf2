import assert from "node:assert/strict";
import { assertAlmostEqual, normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import {
  bookNeutralCheck,
  factorsOn,
  gateBook,
  judgeBook,
  neutralChecks,
  type NeutralIc,
  partialRankCorrelation,
  type Scorecard,
  scorecard,
  trailingBetas,
  trailingVolatility,
} from "./mod.ts";
import golden from "./testdata/neutral.json" with { type: "json" };

/** The market of testdata/neutral.py, made by the same generator. */
function goldenMarket() {
  const [names, days] = [24, 180];
  let state = 7;
  const noise = () => (state = state * 16807 % 2147483647) / 2147483647 - 0.5;
  const factors = Array.from({ length: days + 1 }, () => [0.02 * noise(), 0.01 * noise()]);
  const calendar = weekdays("2020-01-01", days);
  const rows = { symbol: [] as string[], date: [] as string[] };
  const columns = { forecast: [] as number[], actual: [] as number[], known: [] as number[] };
  for (let name = 0; name < names; name++) {
    const returns = factors.map(([first, second]) =>
      (0.5 + name / names) * first + (7 * name % names / names - 0.5) * second + (0.005 + 0.03 * name / names) * noise()
    );
    for (let day = 0; day < days; day++) {
      rows.symbol.push(`S${String(name).padStart(2, "0")}`);
      rows.date.push(calendar[day]);
      const guess = 0.3 * returns[day + 1] + 0.01 * noise() + 0.004 * name / names;
      columns.forecast.push(noise() > 0.47 ? NaN : guess);
      columns.known.push(noise() > 0.48 ? NaN : returns[day]);
      columns.actual.push(returns[day + 1]);
    }
  }
  const arrays = Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)]);
  const panel = Panel.fromRows({ ...rows, columns: Object.fromEntries(arrays) });
  const series = [0, 1].map((factor) => Float64Array.from({ length: days }, (_, day) => factors[day][factor]));
  const gross = Float64Array.from(
    { length: days },
    (_, day) => 0.0006 + 0.4 * factors[day][0] - 0.2 * factors[day][1] + 0.004 * noise(),
  );
  const netExposure = Float64Array.from({ length: days }, () => 0.5 + 0.1 * noise());
  const riskFree = new Float64Array(days).fill(0.0001);
  return {
    panel,
    factors: { dates: calendar, names: ["first", "second"], values: series, riskFree },
    gross,
    netExposure,
  };
}

Deno.test("trailingVolatility() and trailingBetas() agree with numpy and statsmodels", () => {
  const { panel, factors } = goldenMarket();
  const known = panel.column("known");
  const at = (values: Float64Array, [name, day]: number[]) => values[180 * name + day];
  const volatility = trailingVolatility(panel, known, { windowDays: 60, leastReturns: 20 });
  assertAlmostEqual([[3, 60], [20, 179]].map((row) => at(volatility, row)), golden.volatility);
  const betas = trailingBetas(panel, known, factors.values, { windowDays: 252, leastReturns: 126 });
  const rows = [[3, 150], [20, 179]];
  assertAlmostEqual(rows.flatMap((row) => betas.map((values) => at(values, row))), golden.factor_betas.flat());
  assert.ok(Number.isNaN(at(betas[0], [3, 100])));
});

Deno.test("trailingBetas() has none where factors cannot be told apart", () => {
  const { panel, factors: { values: [first] } } = goldenMarket();
  const twice = [first, first.map((value) => 2 * value)];
  const [beta] = trailingBetas(panel, panel.column("known"), twice, { windowDays: 60, leastReturns: 20 });
  assert.ok(beta.every(Number.isNaN));
});

Deno.test("scorecard() has the neutral rank ICs of scipy and statsmodels", () => {
  const { panel, factors } = goldenMarket();
  const { neutral } = scorecard(panel, { returns: "known", factors, draws: 100 });
  assert.ok("volatility" in neutral);
  const scores = [neutral.volatility, neutral.marketBeta, neutral.factorBetas, ...neutral.eachFactor] as NeutralIc[];
  for (const { exposure, days, rows, rankIc, plain, gone, t } of scores) {
    const wanted = golden.neutral[exposure as "volatility"];
    assert.deepEqual([days, rows], [wanted.days, wanted.rows], exposure);
    const values = [rankIc, plain, gone, t].map(({ value }) => value!);
    assertAlmostEqual(values, [wanted.rank_ic, wanted.plain, wanted.gone, wanted.t]);
  }
  assert.equal(scores.length, 5);
});

Deno.test("judgeBook() has the loads of statsmodels, with its errors", () => {
  const { factors, gross, netExposure } = goldenMarket();
  const book = { gross, turnover: new Float64Array(180), net: [{ costBps: 5, returns: gross }], netExposure };
  const { loads } = judgeBook({ ...book, dates: factors.dates }, { factors, draws: 200 });
  assert.ok("factors" in loads);
  const { book: wanted } = golden;
  assertAlmostEqual(loads.factors.map(({ load }) => load.value!), wanted.loads);
  assertAlmostEqual(loads.factors.map(({ annualContribution }) => annualContribution.value!), wanted.contributions);
  assertAlmostEqual([loads.alphas[0].annual.value!, loads.rSquared.value!], [wanted.alpha, wanted.r_squared]);
  assertAlmostEqual([loads.alphas[0].t, ...loads.factors.map(({ t }) => t)].map(({ value }) => value!), wanted.t);
  assert.throws(() => judgeBook(book, { factors, draws: 200 }), {
    name: "TypeError",
    message: "Cannot judge a book: factors need the dates of the book, currently there are none",
  });
});

Deno.test("partialRankCorrelation() leaves nothing of what is a rising function of a control, and forgets no other", () => {
  const normal = normalRandom(seededRandom(3));
  const column = () => Float64Array.from({ length: 50 }, () => normal());
  const [x, y, control] = [column(), column(), column()];
  assert.equal(partialRankCorrelation(control.map((value) => value ** 3), y, [control]), 0);
  assert.ok(Math.abs(partialRankCorrelation(x, x.map((value) => 2 * value), [control]) - 1) < 1e-12);
  assertAlmostEqual([partialRankCorrelation(x, y, [control, control])], [partialRankCorrelation(x, y, [control])]);
  assert.ok(Number.isNaN(partialRankCorrelation(x, new Float64Array(50), [control])));
});

Deno.test("factorsOn() adds up over days that the calendar skips, and is missing where the factors do not reach", () => {
  const dates = weekdays("2020-01-01", 6);
  const factors = { dates: dates.slice(0, 5), names: ["f"], values: [Float64Array.of(1, 2, 4, NaN, 8)] };
  const [, first, , third] = dates;
  assert.deepEqual(factorsOn(factors, dates), [Float64Array.of(1, 2, 4, NaN, 8, NaN)]);
  assert.deepEqual(factorsOn(factors, [first, dates[2], third]), [Float64Array.of(2, 4, NaN)]);
  assert.deepEqual(factorsOn(factors, [dates[0], dates[2]]), [Float64Array.of(1, 6)]);
  assert.deepEqual(factorsOn(factors, dates, { spanDays: 2 }), [Float64Array.of(NaN, NaN, 6, NaN, NaN, NaN)]);
  assert.throws(() => factorsOn({ ...factors, dates: dates.slice(0, 5).reverse() }, dates), RangeError);
});

type Premium = "volatility" | "beta" | "size" | "skill";

/** A market in which one exposure is paid for, and a forecast that knows that exposure and nothing else. */
function planted(premium: Premium) {
  const [names, days] = [100, 600];
  const normal = normalRandom(seededRandom(11));
  const calendar = weekdays("2020-01-01", days + 1);
  const own = (spread: number) => Float64Array.from({ length: names }, () => spread * normal());
  const [beta, size] = [own(0.5).map((value) => 1 + value), own(1)];
  const volatility = own(0.5).map((value) => 0.02 * Math.exp(value));
  const values = [0.01, 0.004].map((spread) => Float64Array.from(calendar, () => spread * normal()));
  const columns = { forecast: [] as number[], actual: [] as number[], return: [] as number[] };
  const rows = { symbol: [] as string[], date: [] as string[] };
  for (let name = 0; name < names; name++) {
    const signal = Float64Array.from(calendar, () => normal());
    const exposure = {
      volatility: volatility[name] / 0.02 - 1.1,
      beta: beta[name] - 1,
      size: size[name] / 2,
      skill: 0,
    };
    const returns = calendar.map((_, day) =>
      0.0018 * exposure[premium] + beta[name] * values[0][day] + size[name] * values[1][day] +
      volatility[name] * normal() +
      (premium === "skill" && day > 0 ? 0.1 * volatility[name] * signal[day - 1] : 0)
    );
    for (let day = 0; day < days; day++) {
      rows.symbol.push(`S${String(name).padStart(3, "0")}`);
      rows.date.push(calendar[day]);
      columns.forecast.push(premium === "skill" ? signal[day] : exposure[premium] + 0.05 * normal());
      columns.actual.push(returns[day + 1]);
      columns.return.push(returns[day]);
    }
  }
  const arrays = Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)]);
  const panel = Panel.fromRows({ ...rows, columns: Object.fromEntries(arrays) });
  const factors = { dates: calendar, names: ["MKT", "SMB"], values };
  if (premium !== "volatility") return { panel, factors };
  const forecast = trailingVolatility(panel, panel.column("return"), { windowDays: 40, leastReturns: 20 });
  return { panel: panel.with({ forecast }), factors };
}

const outcomes = (card: Scorecard) => neutralChecks(card).map(({ outcome }) => outcome);

Deno.test("gate() calls a forecast by its name that knows only volatility, only beta or only size", () => {
  const bets = [
    ["volatility", 0, /\d % of it is only a bet on volatility$/],
    ["beta", 1, /only a bet on market beta/],
    [
      "size",
      2,
      /only a bet on SMB \(\d+ % alone\)$/,
    ],
  ] as const;
  for (const [premium, place, words] of bets) {
    const { panel, factors } = planted(premium);
    const card = scorecard(panel, { returns: "return", factors, draws: 200 });
    const check = neutralChecks(card)[place];
    assert.deepEqual([check.outcome, words.test(check.words)], ["not met", true], `${premium}: ${check.words}`);
    assert.equal(card.verdict.verdict, "fail");
    assert.ok(card.verdict.summary.includes(check.words));
  }
});

Deno.test("gate() finds what the outcomes tell of exposures, without a column of returns", () => {
  const { panel } = planted("beta");
  const card = scorecard(panel.pick(["forecast", "actual"]), { draws: 200 });
  const check = neutralChecks(card)[1];
  assert.deepEqual([check.outcome, /only a bet on market beta/.test(check.words)], ["not met", true], check.words);
});

Deno.test("gate() leaves true skill alone", () => {
  const { panel, factors } = planted("skill");
  const card = scorecard(panel, { returns: "return", factors, draws: 200 });
  assert.deepEqual(outcomes(card), ["met", "met", "met"]);
  assert.equal(card.verdict.verdict, "uncounted");
});

Deno.test("neutralChecks() says why there is no neutral figure", () => {
  const { panel } = planted("skill");
  const words = (rows: Panel) =>
    neutralChecks(scorecard(rows, { returns: "return", draws: 100 })).map((one) => one.words);
  const few = panel.select((row) => panel.symbolOf[row] < 4);
  assert.deepEqual(words(few), ["no neutral rank IC: no day has 5 names with a forecast and an actual"]);
  const [volatility, beta, factors] = words(panel.select((row) => panel.symbolOf[row] < 7 && panel.dayOf[row] < 100));
  assert.match(volatility, /no day has 10 names with volatility/);
  assert.match(beta, /no day has 6 names with market beta, which takes 126 known returns of a name/);
  assert.match(factors, /no factor returns were given/);
});

Deno.test("gateBook() calls a book that only follows a factor a bet on it, and not one that earns beside it", () => {
  const normal = normalRandom(seededRandom(8));
  const dates = weekdays("2015-01-01", 1500);
  const market = Float64Array.from(dates, () => 0.0012 + 0.01 * normal());
  const judged = (ofMarket: number, alpha: number) => {
    const gross = market.map((value) => ofMarket * value + alpha + 0.002 * normal());
    return judgeBook({ gross, turnover: new Float64Array(1500), net: [{ costBps: 5, returns: gross }] }, {
      market,
      draws: 500,
    });
  };
  const follower = judged(0.8, 0);
  assert.match(gateBook(follower).summary, /it is only a bet on market \(\d+\.\d % a year\)/);
  assert.equal(bookNeutralCheck(judged(0.2, 0.001)).outcome, "met");
  assert.equal(bookNeutralCheck(judged(0, 0)).outcome, "not applicable");
});
