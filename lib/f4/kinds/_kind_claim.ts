import { panelDigest } from "@lib/core";
import { cosineMeasures } from "../_judging.ts";
import { checkFinalFrom, type PartScore, scoreFinal } from "../_final_block.ts";
import { cosineT } from "../cosine_t.ts";
import { type CountingOptions, countTrial } from "../count_trial.ts";
import { describeForecast } from "../ledger/describe_judged.ts";
import { isEstimate, missing } from "../measure.ts";
import type { RoadReport } from "../road_report.ts";
import type { Assessed } from "./_kind_judging.ts";
import type { KindCard } from "./kind_card.ts";

/** What a claim on forecasts of a kind is judged with besides: the ledger, its source, the final block, the road. */
export interface KindClaimOptions extends CountingOptions {
  /** What an inspection of the road behind the forecasts found. Default: nobody looked, and a note says so. */
  road?: RoadReport;
}

/** Counts an assessed record in the ledger and asks its gate again. */
export async function claimed<Card extends KindCard>(
  { card, gate, judged, columns, daily }: Assessed<Card>,
  options: KindClaimOptions,
): Promise<Card> {
  checkFinalFrom("judge a claim", options.finalFrom);
  const road = options.road ?? card.road;
  const known = Array.from(daily.keys()).filter((day) => !Number.isNaN(daily[day]));
  if (judged.rows === 0) {
    return settled({ ...card, road, trials: missing("no row was judged: there is no trial") }, gate);
  }
  const { settings: { horizonDays, confidence, periodsPerYear }, headline: { what, z, value, neutral } } = card;
  const dates = known.map((day) => judged.dates[day]);
  const values = Float64Array.from(known, (day) => daily[day]);
  const described = describeForecast(judged, { forecast: columns[0], horizonDays });
  const { trials, looks } = await countTrial({
    judged: { ...described, name: columns.join(", "), content: panelDigest(judged.pick(columns)) },
    metric: what,
    value: isEstimate(value) ? value.value - neutral : NaN,
    z: isEstimate(z) ? z.value : NaN,
    series: { dates, values },
    periodsPerYear,
  }, options);
  const score = (isPart: (date: string) => boolean): PartScore => {
    const chosen = known.filter((day) => isPart(judged.dates[day]));
    const part = Float64Array.from(chosen, (day) => daily[day]);
    const { byCosines, z } = cosineMeasures(part, { horizonDays, confidence });
    const standardError = isEstimate(z) ? cosineT(part, { horizonDays }).standardError : NaN;
    return { dates: chosen.map((day) => judged.dates[day]), value: byCosines, z, standardError };
  };
  const beyond = neutral === 0 ? what : `${what} less ${neutral}`;
  const final = options.finalFrom === undefined
    ? card.final
    : scoreFinal({ from: options.finalFrom, looks, what: beyond, score });
  return settled({ ...card, road, trials, final }, gate);
}

function settled<Card extends KindCard>(card: Card, gate: Assessed<Card>["gate"]): Card {
  return { ...card, verdict: gate(card) };
}
