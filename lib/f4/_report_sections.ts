import { planSection } from "./_plan_section.ts";
import { answerPlanTargets } from "./plan_targets.ts";
import { bookSection } from "./_book_section.ts";
import { limitsSection } from "./_card_sections.ts";
import { finalSection, roadSection, trialsSection } from "./_claim_sections.ts";
import { intervalChart } from "./_interval_chart.ts";
import { formats, numbers, worded } from "./_measure_words.ts";
import { neutralSection } from "./_neutral_section.ts";
import type { Section } from "./_page.ts";
import { type Part, partSections } from "./_part_sections.ts";
import { isEstimate } from "./measure.ts";
import type { Scorecard } from "./scorecard.ts";

/** Everything a reader needs of a scorecard, in the order of reading. */
export function reportSections(card: Scorecard, { notes = [] }: { notes?: readonly string[] } = {}): Section[] {
  const { settings, data, crossSectional, pooled, perSymbol, verdict } = card;
  const sections: Section[] = [
    {
      title: `Verdict: ${verdict.verdict}`,
      sentences: [
        `${verdict.summary}.`,
        `Judged are ${data.judgedRows.toLocaleString("en")} of ${
          data.rows.toLocaleString("en")
        } rows: ${data.symbols} ` +
        `symbols on ${data.days} days${data.firstDay === null ? "" : `, ${data.firstDay} to ${data.lastDay}`}. ` +
        `Left out are rows with a missing forecast (${data.missingForecasts}), a missing actual ` +
        `(${data.missingActuals}) or an infinite value (${data.infinite}).`,
        `The horizon is ${settings.horizonDays} day${settings.horizonDays === 1 ? "" : "s"}; forecasts are read as ` +
        `${settings.unit}s. Intervals cover ${100 * settings.confidence} %` +
        (settings.blockDays === null
          ? "."
          : `: ${settings.draws.toLocaleString("en")} draws of days in blocks of ${settings.blockDays.toFixed(1)} on ` +
            `average, seed ${settings.seed}.`),
        ...notes,
      ],
      table: {
        head: ["question", "outcome", "numbers"],
        rows: verdict.checks.map(({ question, outcome, words }) => [question, outcome, words]),
      },
    },
  ];
  sections.push(trialsSection(card.trials), finalSection(card.final));
  sections.push(neutralSection(card.neutral), roadSection(card.road));
  sections.push(...partSections("The saved model", card.model as unknown as Part));
  sections.push(
    "reason" in crossSectional
      ? { title: "Across symbols, day by day", sentences: [`None: ${crossSectional.reason}.`] }
      : {
        title: "Across symbols, day by day",
        sentences: [
          `How well the forecasts of a day order its symbols, on ${crossSectional.days} days with ` +
          `${crossSectional.names.least} to ${crossSectional.names.most} names. ${crossSectional.thinDays} days have ` +
          `fewer than ${settings.minimumNames} names; ${crossSectional.constantDays} have forecasts or outcomes that are all the same.`,
        ],
        table: numbers([
          ["mean rank IC, with the interval of the headline", card.headline.rankIc],
          ["the same with an interval from the bootstrap of days", crossSectional.rankIc],
          ["standard deviation of the rank IC", crossSectional.rankIcDeviation],
          ["ICIR of one day (rank IC)", crossSectional.rankIcir],
          ["its z, as unlikely without skill", card.headline.z, "ratio"],
          ["t of the mean rank IC", crossSectional.rankIcT, "ratio"],
          ["days with a rank IC above 0", crossSectional.positiveDays, "share"],
          ["mean IC", crossSectional.ic],
          ["standard deviation of the IC", crossSectional.icDeviation],
          ["ICIR of one day (IC)", crossSectional.icir],
          ["t of the mean IC", crossSectional.icT, "ratio"],
        ]),
      },
  );
  if (!("reason" in pooled)) {
    sections.push({
      title: "All rows together",
      sentences: [
        `${pooled.rows.toLocaleString("en")} rows; ${pooled.zeros.actual} actuals and ${pooled.zeros.forecast} ` +
        "forecasts are exactly 0 and count in no hit rate.",
        `Spread of the forecasts: ${pooled.spread.verdict} (${pooled.spread.words}).`,
      ],
      table: numbers([
        ["IC", pooled.ic],
        ["rank IC", pooled.rankIc],
        ["t of the rank IC", pooled.rankIcT, "ratio"],
        ["hit rate", pooled.hitRate, "share"],
        ["always up, same rows", pooled.alwaysUp, "share"],
        ["hit rate beyond always up", pooled.hitRateBeyondAlwaysUp, "share"],
        ["hit rate beyond chance", pooled.hitRateBeyondChance, "share"],
        ["Pesaran-Timmermann", pooled.pesaranTimmermann, "ratio"],
        ["share of positive forecasts", pooled.positiveShare, "share"],
        ["R2 against 0", pooled.rSquaredZero],
        ["R2 against the trailing mean", pooled.rSquaredTrailingMean],
        ["std(forecast) / std(actual)", pooled.spreadRatio],
        ["calibration slope", pooled.calibrationSlope, "ratio"],
      ]),
    });
    sections.push({
      title: "The record against itself",
      sentences: [
        pooled.consistency.length === 0
          ? "None: too few rows."
          : "What the IC of the record implies for near-normal returns, beside what was observed. The Sharpe ratio is " +
            "that of one name held by the sign of its forecast, before costs: a book of many names has a higher one.",
      ],
      table: {
        head: ["quantity", "observed", "implied by the IC", "difference", "contradiction"],
        rows: pooled.consistency.map(({ quantity, observed, implied, difference, contradicts }) => [
          quantity,
          observed.toFixed(4),
          implied.toFixed(4),
          worded(difference),
          contradicts ? "yes" : "no",
        ]),
      },
    });
  }
  if (!("reason" in crossSectional)) {
    const what = "Centred ranks of the forecasts of a day, half long and half short.";
    sections.push(bookSection("Book of ranks", what, crossSectional.book));
    sections.push(...partSections("The same book held day by day", card.books as unknown as Part));
  }
  if (!("reason" in pooled)) {
    const what = "Long what is forecast to rise and short what is forecast to fall, in equal amounts.";
    sections.push(bookSection("Book of signs", what, pooled.signBook));
    sections.push(bookSection("Always long", "Every name in equal amounts.", pooled.alwaysLong));
  }
  if (card.baselines.length > 0) {
    sections.push({
      title: "Baselines on the same rows",
      sentences: ["The last column is the rank IC of the forecast less that of the baseline."],
      figure: intervalChart(
        "Rank IC of the forecast beyond each baseline",
        card.baselines.map(({ name, advantage }) => [name, advantage]),
      ),
      table: {
        head: ["baseline", "rank IC", "IC", "hit rate", "R2 against 0", "forecast beyond it"],
        rows: card.baselines.map(({ name, rankIc, ic, hitRate, rSquaredZero, advantage }) => [
          name,
          worded(rankIc),
          worded(ic),
          worded(hitRate, "share"),
          worded(rSquaredZero),
          worded(advantage),
        ]),
      },
    });
  }
  if (!("reason" in perSymbol)) {
    const { significant, symbols } = perSymbol;
    sections.push({
      title: "Symbol by symbol, over time",
      sentences: [
        `Mean over symbols: rank IC ${worded(perSymbol.meanRankIc)}, IC ${worded(perSymbol.meanIc)}. Above 0 for ` +
        `${worded(perSymbol.positiveSymbols, "share")} of the symbols. The interval lies above 0 for ` +
        `${significant.above} and below for ${significant.below}; chance alone gives ` +
        `${significant.eachExpectedByChance.toFixed(1)} each.`,
        "One symbol over 300 days has a standard error of 0.058: no smaller number of one symbol means anything.",
      ],
      table: {
        head: ["symbol", "rows", "rank IC", "IC", "hit rate", "always up"],
        rows: symbols.map(({ symbol, rows, rankIc, ic, hitRate, alwaysUp }) => [
          symbol,
          String(rows),
          worded(rankIc),
          worded(ic),
          worded(hitRate, "share"),
          isEstimate(alwaysUp) ? formats.share(alwaysUp.value) : "none",
        ]),
      },
    });
  }
  sections.push(planSection(answerPlanTargets(card)), limitsSection());
  return sections;
}
