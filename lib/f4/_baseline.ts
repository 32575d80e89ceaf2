import { type Panel } from "@lib/core";
import type { CrossSectionDays } from "./_cross_section.ts";
import { daySums, pooledRanks, pooledStatistics, type Totals } from "./_day_sums.ts";
import { bootstrapped, type Judging } from "./_judging.ts";
import { finite, knownRows, masked } from "./_known_rows.ts";
import { dailyCorrelations } from "./daily_correlations.ts";
import { type Measure, missing } from "./measure.ts";
import { bootstrapSums } from "./stationary_bootstrap.ts";

/** Another forecast on the judged rows. */
export interface BaselineScore {
  name: string;
  /** Judged rows on which the baseline is known. */
  rows: number;
  /** The rank IC of the headline's kind. */
  rankIc: Measure;
  ic: Measure;
  hitRate: Measure;
  rSquaredZero: Measure;
  /** Rank IC of the judged forecast less that of the baseline, on the rows and days that both have. */
  advantage: Measure;
}

/** Scores the column `name` of a panel of judged rows, beside its column `forecast`. */
export function scoreBaseline(
  panel: Panel,
  { name, across, judging, unitOf }: {
    name: string;
    /** The days of the judged forecast; undefined where it is judged over all rows. */
    across: CrossSectionDays | undefined;
    judging: Judging;
    unitOf: (forecast: Float64Array, actual: Float64Array) => "return" | "score";
  },
): BaselineScore {
  const own = finite(panel.column(name));
  const known = knownRows(own, own);
  const nothing = missing("the baseline has no value on the judged rows");
  if (known.length === 0) {
    return { name, rows: 0, rankIc: nothing, ic: nothing, hitRate: nothing, rSquaredZero: nothing, advantage: nothing };
  }
  const actual = panel.column("actual");
  const shared = masked(panel.column("forecast"), own);
  const daySumsOf = (forecast: Float64Array) => {
    const columns = { forecast, actual };
    return daySums(panel, columns, across === undefined ? pooledRanks(columns) : undefined);
  };
  const baseline = daySumsOf(own);
  const statistics = pooledStatistics(baseline.centres, judging.periodsPerYear / judging.horizonDays);
  const asked = {
    rankIc: statistics.rankIc,
    ic: statistics.ic,
    hitRate: statistics.hitRate,
    rSquaredZero: statistics.rSquaredZero,
  };
  const { rankIc, ic, hitRate, rSquaredZero } = bootstrapSums(baseline.sums, asked, judging.resamples, judging);
  const days = baseline.sums.rows.filter((rows) => rows > 0).length;
  const still = "the baseline, or what came true, is all the same";
  const { horizonDays } = judging;
  const rows = { n: known.length, days, horizonDays, unit: "rows" } as const;
  const isReturn = unitOf(known, knownRows(actual, own)) === "return";
  const common = {
    name,
    rows: known.length,
    hitRate: bootstrapped(hitRate, { ...rows, reason: "every row has a baseline or an actual of exactly 0" }),
    rSquaredZero: isReturn
      ? bootstrapped(rSquaredZero, { ...rows, reason: "every actual is exactly 0" })
      : missing("the baseline is a score, not a return"),
  };
  if (across === undefined) {
    const forecast = daySumsOf(shared);
    const both = { ...prefixed("own", forecast.sums), ...prefixed("other", baseline.sums) };
    const rank = statistics.rankIc;
    const pick = (totals: Record<string, number>, prefix: string) =>
      rank(Object.fromEntries(Object.keys(baseline.sums).map((sum) => [sum, totals[prefix + sum]])) as Totals);
    const { advantage } = bootstrapSums(
      both,
      {
        advantage: (totals) => pick(totals, "own") - pick(totals, "other"),
      },
      judging.resamples,
      judging,
    );
    return {
      ...common,
      rankIc: bootstrapped(rankIc, { ...rows, reason: still }),
      ic: bootstrapped(ic, { ...rows, reason: still }),
      advantage: bootstrapped(advantage, { ...rows, reason: still }),
    };
  }
  const { minimumNames } = judging;
  const both = panel.with({ baseline: own, forecast: shared });
  const other = dailyCorrelations(both, { forecast: "baseline", minimumNames });
  const mine = known.length === panel.rows ? across : dailyCorrelations(both, { minimumNames });
  const isKnown = other.rankIc.map((value) => Number.isNaN(value) ? 0 : 1);
  const isBoth = isKnown.map((flag, day) => Number.isNaN(mine.rankIc[day]) ? 0 : flag);
  const only = (values: Float64Array, flags: Float64Array) => values.map((value, day) => flags[day] === 1 ? value : 0);
  const daily = bootstrapSums(
    {
      known: isKnown,
      rankIc: only(other.rankIc, isKnown),
      ic: only(other.ic, isKnown),
      both: isBoth,
      difference: only(mine.rankIc.map((value, day) => value - other.rankIc[day]), isBoth),
    },
    {
      rankIc: (t) => t.rankIc / t.known,
      ic: (t) => t.ic / t.known,
      advantage: (t) => t.difference / t.both,
    },
    judging.resamples,
    judging,
  );
  const count = (flags: Float64Array) => flags.reduce((sum, flag) => sum + flag, 0);
  const perDay = (n: number) =>
    ({ n, days: n, horizonDays, unit: "days", reason: "no day has a correlation of the baseline" }) as const;
  return {
    ...common,
    rankIc: bootstrapped(daily.rankIc, perDay(count(isKnown))),
    ic: bootstrapped(daily.ic, perDay(count(isKnown))),
    advantage: bootstrapped(daily.advantage, perDay(count(isBoth))),
  };
}

function prefixed(prefix: string, sums: Record<string, Float64Array>): Record<string, Float64Array> {
  return Object.fromEntries(Object.entries(sums).map(([name, values]) => [prefix + name, values]));
}
