import { mean } from "@lib/core";
import { dailyCorrelations, LIMITS, neweyWestLags, neweyWestStandardError, type RoadCheck } from "@lib/f4";
import { NO_LIMIT } from "./check_single_features.ts";
import type { InspectRoadOptions, Road } from "./road.ts";

/**
 * Whether the forecasts are better than any honest system sustains: then something has leaked, also where no other check
 * can say what. What is below that is not told: the judge alone shows scores, and counts who has seen them. Whether the numbers of the record fit each other is asked by the judge, who has them all.
 */
export function checkPlausible(
  { judged, dataset: { horizonDays } }: Road,
  { forecast, actual, isReturn = true }: InspectRoadOptions,
  { isExplained }: { isExplained: boolean },
): RoadCheck {
  const about = { check: "consistency gate", leak: "illegitimate features", step: "judged", column: forecast } as const;
  if (!isReturn) return { ...about, outcome: "not checked", words: NO_LIMIT };
  const rankIc = dailyCorrelations(judged, { forecast, actual }).rankIc.filter((value) => !Number.isNaN(value));
  if (rankIc.length < LIMITS.leastIntervalDays.value) {
    return { ...about, outcome: "not checked", words: `${rankIc.length} days have enough names for a rank IC` };
  }
  const error = neweyWestStandardError(rankIc, neweyWestLags(rankIc.length, horizonDays));
  const ic = mean(rankIc);
  const said = `mean daily rank IC ${ic.toFixed(4)} with standard error ${error.toFixed(4)}`;
  if (!(ic > LIMITS.leakIc.value && ic - 2 * error > LIMITS.leakIcLow.value)) {
    const words = `no mean daily rank IC above ${LIMITS.leakIc.value} that its error would sustain`;
    return { ...about, outcome: "clear", words };
  }
  if (isExplained) {
    return { ...about, outcome: "not checked", words: `${said}, which the leaks that were found explain` };
  }
  const words = `${said}, above ${LIMITS.leakIc.value}, which no published system sustains: look at what the raw ` +
    "columns knew";
  return { ...about, outcome: "found", words };
}
