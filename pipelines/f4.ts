/**
 * Judges any table of forecasts that a person brings: what they are worth, with errors, baselines and a verdict.
 *
 * Reads a CSV or parquet file with the columns symbol, date, forecast and actual (others are ignored); leaves
 * scorecard.json, report.md and report.html in a folder. Some seconds for a million rows. Exit 0 when the table was
 * judged, whatever the verdict; 1 when it could not be read. Run: make f4 FORECASTS=file.csv OUT=folder
 */
import { basename, join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { checkOneOf, stableJson, writeAtomically } from "@lib/core";
import {
  dailyCorrelations,
  readForecasts,
  reportHtml,
  reportMarkdown,
  scorecard,
  summaryTable,
  withOutcomeBaselines,
} from "@lib/f4";

const HELP = `Judges a table of forecasts

  --forecasts=FILE     .csv or .parquet with the columns symbol, date, forecast, actual
  --out=FOLDER         where scorecard.json, report.md and report.html go
  --horizon-days=1     days that an actual covers; for overlap in errors, Sharpe ratios and known outcomes
  --unit=auto          return, score (only the order of forecasts counts) or auto (by their spread)
  --baselines=a,b      further columns of the file, as forecasts to be beaten
  --minimum-names=5    names that a day needs for a correlation across symbols
  --seed=1             seed of the bootstrap
  --draws=2000         draws of the bootstrap
  --help               show this text

Beside the columns named, three baselines are made from the outcomes known at each close: the trailing mean, the last
outcome, and its reversal.`;

async function judge(): Promise<void> {
  const { values } = parseArgs({
    options: {
      forecasts: { type: "string", default: "" },
      out: { type: "string", default: "" },
      "horizon-days": { type: "string", default: "1" },
      unit: { type: "string", default: "auto" },
      baselines: { type: "string", default: "" },
      "minimum-names": { type: "string", default: "5" },
      seed: { type: "string", default: "1" },
      draws: { type: "string", default: "2000" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const { forecasts: file, out: folder } = values;
  if (file === "" || folder === "") {
    throw new RangeError(
      `Cannot judge forecasts: FORECASTS must be a file and OUT a folder, current ones are "${file}" and "${folder}"`,
    );
  }
  checkOneOf("judge forecasts", "--unit", values.unit, ["auto", "return", "score"]);
  const keep = values.baselines.split(",").map((name) => name.trim()).filter((name) => name !== "");
  const horizonDays = Number(values["horizon-days"]);

  const { panel: table, rows, badCells } = await readForecasts(file, { keep });
  const { panel, baselines } = withOutcomeBaselines(table, { horizonDays });
  const minimumNames = Number(values["minimum-names"]);
  const card = scorecard(panel, {
    horizonDays,
    unit: values.unit,
    baselines: [...keep, ...baselines],
    minimumNames,
    seed: Number(values.seed),
    draws: Number(values.draws),
  });
  const title = `Judgement of ${basename(file)}`;
  const source = { file: basename(file), rows, badCells };
  await writeAtomically(join(folder, "scorecard.json"), stableJson({ ...card, source }));
  await writeAtomically(join(folder, "report.md"), reportMarkdown(card, { title }));
  await writeAtomically(
    join(folder, "report.html"),
    reportHtml(card, { title, daily: dailyCorrelations(panel, { minimumNames }) }),
  );
  if (badCells.count > 0) {
    console.log(`${badCells.count} cells hold no finite number: ${badCells.examples.join("; ")}\n`);
  }
  console.log(summaryTable(card));
  console.log(
    `\nwritten: ${["scorecard.json", "report.md", "report.html"].map((name) => join(folder, name)).join(", ")}`,
  );
}

try {
  await judge();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
