import type { Panel } from "@lib/core";
import { loadPanel } from "@lib/data";
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
  /** Default: all of {@linkcode SETTING_NAMES}. */
  settings?: readonly string[];
}

/**
 * A market without signal, the whole road with tuning, and what three people claim of it.
 *
 * The study chooses the setting that does best on the development days and claims it over all judged days; the careful
 * one claims it on the final block alone; the cheat looks at all settings on all days and claims whichever passes.
 */
export async function claimsWithoutSignal(
  { kind, seed, horizonDays = 1, settings = SETTING_NAMES }: ClaimsWithoutSignalOptions,
): Promise<Outcome> {
  const real = kind === "real days, signs by lot" ? await realPanel() : undefined;
  const market = marketWithoutSignal({ kind, seed, horizonDays, real });
  const forecasts = await tunedForecasts(market, { horizonDays, seed, settings });
  const boundary = forecasts.dates.length - FINAL_DAYS;
  const development = forecasts.select((row) => forecasts.dayOf[row] < boundary - horizonDays);
  const final = forecasts.select((row) => forecasts.dayOf[row] >= boundary);
  const judged = (panel: Panel, forecast: string) => judgeClaim(panel, { forecast, horizonDays, seed });

  const looks = settings.map((setting) => judged(development, setting));
  const best = settings[indexOfBest(looks)];
  const study = judged(forecasts, best);
  const careful = judged(final, best);
  const everything = settings.map((setting) => judged(forecasts, setting));
  return {
    study: Number(study.passes),
    careful: Number(careful.passes),
    cheat: Number(everything.some(({ passes }) => passes)),
    studyUncounted: Number(study.isShown),
    cheatUncounted: Number(everything.some(({ isShown }) => isShown)),
    suspected: Number([study, careful, ...everything].some(({ isSuspected }) => isSuspected)),
  };
}

let loading: Promise<Panel> | undefined;

/** The breadth panel up to its final block, read once in a process. */
async function realPanel(): Promise<Panel> {
  loading ??= loadPanel().then(({ panel }) => panel);
  return await loading;
}

function indexOfBest(claims: readonly JudgedClaim[]): number {
  const values = claims.map(({ t }) => Number.isNaN(t) ? -Infinity : t);
  return values.indexOf(Math.max(...values));
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
  atMost("suspected", "an honest record is suspected of a leak"),
  shown("studyUncounted", "the study's claim, if nobody counted trials"),
  shown("cheatUncounted", "the cheat's claim, if nobody counted trials"),
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
    milliseconds: 1300,
    claims: CLAIMS,
    run: (seed) => claimsWithoutSignal({ kind, seed, horizonDays }),
  };
}
