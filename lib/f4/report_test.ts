import assert from "node:assert/strict";
import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import {
  type AnyCard,
  dailyCorrelations,
  judge,
  judgeBookClaim,
  judgeClassifier,
  judgeQuantiles,
  judgeVolatility,
  Ledger,
  reportHtml,
  reportMarkdown,
  scorecard,
} from "./mod.ts";

function panel(symbols: readonly string[], days: number): Panel {
  const normal = normalRandom(seededRandom(17));
  const dates = weekdays("2019-11-01", days);
  const symbol = symbols.flatMap((name) => dates.map(() => name));
  const date = symbols.flatMap(() => dates);
  const column = () => Float64Array.from(symbol, () => 0.01 * normal());
  return Panel.fromRows({ symbol, date, columns: { forecast: column(), actual: column(), naive: column() } });
}

const names = ["A|B", "<i>", "C&D", "E", "F", "G"];

Deno.test("reportMarkdown() keeps every table in shape, whatever symbols are called", () => {
  const text = reportMarkdown(scorecard(panel(names, 80), { baselines: ["naive"], draws: 100 }), { title: "A trial" });
  assert.match(text, /^# A trial\n/);
  assert.match(text, /A\\\|B/);
  assertTables(text);
  assert.ok(!/NaN|undefined|\[object/.test(text));
});

Deno.test("reportHtml() needs nothing from outside and escapes what it is given", () => {
  const rows = panel(names, 80);
  const page = reportHtml(scorecard(rows, { draws: 100 }), { daily: dailyCorrelations(rows) });
  assert.ok(page.includes("&lt;i&gt;") && page.includes("C&amp;D") && !page.includes("<i>"));
  assert.ok(!/(src|href)=|https?:|url\(|@import/.test(page));
  assert.equal(page.match(/<polyline/g)?.length, 1);
  assert.match(page, />2020<\/text>/);
  assert.ok(!/NaN|undefined|\[object/.test(page));
});

Deno.test("reportHtml() names the first and the last day where no year begins between them, and each level once", () => {
  const rows = panel(names, 30);
  const page = reportHtml(scorecard(rows, { draws: 100 }), { daily: dailyCorrelations(rows) });
  assert.match(page, />2019-11-01<\/text>.*>2019-12-12<\/text>/);
  assert.equal(page.match(/>-?0\.0<\/text>/g)?.length, 1);
});

Deno.test("reportMarkdown() and reportHtml() report what there is of one symbol, one day or nothing", () => {
  for (const rows of [panel(["A"], 90), panel(names, 1), panel(names, 3).select(() => false)]) {
    const card = scorecard(rows, { draws: 100 });
    const page = reportHtml(card, { daily: dailyCorrelations(rows) });
    assert.ok(!/NaN|undefined|\[object/.test(page + reportMarkdown(card)));
    assert.match(page, /Verdict: fail/);
    assert.ok(!page.includes("<polyline"));
  }
});

/** Every row of a table has the cells of the row above. */
function assertTables(text: string): void {
  const cells = (line: string) => line.replaceAll("\\|", "").split("|").length;
  const lines = text.split("\n");
  lines.forEach((line, place) => {
    if (line.startsWith("|") && lines[place - 1].startsWith("|")) {
      assert.equal(cells(line), cells(lines[place - 1]), line);
    }
  });
}

Deno.test("reportMarkdown() and reportHtml() report cards of every kind and books, with charts where there are values", async () => {
  const rows = panel(["A", "B", "C", "D", "E", "F"], 120);
  const share = rows.column("forecast").map((value) => 0.5 + 10 * value);
  const size = rows.column("forecast").map((value) => 0.01 + 0.1 * Math.abs(value));
  const kinds = rows.with({ probability: share, volatility: size, q5: size.map((value) => -2 * value), q95: size });
  const dates = weekdays("2020-01-01", 120);
  const gross = Float64Array.from(dates, normalRandom(seededRandom(3))).map((value) => 0.01 * value);
  const claim = { ledger: Ledger.inMemory(), trial: { source: "a test", parameters: {}, data: [] }, draws: 100 };
  const book = { name: "a book", dates, gross, turnover: gross.map(Math.abs), net: [{ costBps: 5, returns: gross }] };
  const cards: Record<string, [AnyCard, number]> = {
    classifier: [judgeClassifier(kinds, { draws: 100 }), 2],
    quantiles: [judgeQuantiles(kinds, { draws: 100, windowOutcomes: 60 }), 2],
    volatility: [judgeVolatility(kinds, { draws: 100 }), 1],
    book: [await judgeBookClaim(book, { ...claim, market: gross.map(Math.abs), finalFrom: dates[90] }), 1],
    forecast: [await judge(rows, { ...claim, baselines: ["naive"], finalFrom: "2020-03-02" }), 1],
  };
  for (const [name, [card, leastCharts]] of Object.entries(cards)) {
    const [text, page] = [reportMarkdown(card, { notes: ["Brought as it was."] }), reportHtml(card)];
    assertTables(text);
    assert.ok(!/NaN|undefined|\[object|<svg/.test(text), name);
    assert.match(text, /Brought as it was\./);
    assert.ok(!/NaN|undefined|\[object|(src|href)=|https?:|url\(|@import/.test(page), name);
    assert.ok((page.match(/<svg/g) ?? []).length >= leastCharts, `${name}: ${page.match(/<svg/g)?.length}`);
  }
});
