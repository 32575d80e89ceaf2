/**
 * How often forecasts without skill look as if they had some, and how often intervals hold the truth, where outcomes
 * overlap and forecasts hardly change: by the interval of the bootstrap, by the t of Newey and West, by the cosine test,
 * and by the two conditions of the gate together. 2.5 in 100 are promised of each, and 95 in 100 of intervals.
 *
 * Markets of 12 names with a common factor, independent from day to day; forecasts of each name are independent of
 * them, and of persistence 0 (new every day), 0.99 and 1 (never changing). About ten minutes for 1,000 records.
 *
 *     deno run -A lib/f4/bench/size_over_horizons.ts [records=1000]
 */
import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
import {
  bootstrapSums,
  cosineT,
  dailyCorrelations,
  LIMITS,
  neweyWestLags,
  neweyWestStandardError,
  optimalBlockLength,
  stationaryBootstrap,
  studentQuantile,
} from "@lib/f4";

/** What the gate asked of the Newey-West t before. */
const LEAST_T = 2;

const NAMES = 12;
const CASES = [[1, 60], [1, 250], [1, 1750], [5, 150], [5, 500], [5, 1750], [20, 600], [20, 1200], [20, 1750]];

/** A market whose outcomes over `horizonDays` days know nothing of the forecasts. */
function record(seed: number, { horizonDays, days, persistence }: {
  horizonDays: number;
  days: number;
  persistence: number;
}): Panel {
  const normal = normalRandom(seededRandom(seed));
  const dates = weekdays("2000-01-03", days);
  const [symbol, date]: string[][] = [[], []];
  const factor = Float64Array.from({ length: days + horizonDays }, normal);
  const columns = { forecast: new Float64Array(NAMES * days), actual: new Float64Array(NAMES * days) };
  for (let name = 0; name < NAMES; name++) {
    const returns = factor.map((common) => normal() + common * (0.7 + 0.6 * name / NAMES));
    let said = normal();
    for (let day = 0; day < days; day++) {
      const row = name * days + day;
      columns.forecast[row] = said;
      for (let ahead = 0; ahead < horizonDays; ahead++) columns.actual[row] += returns[day + ahead];
      if (persistence < 1) said = persistence * said + Math.sqrt(1 - persistence ** 2) * normal();
      symbol.push(`S${String(name).padStart(2, "0")}`);
      date.push(dates[day]);
    }
  }
  return Panel.fromRows({ symbol, date, columns });
}

function looks(panel: Panel, horizonDays: number) {
  const values = dailyCorrelations(panel).rankIc;
  const days = values.length;
  const blockDays = Math.max(horizonDays === 1 ? 1 : 3 * horizonDays, optimalBlockLength(values));
  const resamples = stationaryBootstrap(days, { blockDays, draws: 400, random: seededRandom(1) });
  const { mean: { low, high } } = bootstrapSums({ values }, { mean: (sum) => sum.values / days }, resamples);
  const { mean, standardError, degrees, z } = cosineT(values, { horizonDays });
  const t = mean / neweyWestStandardError(values, neweyWestLags(days, horizonDays));
  const reach = studentQuantile(0.975, { degrees }) * standardError;
  return {
    "bootstrap above 0": low > 0,
    "Newey-West t at least 2": t >= LEAST_T,
    "both": low > 0 && t >= LEAST_T,
    "cosine z": z >= LIMITS.leastZ.value,
    "the gate": low > 0 && z >= LIMITS.leastZ.value,
    "bootstrap holds 0": low <= 0 && high >= 0,
    "cosines hold 0": Math.abs(mean) <= reach,
  };
}

const records = Number(Deno.args[0] ?? 1000);
for (const [horizonDays, days] of CASES) {
  for (const persistence of [0, 0.99, 1]) {
    const counts: Record<string, number> = {};
    for (let seed = 0; seed < records; seed++) {
      const seen = looks(record(seed, { horizonDays, days, persistence }), horizonDays);
      for (const [what, happened] of Object.entries(seen)) counts[what] = (counts[what] ?? 0) + Number(happened);
    }
    const shares = Object.entries(counts).map(([what, count]) => `${what} ${(100 * count / records).toFixed(1)} %`);
    console.log(`${horizonDays} days ahead, ${days} days, persistence ${persistence}: ${shares.join(", ")}`);
  }
}
