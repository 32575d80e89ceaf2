import { LIMITS, type TrialsScore } from "@lib/f4";
import type { RecordedStep } from "./record.ts";
import type { Study } from "./study.ts";
import type { StudyRecord } from "./study_records.ts";

/** The line of a step in a table of results. */
export interface ResultRow {
  study: string;
  step: string;
  headline: string;
  value: string;
  interval: string;
  /** Trials that the claim is held against. */
  trials: string;
  /** Probability that its true value lies above the best that so many trials without skill show on average. */
  deflated: string;
  verdict: string;
}

/**
 * The headline of a step with its interval and verdict, for tables.
 *
 * @param measured The metrics and tags of its run, or of its record.
 * @param today What its claim is worth today. Default: what it was worth when it was made.
 * @throws {RangeError} If the headline was not measured.
 */
export function stepResult(
  study: Study,
  step: string,
  { metrics, tags }: Pick<RecordedStep, "metrics" | "tags">,
  today?: TrialsScore,
): ResultRow {
  const { headline } = study.steps[step];
  if (metrics[headline] === undefined) {
    throw new RangeError(
      `Cannot show ${study.name}/${step}: its metrics must hold ${headline}, current ones are ${
        Object.keys(metrics).join(", ")
      }`,
    );
  }
  const trials = today?.trials ?? metrics.trials;
  const deflated = today?.deflated.value ?? metrics.deflated;
  return {
    study: study.name,
    step,
    headline: headline.replaceAll("_", " "),
    ...measuredText(metrics, headline),
    trials: trials === undefined ? "none" : String(trials),
    deflated: deflated === undefined ? "none" : deflated.toFixed(3),
    verdict: verdictToday(tags.verdict ?? "not judged", today),
  };
}

function measuredText(metrics: Readonly<Record<string, number>>, name: string): { value: string; interval: string } {
  const [low, high] = [metrics[`${name}_low`], metrics[`${name}_high`]];
  const digits = decimals(metrics[name]);
  const interval = low === undefined || high === undefined
    ? "none"
    : `${signed(low, digits)} to ${signed(high, digits)}`;
  return { value: signed(metrics[name], digits), interval };
}

/** A pass that too much has been tried beside since is none any more. */
function verdictToday(verdict: string, today?: TrialsScore): string {
  const deflated = today?.deflated.value ?? 1;
  return verdict === "pass" && deflated < LIMITS.deflatedProbability.value ? "fail by trials since" : verdict;
}

/** A number and its interval share their decimals: four for correlations, two for Sharpe ratios. */
function decimals(value: number): number {
  return Math.abs(value) < 0.5 ? 4 : 2;
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? "−" : ""}${Math.abs(value).toFixed(digits)}`;
}

/**
 * The results of all studies as a Markdown table, in the order of their specs: value, 95 % interval, trials, deflated
 * probability, verdict.
 */
export function resultTable(records: readonly StudyRecord[]): string {
  const rows = records.flatMap(resultsOf);
  const heading = ["study", "step", "measure", "value", "95 % interval", "trials", "deflated", "verdict"];
  return markdownTable(
    heading,
    rows.map(({ study, step, headline, value, interval, trials, deflated, verdict }) => [
      study,
      step,
      headline,
      value,
      interval,
      trials,
      deflated,
      verdict,
    ]),
  );
}

/** A table whose columns line up, numbers to the right. */
function markdownTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heading, ...rows];
  const isNumber = heading.map((name) => ["value", "95 % interval", "trials", "deflated"].includes(name));
  const widths = heading.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const padded = (line: readonly string[]) =>
    line.map((cell, column) => isNumber[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column]));
  const rule = widths.map((width, column) => isNumber[column] ? "-".repeat(width - 1) + ":" : "-".repeat(width));
  const [first, ...rest] = lines.map(padded);
  return [first, rule, ...rest].map((line) => `| ${line.join(" | ")} |\n`).join("");
}

/**
 * The models that stood beside the judged one on the same rows, by the measure of the headline, with the spread of seeds
 * where several were run. Empty where there are none.
 */
export function partTable({ study, recorded }: StudyRecord): string {
  const steps = Object.keys(study.steps).filter((step) => Object.hasOwn(recorded.steps, step));
  const rows = steps.flatMap((step) => {
    const { headline } = study.steps[step];
    return Object.entries(recorded.steps[step].parts ?? {}).filter(([, metrics]) => metrics[headline] !== undefined)
      .map(([part, metrics]) => {
        const { value, interval } = measuredText(metrics, headline);
        return [step, part, headline.replaceAll("_", " "), value, interval];
      });
  });
  if (rows.length === 0) return "";
  const spreads = steps.filter((step) => recorded.steps[step].metrics.seeds_spread !== undefined).map((step) =>
    `Standard deviation of the seeds of ${step}: ${recorded.steps[step].metrics.seeds_spread.toFixed(4)}.`
  );
  const table = markdownTable(["step", "model", "measure", "value", "95 % interval"], rows).trimEnd();
  return ["Models on the same rows, with intervals of the bootstrap:", table, ...spreads].join("\n\n");
}

function resultsOf({ study, recorded, claims }: StudyRecord): ResultRow[] {
  return Object.keys(study.steps).filter((step) => Object.hasOwn(recorded.steps, step))
    .map((step) => stepResult(study, step, recorded.steps[step], claims[step]));
}

/** Why each step that did not pass did not, a list of Markdown. */
export function failureList(records: readonly StudyRecord[]): string {
  return records.flatMap((record) =>
    resultsOf(record).filter(({ verdict }) => verdict !== "pass").map(({ study, step, verdict, trials }) => {
      const since = verdict === record.recorded.steps[step].tags.verdict ? [] : [`${trials} trials until today`];
      const reasons = [record.recorded.steps[step].tags.reasons ?? "no reason was left", ...since];
      return wrapped(`- ${study}/${step}, ${verdict}: ${reasons.join("; ")}`);
    })
  ).join("");
}

/** An item of a list in lines of at most 120 characters, as `deno fmt` breaks them. */
function wrapped(item: string): string {
  const lines = [""];
  for (const word of item.split(" ")) {
    const line = lines.at(-1)!;
    if (line.length + 1 + word.length > 120) lines.push(`  ${word}`);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join("\n") + "\n";
}

/** The leaderboard: every recorded study with its question, universe, results and how they were made. */
export function leaderboard(records: readonly StudyRecord[]): string {
  const sections = records.map((record) => {
    const { study, recorded } = record;
    const data = [...new Set(Object.values(recorded.steps).flatMap(({ datasets }) => Object.entries(datasets)))]
      .map(([name, digest]) => `${name} ${digest.slice(0, 12)}`);
    return [
      `## ${study.name}: ${study.title}`,
      study.question,
      `Universe: ${study.universe}`,
      resultTable([record]).trimEnd(),
      partTable(record),
      failureList([record]).trimEnd(),
      `Made from ${[`data ${[...new Set(data)].join(", ")}`, ...madeBy(Object.values(recorded.steps))].join("; ")}.`,
    ].filter((part) => part !== "").join("\n\n");
  });
  const opening = "# Leaderboard\n\nGenerated from the recorded runs by `make leaderboard`; do not edit. " +
    "Every value stands with its 95 % interval (of rank ICs from cosine transforms, of all else from a stationary block " +
    "bootstrap of days), the number N of trials that the ledger counts on its rows until today, and the probability " +
    "that its true value lies above what the best of so many trials without skill shows on average: a pass needs " +
    `${LIMITS.deflatedProbability.value} of it, and p N (N + 1) of at most ${LIMITS.anyClaim.value}.`;
  return [opening, ...sections].join("\n\n") + "\n";
}

/** Commit, locks and engines behind steps, each value once. */
function madeBy(steps: readonly RecordedStep[]): string[] {
  const manifests = steps.flatMap(({ manifest }) => manifest ?? []);
  const each = (part: "repository" | "locks" | "engines") => {
    const values = manifests.flatMap((manifest) => Object.entries(manifest[part]));
    const texts = values.map(([name, value]) =>
      `${name} ${/^[0-9a-f]{40,64}$/.test(value) ? value.slice(0, 12) : value}`
    );
    return [...new Set(texts)].join(", ");
  };
  return [each("repository"), each("locks"), each("engines")].filter((text) => text !== "");
}

/**
 * Puts a generated text between the markers `<!-- name -->` and `<!-- /name -->` of a page.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(fillMarked("a <!-- t -->old<!-- /t --> b", "t", "new"), "a <!-- t -->\n\nnew\n\n<!-- /t --> b");
 * ```
 *
 * @throws {SyntaxError} If the page has no such markers.
 */
export function fillMarked(page: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from < 0 || to < from) {
    throw new SyntaxError(`Cannot fill a page: it must have the markers ${open} and ${close}`);
  }
  return `${page.slice(0, from + open.length)}\n\n${text.trim()}\n\n${page.slice(to)}`;
}
