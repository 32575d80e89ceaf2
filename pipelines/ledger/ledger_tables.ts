import { type Ledger, type LedgerRecord, nextClaim, type TrialRecord, type TrialSource } from "@lib/f4";

/** One row for each record, oldest first: what was tried, what came of it, and what was new about it. */
export function trialRows(records: readonly LedgerRecord[]): string[][] {
  const before = new Map<string, TrialRecord>();
  return records.map((record) => {
    const start = [record.when.slice(0, 16).replace("T", " "), record.hash.slice(0, 8)];
    if (record.kind === "torn") return [...start, "", "a writer was killed here", "", "", "", ""];
    if (record.kind === "admitted") {
      const { tier, what, trials, words } = record;
      return [...start, tier, `${trials} ${what}s, admitted`, "", "", "", words];
    }
    const { tier, judged, metric, source } = record;
    const news = newsOf(record, before.get(source.source));
    before.set(source.source, record);
    const what = `${judged.what} ${judged.name}, ${judged.days} days from ${judged.firstDay}`;
    const horizon = judged.what === "book" ? "" : `, ${judged.horizonDays}d`;
    return [...start, tier, what, `${metric.name}${horizon}`, digits(metric.value, 4), digits(metric.t, 2), news];
  });
}

/** One row for each family and measure: what has been tried, and what the next claim must show. */
export async function familyRows(ledger: Ledger): Promise<string[][]> {
  const trials = (await ledger.records()).filter((record) => record.kind === "trial").reverse();
  const seen = new Set<string>();
  const rows: string[][] = [];
  for (const newest of trials) {
    if (seen.has(newest.trial)) continue;
    const standing = await ledger.standing(newest);
    const measures = new Set<string>();
    const alike = standing.metrics.filter(({ judged }) => judged.what === newest.judged.what); // those of the other kind only count
    for (const like of alike.toReversed()) {
      const { judged, metric, source, trial } = like;
      const measure = judged.what === "book" ? metric.name : `${metric.name}, ${judged.horizonDays}d`;
      if (seen.has(trial) || measures.has(measure)) continue;
      measures.add(measure);
      const { trials: looks, admitted, final, best, needed, finalBlock } = nextClaim(like, standing);
      const shown = ({ z, sharpe }: typeof best) =>
        judged.what === "book" ? `Sharpe ${digits(sharpe, 2)}` : `t ${digits(z, 2)}`;
      const family = `${judged.what}s on ${source.data.map(({ name }) => name).join(", ") || "unnamed data"}`;
      rows.push([family, measure, judged.days, looks, admitted, shown(best), shown(needed)].map(String));
      rows.at(-1)!.push(String(final), `t ${digits(finalBlock.needed, 2)}`);
    }
    for (const { trial } of alike) seen.add(trial);
  }
  return rows;
}

/** What is different from the trial before of the same program; where it was run, for the first. */
function newsOf({ source, judged }: TrialRecord, before: TrialRecord | undefined): string {
  const place = source.study === undefined ? source.source : `${source.study}/${source.step}`;
  if (before === undefined) return `${place}, the first of ${source.source}`;
  const [now, then] = [settingsOf(source), settingsOf(before.source)];
  const changed = [...new Set([...Object.keys(now), ...Object.keys(then)])]
    .filter((name) => now[name] !== then[name])
    .map((name) => `${name} ${then[name] ?? "none"} -> ${now[name] ?? "none"}`);
  if (judged.name !== before.judged.name) changed.push(`${before.judged.name} -> ${judged.name}`);
  return `${place}: ${changed.join(", ") || "the same settings, another result"}`;
}

/** Parameters, model, data and code, as texts. */
function settingsOf({ parameters, model, data, code }: TrialSource): Record<string, string> {
  const settings = Object.entries(parameters).map(([name, value]) => [name, String(value)]);
  const others = [["model", model], ["code", code?.slice(0, 8)]].flatMap(([name, value]) =>
    value ? [[name, value]] : []
  );
  const rows = data.map(({ name, digest }) => [`data ${name}`, digest.slice(0, 8)]);
  return Object.fromEntries([...settings, ...others, ...rows]);
}

function digits(value: number | null, count: number): string {
  return value === null ? "none" : value.toFixed(count);
}
