import { basename } from "node:path";
import { type Panel, panelDigest } from "@lib/core";
import {
  judgeClassifierClaim,
  judgeQuantilesClaim,
  judgeVolatilityClaim,
  type KindCard,
  type KindClaimOptions,
  type KindOptions,
  kindSummaryTable,
} from "@lib/f4";
import { type Judged, judgedTitle, trialSource } from "./judged.ts";
import type { Options } from "./options.ts";
import { readJoined } from "./read_joined.ts";
import { withAdmitted } from "./with_admitted.ts";

/** What forecasts of each kind are called in a table. */
const NAMED = {
  classifier: "probability",
  volatility: "volatility",
  quantiles: /^q(uantile)?_?\d{1,2}(\.\d+)?$/i,
} as const;

/** Judges probabilities or volatilities column by column, or the quantiles of a table together. */
export async function judgeKinds(options: Options & { kind: keyof typeof NAMED }): Promise<Judged[]> {
  const { kind, horizonDays, minimumNames, seed, periodsPerYear, finalFrom } = options;
  const file = basename(options.forecasts);
  const table = await readJoined(options, { named: NAMED[kind], areReturns: kind === "quantiles" });
  const data = [{ name: file, digest: panelDigest(table.panel.pick(["actual"])) }];
  const judged: Judged[] = [];
  for (const column of kind === "quantiles" ? ["quantiles"] : table.forecasts) {
    const trial = trialSource(file, { column, data, options });
    const settings = { trial, finalFrom, horizonDays, minimumNames, seed, periodsPerYear };
    const baselines = options.baselines;
    const card = await withAdmitted(
      file,
      options,
      (ledger) => judgeColumn(table.panel, { kind, column, baselines, ledger, ...settings }),
    );
    judged.push({
      name: column,
      card,
      title: judgedTitle(file, column, kind === "quantiles" ? "quantiles" : NAMED[kind]),
      notes: table.notes,
      source: { file, rows: table.rows, badCells: table.badCells },
      summary: kindSummaryTable(card),
    });
  }
  return judged;
}

function judgeColumn(
  panel: Panel,
  { kind, column, baselines, ...options }: KindOptions & KindClaimOptions & {
    kind: keyof typeof NAMED;
    column: string;
    baselines: readonly string[];
  },
): Promise<KindCard> {
  const returns = panel.has("coming_return") ? "coming_return" : undefined;
  if (kind === "quantiles") return judgeQuantilesClaim(panel, options);
  if (kind === "volatility") return judgeVolatilityClaim(panel, { volatility: column, baselines, returns, ...options });
  return judgeClassifierClaim(panel, { probability: column, baselines, returns, ...options });
}
