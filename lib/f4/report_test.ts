import assert from "node:assert/strict";
import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import { dailyCorrelations, reportHtml, reportMarkdown, scorecard } from "./mod.ts";

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
  const cells = (line: string) => line.replaceAll("\\|", "").split("|").length;
  const lines = text.split("\n");
  lines.forEach((line, place) => {
    if (line.startsWith("|") && lines[place - 1].startsWith("|")) {
      assert.equal(cells(line), cells(lines[place - 1]), line);
    }
  });
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
