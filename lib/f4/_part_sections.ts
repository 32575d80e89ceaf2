import { intervalChart } from "./_interval_chart.ts";
import { reliabilityChart, type ReliabilityPoint } from "./_reliability_chart.ts";
import { bookSection } from "./_book_section.ts";
import type { BookScore } from "./_book_score.ts";
import { numbers, worded } from "./_measure_words.ts";
import type { Section } from "./_page.ts";
import type { Measure } from "./measure.ts";

/** What a card may hold below its top level: measures, counts, words, lists and parts of its own. */
export type Part = Record<string, unknown>;

/**
 * Sections of a part of a card, whatever it is called: its measures as one table with intervals, what is counted or said
 * as sentences, each list of rows as a table of its own, each part inside it as sections that follow.
 *
 * @param title Also opens the titles of what is inside, unless the part is that of a whole card (`isTop`).
 */
export function partSections(title: string, part: Part, { isTop = false }: { isTop?: boolean } = {}): Section[] {
  if (isMissing(part)) return [{ title, sentences: [`None: ${part.reason}.`] }];
  if (isBook(part)) {
    const { days: _, turnover: __, costs: ___, ...others } = part;
    return [
      bookSection(title, "", part),
      ...(Object.keys(others).length > 0 ? partSections(`${title}, further`, others) : []),
    ];
  }
  const own: Section = { title, sentences: [] };
  const inside = (name: string) => isTop ? upper(name) : `${title}: ${name}`;
  const measures: [string, Measure, "compact"][] = [];
  const inner: Section[] = [];
  const said: string[] = [];
  for (const [key, value] of Object.entries(part)) {
    const name = inWords(key);
    if (isMeasure(value)) measures.push([name, value, "compact"]);
    else if (Array.isArray(value) && value.some(isPart)) inner.push({ title: inside(name), ...listed(value) });
    else if (isPart(value) && isSentence(value)) {
      own.sentences.push(`${upper(name)}: ${value.verdict} (${value.words}).`);
    } else if (isPart(value)) inner.push(...partSections(inside(name), value));
    else said.push(`${name} ${plain(value)}`);
  }
  if (said.length > 0) own.sentences.push(`${upper(said.join("; "))}.`);
  if (measures.length > 0) own.table = numbers(measures);
  return own.table === undefined && own.sentences.length === 0 ? inner : [own, ...inner];
}

/** `meanProbability` as `mean probability`. */
export function inWords(key: string): string {
  const words = key.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").replaceAll("_", " ").toLowerCase();
  return words.replaceAll(/\bic\b/g, "IC").replaceAll(/\bbps\b/g, "bp");
}

/** With a capital letter. */
export function upper(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Whether a value is a part of its own: several things, or the reason why they are missing. */
export function isInnerPart(value: unknown): value is Part {
  return isPart(value) && !(isMeasure(value) && !isMissing(value));
}

function listed(rows: readonly unknown[]): Pick<Section, "sentences" | "table" | "figure"> {
  const parts = rows.filter(isPart);
  const keys = [...new Set(parts.flatMap((row) => Object.keys(row).filter((key) => !isNested(row[key]))))];
  return {
    sentences: [],
    figure: figureOf(parts, keys),
    table: {
      head: keys.map(inWords),
      rows: parts.map((row) => keys.map((key) => isMeasure(row[key]) ? worded(row[key], "compact") : plain(row[key]))),
    },
  };
}

/** Columns that are best seen side by side, each with 0 as the place where nothing is gained or wrong. */
const CHARTED = ["advantage", "gap", "load"];

function figureOf(rows: readonly Part[], keys: readonly string[]): string | undefined {
  if (keys.includes("observedRate") && keys.includes("meanProbability")) {
    return reliabilityChart(rows as unknown as ReliabilityPoint[]);
  }
  const charted = CHARTED.find((key) => keys.includes(key));
  if (charted === undefined) return undefined;
  const labels = keys.filter((key) => rows.every((row) => ["string", "number"].includes(typeof row[key])));
  const [label] = [...labels.filter((key) => typeof rows[0][key] === "string"), ...labels];
  const bars = rows.filter((row) => isMeasure(row[charted])).map((row) =>
    [plain(row[label]), row[charted] as Measure] as const
  );
  return intervalChart(upper(inWords(charted)), bars);
}

function plain(value: unknown): string {
  if (typeof value === "number") {
    return Number.isInteger(value) ? value.toLocaleString("en") : `${+value.toPrecision(4)}`;
  }
  if (Array.isArray(value)) return value.map(plain).join(", ");
  return value === null || value === undefined ? "none" : String(value);
}

const isPart = (value: unknown): value is Part => typeof value === "object" && value !== null && !Array.isArray(value);
const isMissing = (part: Part): part is { value: null; reason: string } => part.value === null && "reason" in part;
const isMeasure = (value: unknown): value is Measure =>
  isPart(value) && (isMissing(value) || (typeof value.value === "number" && "method" in value));
const isNested = (value: unknown) =>
  (isPart(value) && !isMeasure(value)) || (Array.isArray(value) && value.some(isPart));
const isSentence = (part: Part): part is { verdict: string; words: string } =>
  typeof part.verdict === "string" && typeof part.words === "string";
const isBook = (part: Part): part is BookScore & Part =>
  Array.isArray(part.costs) && isMeasure(part.turnover) && part.costs.every((cost) => isPart(cost) && "sharpe" in cost);
