import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkInteger, checkNumber, checkOneOf, isIsoDay, repositoryPath } from "@lib/core";

export const HELP = `Judges a table of forecasts, or a book

  --forecasts=FILE        .csv, .csv.gz or .parquet: symbol, date, actual and one or more columns of forecasts
  --out=FOLDER            where scorecard.json, report.md and report.html go
  --kind=forecast         what the columns hold:
                            forecast    returns, or scores of which only the order counts: forecast, forecast_...
                            classifier  probabilities that the actual is above 0: probability, probability_...
                            quantiles   levels in per cent, judged together: q5, q50, q97.5 ...
                            volatility  standard deviations of the actual: volatility, volatility_...
                            book        no forecasts but a book: date, return, perhaps turnover and market
  --columns=a,b           columns to judge, where they are called something else
  --horizon-days=1        days that an actual covers; for overlap in errors, Sharpe ratios and known outcomes
  --returns=FILE          symbol, date, return of one day: for neutral figures; actual may then be left out
  --factors=six           factors for neutral figures: three, four, five or six of Fama and French (1: six), or a FILE
                          with date, one column of daily returns for each factor, and perhaps risk_free
  --final=2022-01-01      first day of the final block: days set aside when the market was first looked at
  --trials=40             looks at these rows before this one that no ledger has, in all: recorded as admitted
  --ledger=FOLDER         ledger of trials; default LAB_LEDGER, or experiments/ledger of the repository
  --baselines=a,b         further columns of the file, as forecasts to be beaten
  --unit=auto             return, score (only the order of forecasts counts) or auto (by their spread)
  --periods-per-year=252  days of the table in a year: 252 for trading days, 52 for weeks
  --minimum-names=5       names that a day needs for a correlation across symbols
  --seed=1                seed of the bootstrap
  --draws=2000            draws of the bootstrap, at least 100
  --help                  show this text

Beside the columns named, three baselines are made from the outcomes known at each close: the trailing mean, the last
outcome, and its reversal. lib/f4/README.md says what each field of scorecard.json is.`;

const KINDS = ["forecast", "classifier", "quantiles", "volatility", "book"] as const;
const UNITS = ["auto", "return", "score"] as const;
const ACTION = "judge forecasts";
/** More is a slip: nobody has looked a million times. */
const MOST_TRIALS = 1_000_000;

/** What the command was asked for, each value checked. */
export interface Options {
  /** Absolute path of the table. */
  forecasts: string;
  /** Absolute path of the folder. */
  out: string;
  kind: typeof KINDS[number];
  columns?: string[];
  horizonDays: number;
  /** Absolute path. */
  returns?: string;
  /** A model of factors, or a path. */
  factors?: string;
  finalFrom?: string;
  admitted: number;
  /** Absolute path. */
  ledger: string;
  baselines: string[];
  unit: typeof UNITS[number];
  periodsPerYear: number;
  minimumNames: number;
  seed: number;
  draws: number;
}

/** @throws {RangeError} If a value is out of range. */
export function readOptions(args: string[]): Options | "help" {
  const text = (value: string) => ({ type: "string", default: value }) as const;
  const { values } = parseArgs({
    args,
    options: {
      forecasts: text(""),
      out: text(""),
      kind: text("forecast"),
      columns: text(""),
      "horizon-days": text("1"),
      returns: text(""),
      factors: text(""),
      final: text(""),
      trials: text("0"),
      ledger: text(Deno.env.get("LAB_LEDGER") || repositoryPath("experiments", "ledger")),
      baselines: text(""),
      unit: text("auto"),
      "periods-per-year": text("252"),
      "minimum-names": text("5"),
      seed: text("1"),
      draws: text("2000"),
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  if (values.forecasts === "" || values.out === "") {
    throw new RangeError(
      `Cannot judge forecasts: FORECASTS must be a file and OUT a folder, current ones are "${values.forecasts}" and ` +
        `"${values.out}"\n\n  make f4 FORECASTS=forecasts.csv OUT=judged`,
    );
  }
  const integer = (what: string, value: string, least: number, most = Number.MAX_SAFE_INTEGER) => {
    if (!/^\d+$/.test(value)) {
      throw new RangeError(`Cannot ${ACTION}: ${what} must be a whole number, current value is "${value}"`);
    }
    checkInteger(ACTION, what, Number(value), { least, most });
    return Number(value);
  };
  const { kind, unit, final } = values;
  checkOneOf(ACTION, "KIND", kind, KINDS);
  checkOneOf(ACTION, "--unit", unit, UNITS);
  if (final !== "" && !isIsoDay(final)) {
    throw new RangeError(`Cannot ${ACTION}: FINAL must be a day as YYYY-MM-DD, current value is ${final}`);
  }
  refuseStrangers(kind, values);
  const baselines = names(values.baselines);
  const periodsPerYear = Number(values["periods-per-year"]);
  checkNumber(ACTION, "--periods-per-year", periodsPerYear, { least: 1 });
  return {
    forecasts: resolve(values.forecasts),
    out: resolve(values.out),
    kind,
    columns: values.columns === "" ? undefined : names(values.columns),
    horizonDays: integer("the horizon in days", values["horizon-days"], 1),
    returns: values.returns === "" ? undefined : resolve(values.returns),
    factors: values.factors === "" ? undefined : values.factors,
    finalFrom: final === "" ? undefined : final,
    admitted: integer("TRIALS", values.trials, 0, MOST_TRIALS),
    ledger: resolve(values.ledger),
    baselines,
    unit,
    periodsPerYear,
    minimumNames: integer("--minimum-names", values["minimum-names"], 2),
    seed: integer("--seed", values.seed, 0),
    draws: integer("--draws", values.draws, 100),
  };
}

/** What only some kinds can use; elsewhere it would be passed over in silence. */
const ONLY_FOR: Record<string, readonly string[]> = {
  factors: ["forecast", "book"],
  unit: ["forecast"],
  baselines: ["forecast", "classifier", "volatility"],
  returns: ["forecast", "classifier", "quantiles", "volatility"],
};

function refuseStrangers(kind: Options["kind"], values: Record<string, unknown>): void {
  for (const [name, kinds] of Object.entries(ONLY_FOR)) {
    if (["", "auto"].includes(String(values[name])) || kinds.includes(kind)) continue;
    throw new RangeError(
      `Cannot ${ACTION}: ${name.toUpperCase()} goes with KIND ${kinds.join(", ")}, current KIND is ${kind}`,
    );
  }
}

/**
 * Tries whether the folder can be made and written: a look must not be charged for what cannot be delivered. Leaves
 * nothing.
 *
 * @throws {TypeError} If it cannot.
 */
export async function checkFolder(folder: string): Promise<void> {
  let there = folder;
  while (there !== dirname(there) && await Deno.stat(there).catch(() => undefined) === undefined) {
    there = dirname(there);
  }
  const probe = join(there, `.${crypto.randomUUID()}.part`);
  try {
    await Deno.mkdir(probe);
    await Deno.remove(probe);
  } catch (cause) {
    const isFolder = await Deno.stat(there).then(({ isDirectory }) => isDirectory, () => true);
    throw new TypeError(
      `Cannot judge forecasts: OUT must be a folder that can be written, ${
        isFolder ? `in ${there} nothing can be` : `${there} is a file`
      }`,
      { cause },
    );
  }
}

function names(list: string): string[] {
  return [...new Set(list.split(",").map((name) => name.trim()))].filter((name) => name !== "");
}
