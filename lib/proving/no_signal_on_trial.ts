import { centredRanksByDay, mean, type Panel } from "@lib/core";
import { loadPanel } from "@lib/data";
import { Ledger } from "@lib/f4";
import type { Claim, Experiment, Outcome } from "./experiment.ts";
import { judgeClaim, type JudgedClaim } from "./judge_claim.ts";
import { type KindWithoutSignal, marketWithoutSignal } from "./market_without_signal.ts";
import { SETTING_NAMES, tunedForecasts } from "./tuned_forecasts.ts";

const FINAL_DAYS = 160;
const MOST = 0.05;

/** Options of {@linkcode claimsWithoutSignal}. */
export interface ClaimsWithoutSignalOptions {
  kind: KindWithoutSignal;
  seed: number;
  /** Default 1. */
  horizonDays?: number;
  /** Default 30. */
  symbols?: number;
  /** Default: all of {@linkcode SETTING_NAMES}. */
  settings?: readonly string[];
}

/**
 * A market without signal, the whole road with tuning, and what people claim of it, each with a ledger of their own.
 *
 * The careful one and the study choose the setting that does best on the development days; the one claims it on the final
 * block alone, the other over all judged days. The cheat looks at all settings on all days, claims whichever passes, and
 * then the mean of the three best.
 */
export async function claimsWithoutSignal(
  { kind, seed, horizonDays = 1, symbols = 30, settings = SETTING_NAMES }: ClaimsWithoutSignalOptions,
): Promise<Outcome> {
  const real = kind === "real days, signs by lot" ? await realPanel() : undefined;
  const market = marketWithoutSignal({ kind, seed, horizonDays, symbols, real });
  const forecasts = await tunedForecasts(market, { horizonDays, seed, settings });
  const boundary = forecasts.dates.length - FINAL_DAYS;
  const common = { horizonDays, seed, finalFrom: forecasts.dates[boundary] };
  const claims = async (panel: Panel, names: readonly string[], ledger: Ledger) => {
    const judged: JudgedClaim[] = [];
    for (const forecast of names) judged.push(await judgeClaim(panel, { ...common, forecast, ledger }));
    return judged;
  };

  const honest = Ledger.inMemory();
  const development = forecasts.select((row) => forecasts.dayOf[row] < boundary - horizonDays);
  const [best] = byZ(settings, await claims(development, settings, honest));
  const [careful] = await claims(forecasts.select((row) => forecasts.dayOf[row] >= boundary), [best], honest);
  const [study] = await claims(forecasts, [best], honest);

  const dishonest = Ledger.inMemory();
  const looks = await claims(forecasts, settings, dishonest);
  const blend = meanRank(forecasts, byZ(settings, looks).slice(0, 3));
  const [blended] = await claims(forecasts.with({ blend }), ["blend"], dishonest);
  return {
    study: Number(study.passes),
    careful: Number(careful.passes),
    cheat: Number(looks.some(({ passes }) => passes)),
    blend: Number(blended.passes),
    suspected: Number([study, careful, blended, ...looks].some(({ isSuspected }) => isSuspected)),
    studyUncounted: Number(study.isShown),
    cheatUncounted: Number(looks.some(({ isShown }) => isShown)),
    blendUncounted: Number(blended.isShown),
  };
}

let loading: Promise<Panel> | undefined;

/** The breadth panel up to its final block, read once in a process. */
async function realPanel(): Promise<Panel> {
  loading ??= loadPanel().then(({ panel }) => panel);
  return await loading;
}

/** Names from the best claim to the worst. */
function byZ(names: readonly string[], claims: readonly JudgedClaim[]): string[] {
  const order = Array.from(names.keys()).sort((a, b) => claims[b].z - claims[a].z);
  return order.map((at) => names[at]);
}

function meanRank(panel: Panel, names: readonly string[]): Float64Array {
  const ranks = names.map((name) => centredRanksByDay(panel, panel.column(name)));
  return Float64Array.from({ length: panel.rows }, (_, row) => mean(ranks.map((own) => own[row])));
}

const TRIALS = SETTING_NAMES.length;
const promised = "the house: at most 5 % of markets without signal";
const atMost = (key: string, what: string): Claim => (
  { key, what, kind: "share", expected: MOST, relation: "at most", authority: promised }
);
const shown = (key: string, what: string): Claim => (
  { key, what, kind: "share", expected: null, relation: "at most", authority: "shown for comparison" }
);

const CLAIMS: readonly Claim[] = [
  atMost("study", "the best setting of development, claimed over all days, passes"),
  atMost("careful", "the best setting of development, claimed on the final block, passes"),
  atMost("cheat", `one of ${TRIALS} settings, all tried on held-out days, passes`),
  atMost("blend", "the mean of the three best of them, claimed last, passes"),
  atMost("suspected", "any of these records is suspected of a leak"),
  shown("studyUncounted", "the study's claim, if nobody counted trials"),
  shown("cheatUncounted", "the cheat's claim, if nobody counted trials"),
  shown("blendUncounted", "the mean of the three best, if nobody counted trials"),
];

/** The experiments on markets without signal: 200 in all. */
export const noSignalOnTrial: readonly Experiment[] = [
  trial("independent returns", { horizonDays: 1, repetitions: 35 }),
  trial("independent returns", { horizonDays: 5, repetitions: 25 }),
  trial("shuffled targets", { horizonDays: 1, repetitions: 40 }),
  trial("block-shuffled dates", { horizonDays: 1, repetitions: 40 }),
  trial("real days, signs by lot", { horizonDays: 1, repetitions: 35 }),
  trial("real days, signs by lot", { horizonDays: 5, repetitions: 25 }),
];

function trial(
  kind: KindWithoutSignal,
  { horizonDays, repetitions }: { horizonDays: number; repetitions: number },
): Experiment {
  return {
    name: `${kind}, ${horizonDays} day${horizonDays === 1 ? "" : "s"} ahead`,
    part: "no signal",
    words:
      `30 symbols over 760 days, ${TRIALS} settings of features and models, walk forward over the last 460 days, ` +
      `of which ${FINAL_DAYS} are the final block`,
    repetitions,
    repetitionsPerPart: 5,
    milliseconds: 4000,
    claims: CLAIMS,
    run: (seed) => claimsWithoutSignal({ kind, seed, horizonDays }),
  };
}
