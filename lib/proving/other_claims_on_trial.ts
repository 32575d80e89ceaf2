import { normalRandom, Panel, type Random, seededRandom, weekdays } from "@lib/core";
import {
  ewmaVolatility,
  judgeBookClaim,
  judgeClassifierClaim,
  judgeQuantilesClaim,
  judgeVolatilityClaim,
  Ledger,
  LIMITS,
  normalQuantile,
  trailingQuantiles,
} from "@lib/f4";
import type { Claim, Experiment, Outcome } from "./experiment.ts";

const BOOKS = 8;
const NAMES = 20;
const DAYS = 500;
const DRAWS = 200;
const LEVELS = [0.1, 0.5, 0.9];

/**
 * Books without skill, each claimed in turn, then the mean of the three best; and one book that earns, claimed as the only
 * one.
 */
export async function claimsOfBooks(seed: number, { sharpeOfDay = 0.15 } = {}): Promise<Outcome> {
  const normal = normalRandom(seededRandom(seed));
  const ledger = Ledger.inMemory();
  const claim = async (name: string, returns: Float64Array, own: Ledger) => {
    const { verdict, trials } = await judgeBookClaim({
      name,
      dates: weekdays("2015-01-01", DAYS),
      gross: returns,
      turnover: new Float64Array(DAYS),
      net: [{ costBps: LIMITS.bookCostBps.value, returns }],
    }, { ledger: own, ...counted(seed), draws: DRAWS, seed });
    return { returns, passes: verdict.verdict === "pass", z: trials.z.value ?? -Infinity };
  };
  const drawn = (mean: number) => Float64Array.from({ length: DAYS }, () => 0.01 * (mean + normal()));
  const books = [];
  for (let book = 0; book < BOOKS; book++) books.push(await claim(`book ${book}`, drawn(0), ledger));
  const best = books.toSorted((a, b) => b.z - a.z).slice(0, 3);
  const mean = Float64Array.from(
    { length: DAYS },
    (_, day) => best.reduce((sum, { returns }) => sum + returns[day], 0) / 3,
  );
  return {
    cheat: Number(books.some(({ passes }) => passes)),
    blend: Number((await claim("mean of the best", mean, ledger)).passes),
    found: Number((await claim("skilled", drawn(sharpeOfDay), Ledger.inMemory())).passes),
  };
}

/**
 * Returns whose volatility moves slowly, with a signal of known correlation; and claims on them by a classifier, by
 * quantiles and by a volatility, each once knowing nothing that is not in a rule of one line, and once knowing the truth.
 */
export async function claimsOfKinds(seed: number, { correlation = 0.06 } = {}): Promise<Outcome> {
  const random = seededRandom(seed);
  const normal = normalRandom(random);
  const { panel, signal, truth } = moodyMarket(normal, correlation);
  const noise = (spread: number) => Float64Array.from({ length: panel.rows }, () => spread * normal());
  const options = () => ({ ledger: Ledger.inMemory(), ...counted(seed), draws: DRAWS, seed });
  const classifier = async (score: Float64Array) => {
    const probability = score.map((value) => 0.5 + 0.024 * Math.max(-10, Math.min(10, value)));
    return Number((await judgeClassifierClaim(panel.with({ probability }), options())).verdict.verdict === "pass");
  };
  const quantiles = async (columns: readonly Float64Array[]) => {
    const named = Object.fromEntries(columns.map((column, at) => [`q${100 * LEVELS[at]}`, column]));
    return Number((await judgeQuantilesClaim(panel.with(named), options())).verdict.verdict === "pass");
  };
  const volatility = async (column: Float64Array) =>
    Number((await judgeVolatilityClaim(panel.with({ volatility: column }), options())).verdict.verdict === "pass");

  const wobble = noise(0.02).map(Math.exp);
  const wobbling = (column: Float64Array) => column.map((value, row) => value * wobble[row]);
  return {
    classifier: await classifier(noise(1)),
    quantiles: await quantiles(trailingQuantiles(panel, LEVELS).map(wobbling)),
    volatility: await volatility(wobbling(ewmaVolatility(panel))),
    classifierFound: await classifier(signal),
    quantilesFound: await quantiles(LEVELS.map((level) => truth.map((value) => value * normalQuantile(level)))),
    volatilityFound: await volatility(truth),
  };
}

function counted(seed: number) {
  return {
    trial: { source: "make f4-audit", parameters: { seed }, data: [{ name: "market", digest: `seed ${seed}` }] },
  };
}

function moodyMarket(normal: Random, correlation: number) {
  const dates = weekdays("2015-01-01", DAYS);
  const rows = NAMES * DAYS;
  const [signal, truth, actual] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
  for (let name = 0, row = 0; name < NAMES; name++) {
    let mood = normal();
    for (let day = 0; day < DAYS; day++, row++) {
      mood = 0.97 * mood + Math.sqrt(1 - 0.97 ** 2) * normal();
      truth[row] = 0.015 * Math.exp(0.6 * mood);
      signal[row] = normal();
      actual[row] = truth[row] * (correlation * signal[row] + Math.sqrt(1 - correlation ** 2) * normal());
    }
  }
  const symbol = Array.from(signal, (_, row) => `S${String(Math.floor(row / DAYS)).padStart(2, "0")}`);
  const date = Array.from(signal, (_, row) => dates[row % DAYS]);
  return { panel: Panel.fromRows({ symbol, date, columns: { actual } }), signal, truth };
}

const rarely = (key: string, what: string): Claim => (
  { key, what, kind: "share", expected: 0.05, relation: "at most", authority: "the house" }
);
const found = (key: string, what: string): Claim => (
  { key, what, kind: "share", expected: null, relation: "equal", authority: "no formula" }
);

/** The experiments on claims that are no ranking of names: books, probabilities, quantiles, volatilities. */
export const otherClaimsOnTrial: readonly Experiment[] = [
  {
    name: "books",
    part: "other claims",
    words: `${BOOKS} books over ${DAYS} days without skill; one with a Sharpe ratio of 0.15 a day, the only one tried`,
    repetitions: 200,
    repetitionsPerPart: 25,
    milliseconds: 400,
    claims: [
      rarely("cheat", `one of ${BOOKS} books without skill passes`),
      rarely("blend", "the mean of the three best of them, claimed last, passes"),
      found("found", "the book with skill passes"),
    ],
    run: (seed) => claimsOfBooks(seed),
  },
  {
    name: "kinds of forecasts",
    part: "other claims",
    words:
      `${NAMES} names over ${DAYS} days whose volatility moves slowly; claims that know no more than chance or a rule ` +
      "of one line does, and claims that know the truth",
    repetitions: 100,
    repetitionsPerPart: 5,
    milliseconds: 400,
    claims: [
      rarely("classifier", "probabilities of chance pass"),
      rarely("quantiles", "quantiles of the past, slightly disturbed, pass"),
      rarely("volatility", "a volatility of the past, slightly disturbed, passes"),
      found("classifierFound", "probabilities from a signal with a correlation of 0.06 pass"),
      found("quantilesFound", "the true quantiles pass"),
      found("volatilityFound", "the true volatility passes"),
    ],
    run: (seed) => claimsOfKinds(seed),
  },
];
