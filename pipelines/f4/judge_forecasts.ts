import { basename } from "node:path";
import { panelDigest } from "@lib/core";
import { dailyCorrelations, judge, summaryTable, withOutcomeBaselines } from "@lib/f4";
import { type Judged, judgedTitle, trialSource } from "./judged.ts";
import type { Options } from "./options.ts";
import { readFactors } from "./read_factors.ts";
import { readJoined } from "./read_joined.ts";
import { withAdmitted } from "./with_admitted.ts";

/** Judges each column of forecasts by what came true; all looks go into the ledger, in the order of the columns. */
export async function judgeForecasts(options: Options): Promise<Judged[]> {
  const { horizonDays, minimumNames, seed, draws, periodsPerYear, unit, finalFrom } = options;
  const file = basename(options.forecasts);
  const table = await readJoined(options, { named: "forecast", areReturns: true });
  const { panel, baselines } = withOutcomeBaselines(table.panel, { horizonDays });
  const data = [{ name: file, digest: panelDigest(panel.pick(["actual"])) }];
  const returns = panel.has("return") ? "return" : undefined;
  const factors = options.factors === undefined ? undefined : await readFactors(options.factors);
  const judged: Judged[] = [];
  for (const column of table.forecasts) {
    const trial = trialSource(file, { column, data, options });
    const claim = {
      trial,
      finalFrom,
      fittedBaselines: options.baselines,
      baselines: [...options.baselines, ...baselines],
    };
    const settings = {
      forecast: column,
      horizonDays,
      unit,
      minimumNames,
      seed,
      draws,
      periodsPerYear,
      returns,
      factors,
    };
    const card = await withAdmitted(
      file,
      options,
      (ledger, rehearsal) => judge(panel, { ledger, ...claim, ...settings, ...rehearsal }),
    );
    judged.push({
      name: column,
      card,
      title: judgedTitle(file, column, "forecast"),
      notes: table.notes,
      source: { file, rows: table.rows, badCells: table.badCells },
      summary: summaryTable(card),
      daily: dailyCorrelations(panel, { forecast: column, minimumNames }),
    });
  }
  return judged;
}
