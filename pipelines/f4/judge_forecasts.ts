import { basename } from "node:path";
import { type Panel, panelDigest } from "@lib/core";
import {
  dailyCorrelations,
  type ForecastTable,
  joinReturns,
  judge,
  readForecasts,
  readReturns,
  summaryTable,
  withOutcomeBaselines,
} from "@lib/f4";
import { badCellNotes, type Judged, trialSource } from "./judged.ts";
import type { Options } from "./options.ts";
import { withAdmitted } from "./with_admitted.ts";

/** Judges each column of forecasts by what came true; all looks go into the ledger, in the order of the columns. */
export async function judgeForecasts(options: Options): Promise<Judged[]> {
  const { horizonDays, minimumNames, seed, draws, periodsPerYear, unit, finalFrom } = options;
  const file = basename(options.forecasts);
  const table = await readForecasts(options.forecasts, {
    forecasts: options.columns,
    needsActual: options.returns === undefined,
    keep: options.baselines,
  });
  const { joined, notes } = await withReturns(table, options);
  const { panel, baselines } = withOutcomeBaselines(joined, { horizonDays });
  const data = [{ name: file, digest: panelDigest(joined.pick(["actual"])) }];
  const judged: Judged[] = [];
  for (const column of table.forecasts) {
    const card = await withAdmitted(file, options, (ledger) =>
      judge(panel, {
        ledger,
        trial: trialSource(file, { column, data, options }),
        finalFrom,
        fittedBaselines: options.fitted,
        forecast: column,
        baselines: [...options.baselines, ...baselines],
        horizonDays,
        unit,
        minimumNames,
        seed,
        draws,
        periodsPerYear,
      }));
    judged.push({
      name: column,
      card,
      title: `Judgement of ${column === "forecast" ? file : `${column} of ${file}`}`,
      notes,
      source: { file, rows: table.rows, badCells: table.badCells },
      summary: summaryTable(card),
      daily: dailyCorrelations(panel, { forecast: column, minimumNames }),
    });
  }
  return judged;
}

/** The table on the days of the returns, where some were brought; and what there is to say about either. */
async function withReturns(
  { panel, badCells, beyondTotalLoss }: ForecastTable,
  { returns: file, horizonDays }: Options,
): Promise<{ joined: Panel; notes: string[] }> {
  const notes = badCellNotes(badCells);
  if (beyondTotalLoss > 0) {
    notes.push(
      `${beyondTotalLoss} actuals are below -1, but no more than everything can be lost: are they percents? Returns ` +
        "must be fractions, or costs, Sharpe ratios after costs and drawdowns are wrong.",
    );
  }
  if (file === undefined) return { joined: panel, notes };
  const returns = await readReturns(file);
  const { panel: joined, addedRows, rowsWithoutReturn, actuals } = joinReturns(panel, returns.panel, { horizonDays });
  notes.push(...badCellNotes(returns.badCells));
  notes.push(
    `${addedRows} rows of returns without forecasts were added, for what was known at each close; they are among those ` +
      `with a missing forecast. ${rowsWithoutReturn} rows of forecasts have no return on their own day.`,
  );
  notes.push(
    actuals === null
      ? `Actuals are what the returns of the ${
        horizonDays === 1 ? "next day" : `next ${horizonDays} days`
      } compound to.`
      : `Of ${actuals.compared} actuals that the returns tell too, ${actuals.different} differ from them: they are ` +
        "judged as they were brought.",
  );
  return { joined, notes };
}
