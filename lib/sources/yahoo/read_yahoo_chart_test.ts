import assert from "node:assert/strict";
import { barsAsTraded } from "./bars_as_traded.ts";
import { readYahooChart } from "./read_yahoo_chart.ts";
import sample from "../testdata/yahoo_chart.json" with { type: "json" };

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** The sample with something done to it. */
function changed(change: (result: typeof sample.chart.result[0]) => void): Uint8Array {
  const copy = structuredClone(sample);
  change(copy.chart.result[0]);
  return bytesOf(copy);
}

Deno.test("readYahooChart() gives days of the exchange, bars and actions", () => {
  const { days, columns, actions, zone, currency } = readYahooChart(bytesOf(sample));
  assert.deepEqual(days, ["2024-01-11", "2024-01-12", "2024-01-16", "2024-01-17"]);
  assert.deepEqual(columns.close, Float64Array.of(50, 50.5, 52, 53.5));
  assert.deepEqual(actions, [
    { kind: "dividend", day: "2024-01-12", amount: 0.5 },
    { kind: "split", day: "2024-01-16", ratio: 2 },
  ]);
  assert.deepEqual([zone, currency], ["America/New_York", "USD"]);
});

Deno.test("barsAsTraded() gives what stood on the screen before a split", () => {
  const { close, volume, actions } = barsAsTraded(readYahooChart(bytesOf(sample)));
  assert.deepEqual(close, Float64Array.of(100, 101, 52, 53.5));
  assert.deepEqual(volume, Float64Array.of(100000, 110000, 250000, 90000));
  assert.deepEqual(actions[0], { kind: "dividend", day: "2024-01-12", amount: 1 });
});

Deno.test("readYahooChart() keeps a missing bar missing", () => {
  const bytes = changed(({ indicators }) => Object.assign(indicators.quote[0].close, { 1: null }));
  assert.deepEqual(readYahooChart(bytes).columns.close, Float64Array.of(50, NaN, 52, 53.5));
});

Deno.test("readYahooChart() takes the later word where the last day comes twice", () => {
  const bytes = changed((result) => {
    result.timestamp.push(1705514400); // the same day, while the session runs
    const { quote: [quote] } = result.indicators;
    for (const values of Object.values(quote)) values.push(60);
  });
  const { days, columns } = readYahooChart(bytes);
  assert.equal(days.length, 4);
  assert.deepEqual(columns.close, Float64Array.of(50, 50.5, 52, 60));
});

Deno.test("readYahooChart() knows an answer without bars", () => {
  const bytes = bytesOf({
    chart: {
      result: [{ meta: sample.chart.result[0].meta, indicators: { quote: [{}], adjclose: [{}] } }],
      error: null,
    },
  });
  const { days, columns, actions } = readYahooChart(bytes);
  assert.deepEqual([days.length, columns.close.length, actions.length], [0, 0, 0]);
});

Deno.test("readYahooChart() refuses what is not as documented", () => {
  const wrong: [Uint8Array, RegExp][] = [
    [bytesOf(sample).slice(0, 900), /must be JSON/],
    [new TextEncoder().encode("<!doctype html><title>Will be right back</title>"), /begin with <!doctype/],
    [bytesOf({ chart: { result: [], error: null } }), /chart\.result must be an array of one/],
    [changed(({ meta }) => meta.dataGranularity = "1mo"), /dataGranularity must be 1d, current value is "1mo"/],
    [changed(({ meta }) => meta.exchangeTimezoneName = "Mars"), /must be a time zone/],
    [changed(({ indicators }) => indicators.quote[0].low.pop()), /low must be an array of 4/],
    [changed(({ indicators }) => Object.assign(indicators.quote[0].low, { 0: "49" })), /low\[0\] must be a number/],
    [changed(({ timestamp }) => timestamp.reverse()), /timestamp\[1\] must be no earlier/],
    [changed(({ events }) => events.splits["1705415400"].denominator = 0), /denominator must be above 0/],
  ];
  for (const [bytes, message] of wrong) assert.throws(() => readYahooChart(bytes), { name: "SyntaxError", message });
});

Deno.test("readYahooChart() says what Yahoo says", async () => {
  const bytes = await Deno.readFile(new URL("../testdata/yahoo_chart_unknown.json", import.meta.url));
  assert.throws(() => readYahooChart(bytes), { name: "SourceError", kind: "missing", message: /may be delisted/ });
});
