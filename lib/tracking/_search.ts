import type { Transport } from "./_transport.ts";
import { runFromWire, type WireRun } from "./_run_from_wire.ts";
import type { Run } from "./mlflow_types.ts";

/** Options of `MlflowClient.searchRuns`. */
export interface SearchRunsOptions {
  /** In MLflow's filter language, which knows `and` but no `or`: `metrics.rank_ic > 0.01 and params.fold = '0'`. */
  filter?: string;
  /** For instance `["metrics.rank_ic DESC"]`. Default: latest start first. */
  orderBy?: readonly string[];
  /** Most runs to return. Default: all. */
  maxResults?: number;
  /** Which runs to look at. Default `ACTIVE_ONLY`. */
  view?: "ACTIVE_ONLY" | "DELETED_ONLY" | "ALL";
}

const runsPerPage = 1_000;

export async function searchRuns(
  transport: Transport,
  experimentIds: readonly string[],
  { filter, orderBy, maxResults = Infinity, view = "ACTIVE_ONLY" }: SearchRunsOptions = {},
): Promise<Run[]> {
  const runs: Run[] = [];
  let pageToken: string | undefined;
  do {
    const answer = await transport.post<{ runs?: WireRun[]; next_page_token?: string }>(
      "search runs",
      "runs/search",
      {
        experiment_ids: experimentIds,
        filter,
        order_by: orderBy,
        run_view_type: view,
        max_results: Math.min(runsPerPage, maxResults - runs.length),
        page_token: pageToken,
      },
    );
    runs.push(...(answer.runs ?? []).map(runFromWire));
    pageToken = answer.next_page_token || undefined;
  } while (pageToken && runs.length < maxResults);
  return runs;
}

/**
 * A filter that asks for one exact text. The language has no escape sign, but two kinds of quotes.
 *
 * @throws {RangeError} If the text has both kinds.
 */
export function equals(kind: "tags" | "params" | "attributes", name: string, text: string): string {
  const quote = text.includes("'") ? '"' : "'";
  if (text.includes(quote) || name.includes("`")) {
    throw new RangeError(
      `Cannot search runs: a text must not have both kinds of quotes, nor a name a backtick, ` +
        `current ones are ${JSON.stringify([name, text])}`,
    );
  }
  return `${kind}.\`${name}\` = ${quote}${text}${quote}`;
}
