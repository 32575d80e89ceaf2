import { panelDigest, sha256, stableJson } from "@lib/core";
import type { MarketSource } from "@lib/data";
import { isEstimate, type Leak, LEAKS, type Measure, type RoadCheck, type Scorecard } from "@lib/f4";
import type { FoldReport } from "@lib/models";
import { counted } from "./_counted.ts";
import type { Road } from "./leaks/road.ts";

/** Version of the shape of an {@linkcode InfoSheet}. */
export const INFO_SHEET_SCHEMA = "ai-stocks-lab/info-sheet/1";

/** What {@linkcode infoSheet} answers from. */
export interface InfoSheetInput {
  /** What the study asks, in a sentence. */
  question: string;
  /** The market, as `loadMarket` describes it. */
  source: MarketSource;
  /** The road that was inspected. */
  road: Road;
  /** How the fits fared, as `walkForwardForecasts` reports them. */
  reports: readonly FoldReport[];
  /** The verdict, with what the inspection found and what the ledger counted. */
  card: Scorecard;
}

/** One question about a claim, and the answer that data, code and checks give. */
export interface InfoAnswer {
  question: string;
  answer: string;
  /** What was looked at; empty where the answer is a plain fact. */
  checks: RoadCheck[];
}

/** What a reader must know to believe a claim that rests on a model. Plain data without NaN, ready for JSON. */
export interface InfoSheet {
  schema: typeof INFO_SHEET_SCHEMA;
  sections: { title: string; answers: InfoAnswer[] }[];
  /** SHA-256 of each thing that the answers are about. */
  parts: Record<string, string>;
  /** Hash of the claim's record in the ledger of trials, by which the sheet hangs on the chain; null where uncounted. */
  record: string | null;
  /** SHA-256 of all the rest. */
  signature: string;
}

/**
 * The model info sheet of a judged claim: what is claimed, whether train and test are cleanly separated, whether each
 * feature is legitimate, and whether what was tested is what the claim is about. Nothing in it is typed by hand but the
 * question of the study.
 *
 * It is signed by the hashes of data, features, outcomes, folds, code, fits, forecasts, inspection and scorecard, and by
 * the claim's record in the ledger. Code is the text of the steps, targets and models; what they call stands in the
 * manifest of the run. {@linkcode infoSheetFaults} finds what was changed since. A signature by hashes shows
 * that a sheet and its parts belong together; it does not show who made them.
 *
 * Source: the three demands and eight leaks of Kapoor and Narayanan (2023), Leakage and the reproducibility crisis in
 * machine-learning-based science, Patterns 4. The questions are put in this house's own words.
 */
export function infoSheet(input: InfoSheetInput): InfoSheet {
  const { card } = input;
  const record = "reason" in card.trials ? null : card.trials.record;
  const unsigned = { schema: INFO_SHEET_SCHEMA, sections: sections(input), parts: partHashes(input), record } as const;
  return { ...unsigned, signature: sha256(stableJson(unsigned)) };
}

/**
 * What does not fit: a sheet that was changed after it was signed, or parts that are not those it was signed for.
 *
 * @param input Where it is at hand: what the sheet was made of.
 * @returns One sentence each; empty where all fits.
 */
export function infoSheetFaults(sheet: InfoSheet, input?: InfoSheetInput): string[] {
  const { signature, ...unsigned } = sheet;
  const faults = sha256(stableJson(unsigned)) === signature ? [] : ["the sheet was changed after it was signed"];
  if (!input) return faults;
  for (const [part, hash] of Object.entries(partHashes(input))) {
    if (sheet.parts[part] !== hash) faults.push(`${part}: not what the sheet was signed for`);
  }
  const record = "reason" in input.card.trials ? null : input.card.trials.record;
  if (record !== sheet.record) faults.push("record: another one in the ledger of trials");
  return faults;
}

function partHashes({ source, road, reports, card }: InfoSheetInput): Record<string, string> {
  const { dataset, folds, judged } = road;
  const code = [...Object.entries(road.steps), ...Object.entries(road.models), ["targets", road.targets]];
  return {
    data: source.digest,
    features: panelDigest(dataset.features),
    outcomes: sha256(dataset.target.map((value) => Number.isNaN(value) ? NaN : value)),
    folds: sha256(stableJson(folds)),
    code: sha256(stableJson(code.map(([name, made]) => [name, String(made)]))),
    fits: sha256(stableJson(reports)),
    judged: panelDigest(judged),
    inspection: sha256(stableJson(card.road)),
    scorecard: sha256(stableJson(card)),
  };
}

function sections({ question, source, road, reports, card }: InfoSheetInput): InfoSheet["sections"] {
  const { dataset, folds } = road;
  const { dates } = dataset.features;
  const checks = "checks" in card.road ? card.road.checks : [];
  const about = (...leaks: Leak[]) => checks.filter(({ leak }) => leaks.includes(leak));
  const plain = (question: string, answer: string): InfoAnswer => ({ question, answer, checks: [] });
  const asked = (question: string, ...leaks: Leak[]): InfoAnswer => ({
    question,
    answer: inWords(about(...leaks)),
    checks: about(...leaks),
  });
  const engines = [...new Set(reports.map(({ model, engine }) => `${model} by ${engine}`))].join(", ");
  const [first, last] = [folds[0], folds[folds.length - 1]];
  return [
    {
      title: "What is claimed",
      answers: [
        plain("What does the study ask?", question),
        plain("What is the claim?", claimInWords(card)),
        plain("What is the verdict, and why?", `${card.verdict.verdict}: ${card.verdict.summary}`),
        plain(
          "Which forecasts, of what?",
          `${card.settings.forecast}, of ${card.settings.actual}, ${
            counted(dataset.horizonDays, "trading day")
          } ahead, learnt as ` +
            dataset.targetName,
        ),
        plain(
          "Made by which models?",
          `${engines}; ${counted(reports.length, "fit")}, seed ${card.settings.seed} in the judge`,
        ),
      ],
    },
    {
      title: "Is what was tested what the claim is about?",
      answers: [
        plain("Which names, and how were they chosen?", source.universe),
        plain(
          "Which days and rows are judged?",
          `${card.data.judgedRows} rows of ${card.data.symbols} names on ${card.data.days} days, ${card.data.firstDay} to ${card.data.lastDay}`,
        ),
        asked("Do the rows judged differ from those that could be?", "biased test sample"),
        plain("Which days were kept for the last?", finalInWords(card, source)),
      ],
    },
    {
      title: "Are train and test cleanly separated?",
      answers: [
        plain(
          "How are they separated?",
          `${counted(folds.length, "fold")} forward in time, the first tests ${dates[first.testDays[0]]} to ` +
            `${dates[first.testDays[1] - 1]}, the last ends ${dates[last.testDays[1] - 1]}; ${
              counted(first.purgedDays, "day")
            } left ` +
            `out before each part, with an embargo of ${first.embargoDays}`,
        ),
        asked("Is anything judged that the model was fitted on?", "no test set"),
        asked("Was anything fitted to train and test together before the split?", "preprocessing on train and test"),
        asked("Were features chosen by outcomes of the test part?", "feature selection on train and test"),
        asked("Do rows stand on both sides?", "duplicates"),
        asked("Do outcomes of the training part reach into the test part?", "dependence between train and test"),
        plain("How often were these rows looked at?", trialsInWords(card)),
      ],
    },
    {
      title: "Is each feature legitimate?",
      answers: [
        plain(
          "What are they?",
          `${dataset.features.names.length} columns, by the steps ${Object.keys(road.steps).join(", ")}: ` +
            dataset.features.names.join(", "),
        ),
        asked("Is each known at the close from which it forecasts?", "temporal leakage"),
        asked("Is any of them a stand-in for the outcome?", "illegitimate features"),
      ],
    },
    {
      title: "What was not checked?",
      answers: [plain("Which of the eight leaks were not asked for?", unasked(checks))],
    },
  ];
}

function inWords(checks: readonly RoadCheck[]): string {
  if (checks.length === 0) return "the road was not inspected for it by a check of that name";
  const of = (wanted: RoadCheck["outcome"]) => checks.filter(({ outcome }) => outcome === wanted);
  const found = of("found");
  if (found.length > 0) return found.map(({ step, words }) => `yes, at step ${step}: ${words}`).join("; ");
  const clear = of("clear").length;
  const open = of("not checked").map(({ words }) => words).join("; ");
  return `${clear} of ${counted(checks.length, "check")} clear` + (open === "" ? "" : `; not checked: ${open}`);
}

function unasked(checks: readonly RoadCheck[]): string {
  const seen = new Set(checks.filter(({ outcome }) => outcome !== "not checked").map(({ leak }) => leak));
  const missing = LEAKS.filter((leak) => !seen.has(leak));
  return missing.length === 0 ? "none: each was asked for" : missing.join(", ");
}

function number(measure: Measure): string {
  if (!isEstimate(measure)) return `not known (${measure.reason})`;
  const ends = measure.low === null || measure.high === null
    ? ""
    : ` [${measure.low.toFixed(4)}, ${measure.high.toFixed(4)}]`;
  return measure.value.toFixed(4) + ends;
}

function claimInWords({ headline, settings }: Scorecard): string {
  return `${headline.what} ${number(headline.rankIc)}, interval at ${100 * settings.confidence} %`;
}

function trialsInWords({ trials }: Scorecard): string {
  if ("reason" in trials) return `not counted: ${trials.reason}`;
  return `${
    counted(trials.trials, "time")
  } up to this one, ${trials.admitted} of them admitted; after them a deflated probability of ` +
    `${number(trials.deflated)}`;
}

function finalInWords({ final }: Scorecard, { finalFrom, tier }: MarketSource): string {
  if (tier === "development") return `those from ${finalFrom} on, which this road has not seen`;
  if ("reason" in final) return `those from ${finalFrom} on; ${final.reason}`;
  return `those from ${finalFrom} on, looked at ${counted(final.looks, "time")} up to this one: ${final.what} ${
    number(final.value)
  }`;
}
