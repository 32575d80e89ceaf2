import { finalSection, roadSection, trialsSection } from "./_claim_sections.ts";
import type { FinalScore } from "./_final_block.ts";
import type { Section } from "./_page.ts";
import { inWords, isInnerPart, type Part, partSections, upper } from "./_part_sections.ts";
import type { Check } from "./gate.ts";
import { LIMITS } from "./limits.ts";
import type { Missing } from "./measure.ts";
import type { RoadReport } from "./road_report.ts";
import type { TrialsScore } from "./weigh_trials.ts";

/** What every card has, whatever kind of forecast or book it judges. */
export interface AnyCard {
  schema?: string;
  verdict: { verdict: string; summary: string; checks?: readonly Check[] };
  trials?: TrialsScore | Missing;
  final?: FinalScore | Missing;
  road?: RoadReport | Missing;
}

/** Parts that have a section of their own, or none. */
const OWN = ["schema", "kind", "settings", "data", "headline", "verdict", "trials", "final", "road"];

/** Everything a reader needs of a card that has no report of its own: verdict, claim, then part by part. */
export function cardSections(card: AnyCard, { notes = [] }: { notes?: readonly string[] } = {}): Section[] {
  const { verdict, trials, final, road } = card;
  const parts = card as unknown as Part;
  const all = Object.entries(parts).filter(([key]) => !OWN.includes(key));
  const own = Object.fromEntries(all.filter(([, value]) => !isInnerPart(value)));
  return [
    verdictSection(verdict, notes),
    ...(isInnerPart(parts.headline) ? partSections("Headline", parts.headline) : []),
    ...(trials === undefined ? [] : [trialsSection(trials)]),
    ...(final === undefined ? [] : [finalSection(final)]),
    ...partSections("In numbers", own, { isTop: true }),
    ...all.flatMap(([key, value]) => isInnerPart(value) ? partSections(upper(inWords(key)), value) : []),
    ...(road === undefined ? [] : [roadSection(road)]),
    ...["data", "settings"].flatMap((key) => isInnerPart(parts[key]) ? partSections(upper(key), parts[key]) : []),
    limitsSection(),
  ];
}

/** A verdict with its checks, and what was brought. */
export function verdictSection(
  { verdict, summary, checks = [] }: AnyCard["verdict"],
  notes: readonly string[],
): Section {
  const table = {
    head: ["question", "outcome", "numbers"],
    rows: checks.map(({ question, outcome, words }) => [question, outcome, words]),
  };
  return {
    title: `Verdict: ${verdict}`,
    sentences: [`${summary}.`, ...notes],
    ...(checks.length > 0 ? { table } : {}),
  };
}

/** Every limit, with its argument. */
export function limitsSection(): Section {
  return {
    title: "Limits",
    sentences: ["Every number that the verdict hangs on."],
    table: {
      head: ["limit", "bounds", "because"],
      rows: Object.values(LIMITS).map(({ value, bounds, argument }) => [String(value), bounds, argument]),
    },
  };
}
