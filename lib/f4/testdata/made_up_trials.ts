import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import { describeBook, describeForecast } from "../ledger/describe_judged.ts";
import type { NewTrial } from "../ledger/trial.ts";

/** A market and forecasts of it, both noise. For tests. */
export function noisePanel(seed: number, { names = 20, days = 100, start = "2020-01-01", prefix = "S" } = {}): Panel {
  const normal = normalRandom(seededRandom(seed));
  const dates = weekdays(start, days);
  const symbols = Array.from({ length: names }, (_, name) => `${prefix}${name}`);
  const noise = () => Float64Array.from({ length: names * days }, normal);
  return Panel.fromRows({
    symbol: symbols.flatMap((symbol) => dates.map(() => symbol)),
    date: symbols.flatMap(() => dates),
    columns: { forecast: noise(), actual: noise() },
  });
}

/** A trial on a panel. */
export function forecastTrial(
  panel: Panel,
  { digest = "d1", tier = "development" as NewTrial["tier"] } = {},
): NewTrial {
  const dates = panel.dates;
  return {
    source: { source: "a test", parameters: { rounds: 150 }, data: [{ name: "market", digest }] },
    judged: describeForecast(panel),
    tier,
    metric: { name: "mean daily rank IC", value: 0.01, t: 1.5 },
    series: { dates, values: Float64Array.from(dates, (_, day) => day % 7 === 0 ? NaN : Math.sin(day)) },
  };
}

/** A trial on a book of noise. */
export function bookTrial(seed: number, days = 60): NewTrial {
  const normal = normalRandom(seededRandom(seed));
  const series = { dates: weekdays("2020-01-01", days), values: Float64Array.from({ length: days }, normal) };
  return {
    source: { source: "a test", parameters: { seed }, data: [] },
    judged: describeBook("book", series),
    tier: "development",
    metric: { name: "annual Sharpe ratio", value: 0.3, t: 0.5 },
    series,
  };
}
