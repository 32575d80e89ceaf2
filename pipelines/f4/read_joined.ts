import { type Panel } from "@lib/core";
import { type BadCells, joinReturns, readForecasts, readReturns } from "@lib/f4";
import { badCellNotes } from "./judged.ts";
import type { Options } from "./options.ts";

/** A table of forecasts on the days of the returns, where some were brought. */
export interface JoinedTable {
  /** With `return` and `coming_return` where returns were brought. */
  panel: Panel;
  forecasts: string[];
  rows: number;
  badCells: BadCells;
  /** What there is to say about what was brought. */
  notes: string[];
}

/**
 * Reads forecasts, and the returns of their names where some were brought.
 *
 * @param named What forecasts are called where the options do not say it.
 * @param areReturns Whether actuals are returns, so that they can be held against those that were brought.
 */
export async function readJoined(
  { forecasts, columns, returns: file, baselines, horizonDays }: Options,
  { named, areReturns }: { named: string | RegExp; areReturns: boolean },
): Promise<JoinedTable> {
  const needsActual = file === undefined;
  const table = await readForecasts(forecasts, { forecasts: columns, named, needsActual, keep: baselines });
  const notes = badCellNotes(table.badCells);
  if (areReturns && table.beyondTotalLoss > 0) {
    notes.push(
      `${table.beyondTotalLoss} actuals are below -1, but no more than everything can be lost: are they percents? ` +
        "Returns must be fractions, or costs, Sharpe ratios after costs and drawdowns are wrong.",
    );
  }
  if (file === undefined) return { ...table, notes };
  const returns = await readReturns(file);
  const joined = joinReturns(table.panel, returns.panel, { horizonDays });
  notes.push(
    ...badCellNotes(returns.badCells),
    `${joined.addedRows} rows of returns without forecasts were added, for what was known at each close; they are among ` +
      `those with a missing forecast. ${joined.rowsWithoutReturn} rows of forecasts have no return on their own day.`,
  );
  const days = horizonDays === 1 ? "next day" : `next ${horizonDays} days`;
  if (joined.actuals === null) notes.push(`Actuals are what the returns of the ${days} compound to.`);
  else if (areReturns) {
    const { compared, different } = joined.actuals;
    notes.push(`Of ${compared} actuals that the returns tell too, ${different} differ from them: judged as brought.`);
  }
  return { ...table, panel: joined.panel, notes };
}
