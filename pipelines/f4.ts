/**
 * Judges any table of forecasts that a person brings: what they are worth, with errors, baselines and a verdict.
 *
 * Reads a CSV or parquet file with the columns symbol, date, forecast and actual (others are ignored); leaves
 * scorecard.json, report.md and report.html in a folder. Some seconds for a million rows. Exit 0 when the table was
 * judged, whatever the verdict; 1 when it could not be read. Run: make f4 FORECASTS=file.csv OUT=folder HORIZON=5
 */
import { basename, join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { checkInteger, checkNumber, checkOneOf, stableJson, writeAtomically } from "@lib/core";
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

  --forecasts=FILE        .csv, .csv.gz or .parquet with the columns symbol, date, forecast, actual
  --out=FOLDER            where scorecard.json, report.md and report.html go
  --horizon-days=1        days that an actual covers; for overlap in errors, Sharpe ratios and known outcomes
  --periods-per-year=252  days of the table in a year: 252 for trading days, 52 for weeks
  --unit=auto             return, score (only the order of forecasts counts) or auto (by their spread)
  --baselines=a,b         further columns of the file, as forecasts to be beaten
  --minimum-names=5       names that a day needs for a correlation across symbols
  --seed=1                seed of the bootstrap
  --draws=2000            draws of the bootstrap
  --help                  show this text

Beside the columns named, three baselines are made from the outcomes known at each close: the trailing mean, the last
outcome, and its reversal.`;

async function judge(): Promise<void> {
  const { values } = parseArgs({
    options: {
      forecasts: { type: "string", default: "" },
      out: { type: "string", default: "" },
      "horizon-days": { type: "string", default: "1" },
      "periods-per-year": { type: "string", default: "252" },
      unit: { type: "string", default: "auto" },
      baselines: { type: "string", default: "" },
      "minimum-names": { type: "string", default: "5" },
      seed: { type: "string", default: "1" },
      draws: { type: "string", default: "2000" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(HELP);
  if (values.forecasts === "" || values.out === "") {
    throw new RangeError(
      `Cannot judge forecasts: FORECASTS must be a file and OUT a folder, current ones are "${values.forecasts}" and ` +
        `"${values.out}"\n\n  make f4 FORECASTS=forecasts.csv OUT=judged`,
    );
  }
  const [file, folder] = [resolve(values.forecasts), resolve(values.out)];
  await checkFolder(folder);
  const action = "judge forecasts";
  checkOneOf(action, "--unit", values.unit, ["auto", "return", "score"]);
  const keep = values.baselines.split(",").map((name) => name.trim()).filter((name) => name !== "");
  const horizonDays = Number(values["horizon-days"]);
  checkInteger(action, "the horizon in days", horizonDays, { least: 1 });
  const periodsPerYear = Number(values["periods-per-year"]);
  checkNumber(action, "--periods-per-year", periodsPerYear, { least: 1 });

  const { panel: table, rows, badCells, beyondTotalLoss } = await readForecasts(file, { keep });
  const { panel, baselines } = withOutcomeBaselines(table, { horizonDays });
  const minimumNames = Number(values["minimum-names"]);
  const card = scorecard(panel, {
    horizonDays,
    unit: values.unit,
    baselines: [...keep, ...baselines],
    minimumNames,
    seed: Number(values.seed),
    periodsPerYear,
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
  if (beyondTotalLoss > 0) {
    console.log(
      `${beyondTotalLoss} actuals are below -1, but no more than everything can be lost: are they percents? Returns ` +
        "must be fractions, or costs, Sharpe ratios after costs and drawdowns are wrong\n",
    );
  }
  console.log(summaryTable(card));
  console.log(
    `\nwritten: ${["scorecard.json", "report.md", "report.html"].map((name) => join(folder, name)).join(", ")}`,
  );
}

async function checkFolder(folder: string): Promise<void> {
  const found = await Deno.stat(folder).catch(() => undefined);
  if (found === undefined || found.isDirectory) return;
  throw new TypeError(`Cannot judge forecasts: OUT must be a folder, ${folder} is a file`);
}

try {
  await judge();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
