import assert from "node:assert/strict";
import { normalRandom, Panel, seededRandom, shuffled, stableJson, weekdays } from "@lib/core";
import { type Estimate, lastOutcome, type Measure, readForecasts, scorecard, type ScorecardOptions } from "./mod.ts";
import golden from "./testdata/scorecard.json" with { type: "json" };

const close = (actual: Measure | number, wanted: number, what: string) => {
  const value = typeof actual === "number" ? actual : actual.value;
  assert.ok(value !== null && Math.abs(value - wanted) < 1e-10, `${what}: ${value} is not ${wanted}`);
};

/** Forecasts with a known daily IC on a market with a common factor. */
function planted(
  { names = 60, days = 300, ic = 0.05, spread = ic, seed = 1, drift = 0 }: {
    names?: number;
    days?: number;
    ic?: number;
    /** std(forecast) / std(actual). */
    spread?: number;
    seed?: number;
    drift?: number;
  } = {},
): Panel {
  const normal = normalRandom(seededRandom(seed));
  const dates = weekdays("2015-01-01", days);
  const [symbol, date]: string[][] = [[], []];
  for (let name = 0; name < names; name++) for (const day of dates) symbol.push(`S${name}`), date.push(day);
  const signal = Float64Array.from(symbol, normal);
  const actual = signal.map((value) => drift + 0.02 * (ic * value + Math.sqrt(1 - ic ** 2) * normal()));
  return Panel.fromRows({ symbol, date, columns: { forecast: signal.map((value) => 0.02 * spread * value), actual } });
}

const quick = (panel: Panel, options: ScorecardOptions = {}) => scorecard(panel, { draws: 300, ...options });

/** A part of a scorecard that must exist. */
function part<Part extends object>(value: Part | { value: null; reason: string }): Part {
  assert.ok(!("reason" in value), "reason" in value ? String(value.reason) : "");
  return value as Part;
}

Deno.test("scorecard() agrees with scipy, statsmodels and pandas on a hostile table", async () => {
  const { panel } = await readForecasts(new URL("testdata/forecasts.csv", import.meta.url).pathname);
  const card = quick(panel, { horizonDays: 2 });
  for (const [name, wanted] of Object.entries(golden.data)) {
    assert.equal(card.data[name as keyof typeof golden.data], wanted, name);
  }
  const across = part(card.crossSectional);
  assert.deepEqual([across.days, across.thinDays, across.constantDays], [golden.days, 2, 0]);
  for (const [name, wanted] of Object.entries(golden.crossSectional)) {
    close(across[name as keyof typeof golden.crossSectional], wanted, name);
  }
  const pooled = part(card.pooled);
  assert.deepEqual(pooled.zeros, golden.zeros);
  for (const [name, wanted] of Object.entries(golden.pooled)) {
    close(pooled[name as keyof typeof golden.pooled], wanted, name);
  }
  close(across.book.turnover, golden.turnover, "turnover");
  for (const cost of across.book.costs.filter(({ costBps }) => costBps in golden.book)) {
    for (const [name, wanted] of Object.entries(golden.book[`${cost.costBps}` as "0" | "10"])) {
      close(cost[name as "sharpe"], wanted, `${name} at ${cost.costBps}`);
    }
  }
  const perSymbol = part(card.perSymbol);
  close(perSymbol.meanRankIc, golden.meanRankIc, "mean rank IC");
  for (const { symbol, rows, ic, rankIc } of perSymbol.symbols) {
    const wanted = golden.symbols[symbol as keyof typeof golden.symbols];
    assert.equal(rows, wanted.rows);
    close(ic, wanted.ic, symbol);
    close(rankIc, wanted.rankIc, symbol);
  }
});

Deno.test("scorecard() covers a planted IC, and fails it for nothing but that nobody counted", () => {
  const card = quick(planted(), { baselines: [] });
  const { ic, rankIc } = part(card.crossSectional);
  assert.ok((ic as Estimate).low! < 0.05 && 0.05 < (ic as Estimate).high!);
  const implied = 6 / Math.PI * Math.asin(0.05 / 2);
  assert.ok((rankIc as Estimate).low! < implied && implied < (rankIc as Estimate).high!);
  assert.equal(card.verdict.verdict, "uncounted");
  assert.equal(part(card.pooled).spread.verdict, "calibrated");
});

Deno.test("scorecard() finds nothing in shuffled forecasts", () => {
  const panel = planted({ names: 20 });
  const cards = Array.from({ length: 12 }, (_, seed) => {
    const forecast = Float64Array.from(shuffled(panel.column("forecast"), seededRandom(seed)));
    return quick(panel.with({ forecast }));
  });
  const misses = cards.filter(({ headline }) => {
    const { low, high } = headline.rankIc as Estimate;
    return low! > 0 || high! < 0;
  });
  assert.ok(misses.length <= 2, `${misses.length} of 12 intervals at 95 % do not hold 0`);
  const [card] = cards;
  assert.equal(card.verdict.verdict, "fail");
  assert.match(card.verdict.summary, /not told apart from 0/);
});

Deno.test("scorecard() suspects a leak in a perfect forecast, and in one that is far too good", () => {
  const panel = planted();
  for (const forecast of [panel.column("actual"), planted({ ic: 0.3 }).column("forecast")]) {
    const actual = forecast === panel.column("actual") ? forecast : planted({ ic: 0.3 }).column("actual");
    const { verdict, summary } = quick(panel.with({ forecast, actual })).verdict;
    assert.equal(verdict, "suspected leak");
    assert.match(summary, /above 0.1, which no published system sustains/);
  }
});

Deno.test("scorecard() changes the sign of the IC with that of the forecasts, and fails it", () => {
  const panel = planted();
  const turned = quick(panel.with({ forecast: panel.column("forecast").map((value) => -value) }));
  const straight = quick(panel);
  close(turned.headline.rankIc, -straight.headline.rankIc.value!, "rank IC");
  assert.ok(part(turned.crossSectional).book.costs[0].sharpe.value! < 0);
  assert.equal(turned.verdict.verdict, "fail");
});

Deno.test("scorecard() tells collapsed from overconfident by the IC, not by an absolute floor", () => {
  const spread = (panel: Panel) => part(quick(panel).pooled).spread.verdict;
  assert.equal(spread(planted({ spread: 0.05 })), "calibrated");
  assert.equal(spread(planted({ spread: 0.005 })), "collapsed");
  assert.equal(spread(planted({ spread: 0.5 })), "overconfident");
  assert.equal(spread(planted({ ic: 0, spread: 0.3 })), "overconfident");
  assert.equal(spread(planted({ ic: 0, spread: 0.001 })), "collapsed");
  assert.equal(spread(planted({ spread: 40 })), "not applicable");
});

Deno.test("scorecard() judges ranks as scores, and says what it leaves out", () => {
  const panel = planted({ spread: 40 });
  const card = quick(panel);
  assert.equal(card.settings.unit, "score");
  assert.deepEqual(part(card.pooled).rSquaredZero, { value: null, reason: "the forecasts are scores, not returns" });
  assert.equal(card.verdict.verdict, "uncounted");
  assert.equal(card.headline.rankIc.value, quick(panel, { unit: "return" }).headline.rankIc.value);
});

Deno.test("scorecard() judges one symbol over time", () => {
  const card = quick(planted({ names: 1, days: 3000, ic: 0.08, drift: 0.001 }));
  assert.equal(card.headline.what, "rank IC over all rows");
  assert.ok("reason" in card.crossSectional && /no day has 5 names/.test(card.crossSectional.reason));
  const { pesaranTimmermann, alwaysUp, signBook } = part(card.pooled);
  assert.ok(pesaranTimmermann.value! > 2);
  assert.match((pesaranTimmermann as Estimate).method, /1992/);
  assert.ok(alwaysUp.value! > 0.5 && signBook.costs[0].sharpe.value! > 0);
  assert.equal(card.verdict.verdict, "uncounted");
});

Deno.test("scorecard() holds the hit rate, R2 and Sharpe ratio against the IC", () => {
  const honest = part(quick(planted({ drift: 0.001 })).pooled).consistency;
  assert.deepEqual(honest.map(({ quantity }) => quantity), ["hit rate", "Sharpe ratio", "R2"]);
  assert.ok(honest.every(({ contradicts }) => !contradicts));
  const panel = planted({ names: 1, days: 2000, ic: 0.02 });
  // right about the sign of every small return, hopeless about the few that are huge
  const forecast = panel.column("actual").map((value, row) => row % 20 === 0 ? -value : Math.sign(value) * 0.001);
  const actual = panel.column("actual").map((value, row) => row % 20 === 0 ? 5 * value : value);
  const torn = quick(panel.with({ forecast, actual }));
  assert.ok(part(torn.pooled).consistency.some(({ contradicts }) => contradicts));
  assert.equal(torn.verdict.verdict, "suspected leak");
});

Deno.test("scorecard() compares with baselines on the same rows", () => {
  const panel = planted();
  const noise = planted({ ic: 0, spread: 1, seed: 2 }).column("forecast").map((value, row) =>
    row % 7 === 0 ? NaN : value
  );
  const better = panel.column("actual").map((value, row) => value + 10 * panel.column("forecast")[row]);
  const columns = { noise, better, empty: new Float64Array(panel.rows).fill(NaN), last: lastOutcome(panel) };
  const card = quick(panel.with(columns), { baselines: Object.keys(columns) });
  const [weak, strong, empty, last] = card.baselines;
  assert.ok(weak.advantage.value! > 0 && weak.rows < panel.rows);
  assert.ok(strong.advantage.value! < 0);
  assert.equal(empty.rows, 0);
  assert.equal(last.rows, panel.rows - panel.symbols.length);
  assert.equal(card.verdict.verdict, "fail");
  assert.match(card.verdict.summary, /the best of 3 baselines \(better\)/);
  const single = planted({ names: 1, days: 500 });
  const alone = quick(single.with({ last: lastOutcome(single) }), { baselines: ["last"] }).baselines[0];
  close(alone.advantage, spearmanGap(single), "advantage over time");
});

function spearmanGap(panel: Panel): number {
  const late = panel.select((row) => row > 0);
  const rank = (forecast: Float64Array) => quick(late.with({ forecast })).headline.rankIc.value!;
  return rank(late.column("forecast")) - rank(lastOutcome(panel).slice(1));
}

Deno.test("scorecard() gives a reason for every number it cannot give", () => {
  const panel = planted({ names: 6, days: 80 });
  const constant = (value: number) => new Float64Array(panel.rows).fill(value);
  const cases: Record<string, [Panel, RegExp]> = {
    "constant forecasts": [panel.with({ forecast: constant(0.1) }), /all forecasts, or all actuals, are the same/],
    "zero forecasts": [panel.with({ forecast: constant(0) }), /all forecasts, or all actuals, are the same/],
    "constant actuals": [panel.with({ actual: constant(0.1) }), /all forecasts, or all actuals, are the same/],
    "no forecasts": [panel.with({ forecast: constant(NaN) }), /no row has both/],
    "infinite forecasts": [panel.with({ forecast: constant(Infinity) }), /no row has both/],
    "infinite actuals": [panel.with({ actual: constant(-Infinity) }), /no row has both/],
    "one day": [panel.select((row) => panel.dayOf[row] === 0), /1 judged days, below/],
    "no rows": [panel.select(() => false), /no row has both/],
    "two names": [panel.select((row) => panel.symbolOf[row] < 2), /no day has 5 names/],
  };
  for (const [name, [table, reason]] of Object.entries(cases)) {
    const card = quick(table, { baselines: ["actual"] });
    const text = stableJson(card); // throws where a number is not finite
    assert.match(text, reason, name);
    assert.equal(card.verdict.verdict, "fail", name);
  }
  assert.equal(quick(panel.with({ forecast: constant(Infinity) })).data.infinite, panel.rows);
});

Deno.test("scorecard() needs no more than ties, and gives the same bytes for the same seed", () => {
  const panel = planted({ names: 8, days: 70, ic: 0.2 });
  const tied = panel.with({ forecast: panel.column("forecast").map((value) => Math.sign(Math.round(value * 300))) });
  const bytes = stableJson(quick(tied));
  assert.equal(stableJson(quick(tied)), bytes);
  assert.notEqual(stableJson(quick(tied, { seed: 2 })), bytes);
});

Deno.test("scorecard() blocks at least three horizons where outcomes overlap", () => {
  const panel = planted({ names: 6, days: 200 });
  assert.ok(quick(panel, { horizonDays: 20 }).settings.blockDays! >= 60);
  assert.equal(quick(panel, { blockDays: 7 }).settings.blockDays, 7);
});

Deno.test("scorecard() says nothing for sure over few horizons, however many days overlap", () => {
  const short = quick(planted({ names: 6, days: 190, ic: 0.5 }), { horizonDays: 20 });
  const { rankIc, t } = short.headline;
  assert.deepEqual([rankIc.value! > 0.2, "low" in rankIc && rankIc.low, t.value], [true, null, null]);
  assert.ok("method" in rankIc && /no interval below 200 days/.test(rankIc.method));
  const longer = quick(planted({ names: 6, days: 299, ic: 0.5 }), { horizonDays: 10 });
  assert.ok("low" in longer.headline.rankIc && longer.headline.rankIc.low !== null);
  const [days] = longer.verdict.checks;
  assert.equal(days.outcome, "not met");
  assert.match(days.words, /^299 judged days, below the 300 that a verdict on a horizon of 10 days needs/);
});

Deno.test("scorecard() leaves its panel as it was and refuses what it cannot judge", () => {
  const panel = planted({ names: 6, days: 70 });
  const before = panel.column("forecast").slice();
  quick(panel);
  assert.deepEqual(panel.column("forecast"), before);
  assert.throws(() => quick(panel, { horizonDays: 0 }), /horizonDays must be an integer of at least 1/);
  assert.throws(() => quick(panel, { forecast: "nothing" }), /must be one of forecast, actual/);
  assert.throws(() => quick(panel, { seed: -1 }), RangeError);
  // @ts-expect-error a unit that does not exist
  assert.throws(() => quick(panel, { unit: "percent" }), RangeError);
});
