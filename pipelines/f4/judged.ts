import type { AnyCard, BadCells, DailyCorrelations, TrialSource } from "@lib/f4";
import type { Options } from "./options.ts";

/** One forecast or book with its card. */
export interface Judged {
  /** The column that was judged. */
  name: string;
  card: AnyCard;
  title: string;
  /** Sentences on what was brought. */
  notes: string[];
  /** What stands in scorecard.json beside the card. */
  source: Record<string, unknown>;
  /** The few lines for a terminal. */
  summary: string;
  daily?: DailyCorrelations;
}

/** What cells that could not be read come to. */
export function badCellNotes({ count, examples }: BadCells): string[] {
  return count === 0 ? [] : [`${count} cells hold no finite number and count as missing: ${examples.join("; ")}.`];
}

/** The source of a trial of this command. */
export function trialSource(
  file: string,
  { column, data, options }: { column: string; data: TrialSource["data"]; options: Options },
): TrialSource {
  const { kind, horizonDays, unit, seed } = options;
  return { source: `make f4 ${file}`, parameters: { kind, horizonDays, unit, seed }, data, model: column };
}

/** The heading of a report; a column that is called as all are is not named. */
export function judgedTitle(file: string, column: string, plain: string): string {
  return `Judgement of ${column === plain ? file : `${column} of ${file}`}`;
}
