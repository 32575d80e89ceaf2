import type { FinalScore } from "./_final_block.ts";
import { intervalChart } from "./_interval_chart.ts";
import { numbers, worded } from "./_measure_words.ts";
import type { Section } from "./_page.ts";
import type { Missing } from "./measure.ts";
import { LEAKS, type RoadReport } from "./road_report.ts";
import type { TrialsScore } from "./weigh_trials.ts";

const looks = (count: number) => `${count.toLocaleString("en")} look${count === 1 ? "" : "s"}`;

/** What else was tried on these rows, and what is left of the claim. */
export function trialsSection(trials: TrialsScore | Missing): Section {
  const title = "What was tried, and what it costs";
  if ("reason" in trials) return { title, sentences: [`Not counted: ${trials.reason}.`] };
  const { spread, expectedBest, falseDiscovery, overfitting, years } = trials;
  const origin = spread.source === "ledger"
    ? `as the ${spread.trials} recorded ones of this kind do`
    : "as sampling alone makes them";
  return {
    title,
    sentences: [
      `${looks(trials.trials)} at these rows up to this one: ${trials.recorded} recorded in the ledger, ` +
      `${trials.admitted} admitted by their owner. The best of so many trials without skill shows a z of ` +
      `${expectedBest.z.toFixed(2)} on average, where their z scatter by ${spread.value.toFixed(2)}, ${origin}; this ` +
      `claim shows ${worded(trials.z, "ratio")}.`,
      "reason" in overfitting
        ? `Probability of overfitting: none, ${overfitting.reason}.`
        : `Probability of overfitting: ${overfitting.probability.toFixed(2)}. In ${
          overfitting.splits.toLocaleString("en")
        } ` +
          `splits of ${overfitting.days} days, that is how often the best of ${overfitting.trials} trials on one half ` +
          "is below their median on the other.",
      `Years of days at hand: ${
        years.atHand.toFixed(1)
      }. The best trial without skill shows as much as this claim on ` +
      `${worded(years.minimum, "ratio")}; a pass needs ${worded(years.needed, "ratio")} at this value.`,
    ],
    table: numbers([
      ["deflated: probability above the best of all trials without skill", trials.deflated, "probability"],
      ["the same, spread by sampling alone", trials.deflatedBySampling, "probability"],
      ["expected best of the trials, in the unit of the claim", expectedBest.value],
      ["independent trials that these amount to (shown, not used)", trials.effectiveTrials, "ratio"],
      ["p of the best of so many independent trials", trials.familyWiseP, "probability"],
      ["p times N (N + 1), for any claim on these rows", trials.anyClaimP, "probability"],
      [
        "p, adjusted for all trials (false discovery rate)",
        "reason" in falseDiscovery ? falseDiscovery : {
          value: falseDiscovery.adjusted,
          low: null,
          high: null,
          n: falseDiscovery.tests,
          method: `Benjamini-Hochberg; own p ${falseDiscovery.p.toFixed(4)}`,
        },
        "probability",
      ],
    ]),
  };
}

/** The headline on the days that were set aside. */
export function finalSection(final: FinalScore | Missing): Section {
  const title = "On the final block alone";
  if ("reason" in final) return { title, sentences: [`None: ${final.reason}.`] };
  const when = final.firstDay === null ? "no judged day" : `${final.days} judged days to ${final.lastDay}`;
  return {
    title,
    sentences: [`The block begins on ${final.from}: ${when}. ${looks(final.looks)} at it up to this one.`],
    figure: intervalChart(final.what, [["before the block", final.before], ["final block", final.value]]),
    table: numbers([
      [final.what, final.value],
      ["its z", final.z, "ratio"],
      ["the same before the block", final.before],
      ["difference over its error", final.difference, "ratio"],
      ["deflated by the looks at the block", final.deflated, "probability"],
    ]),
  };
}

/** What an inspection of the road found, leak by leak. */
export function roadSection(road: RoadReport | Missing): Section {
  const title = "The road behind the forecasts";
  if ("reason" in road) {
    const sentence =
      `Not seen: ${road.reason}. What reached the forecasts that should not have is then told by their ` +
      "numbers alone.";
    return { title, sentences: [sentence] };
  }
  const order = LEAKS.flatMap((leak) => road.checks.filter((check) => check.leak === leak));
  return {
    title,
    sentences: ["Leaks by the names of Kapoor and Narayanan (2023)."],
    table: {
      head: ["leak", "check", "outcome", "step", "column", "what was seen"],
      rows: order.map(({ leak, check, outcome, step, column, words }) => [
        leak,
        check,
        outcome,
        step,
        column ?? "",
        words,
      ]),
    },
  };
}
