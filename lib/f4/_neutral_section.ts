import { intervalChart } from "./_interval_chart.ts";
import { worded } from "./_measure_words.ts";
import type { Section } from "./_page.ts";
import { isEstimate, type Missing } from "./measure.ts";
import type { NeutralIc, NeutralScore } from "./neutral.ts";

/** The rank IC beside the simple bets that may be behind it. */
export function neutralSection(neutral: NeutralScore | Missing): Section {
  const title = "Beside simple bets";
  if ("reason" in neutral) return { title, sentences: [`None: ${neutral.reason}.`] };
  const { from, volatility, marketBeta, factorBetas, eachFactor } = neutral;
  const parts: [string, NeutralIc | Missing][] = [
    ["volatility", volatility],
    ["market beta", marketBeta],
    ["factor betas", factorBetas],
    ...eachFactor.map((ic): [string, NeutralIc] => [`beta to ${ic.exposure} alone`, ic]),
  ];
  const known = parts.flatMap(([name, ic]) => "reason" in ic ? [] : [{ name, ic }]);
  const none = parts.flatMap(([name, ic]) => "reason" in ic ? [`No figure without ${name}: ${ic.reason}.`] : []);
  const bars = known.map(({ name, ic }) => [`without ${name}`, ic.rankIc] as const);
  return {
    title,
    sentences: [
      `What is left of the mean daily rank IC within groups of like volatility, and once market beta and the betas to ` +
      `factors are taken out of forecasts and outcomes. The exposures are trailing ones, from ${from}.`,
      ...none,
    ],
    figure: known.length === 0
      ? undefined
      : intervalChart("Mean daily rank IC", [["plain, same rows", known[0].ic.plain], ...bars]),
    table: known.length === 0 ? undefined : {
      head: ["without", "rank IC", "t", "plain, same rows", "share gone", "days", "rows"],
      rows: known.map(({ name, ic }) => [
        name,
        worded(ic.rankIc),
        worded(ic.t, "ratio"),
        worded(ic.plain),
        isEstimate(ic.gone) ? worded(ic.gone, "share") : ic.gone.reason,
        ic.days.toLocaleString("en"),
        ic.rows.toLocaleString("en"),
      ]),
    },
  };
}
