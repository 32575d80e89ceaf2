import { checkOneOf } from "@lib/core";
import { type RawFolderOptions, readRawFile } from "./raw_file.ts";
import { readDay, readNumber } from "./read_cell.ts";
import { readCsv } from "./read_csv.ts";

const files = {
  three: "ml4t-data-0.3.1/F-F_Research_Data_Factors_daily.csv",
  five: "ml4t-data-0.3.1/F-F_Research_Data_5_Factors_2x3_daily.csv",
  momentum: "ml4t-data-0.3.1/F-F_Momentum_Factor_daily.csv",
} as const;

const models = {
  three: [files.three],
  four: [files.three, files.momentum],
  five: [files.five],
  six: [files.five, files.momentum],
} as const;

/** Which factors: Fama and French's three of 1993 or five of 2015, each also with momentum (Carhart's four, and six). */
export const FACTOR_MODELS = Object.keys(models) as (keyof typeof models)[];

/** Options of {@linkcode loadFactors}. */
export interface LoadFactorsOptions extends RawFolderOptions {
  /** One of {@linkcode FACTOR_MODELS}. Default `six`. */
  model?: keyof typeof models;
}

/** Daily returns of factors, as fractions. All arrays have shape (dates,). */
export interface DailyFactors {
  /** Days that the returns end on, ISO, in order. */
  dates: string[];
  /** `MKT` (the market less the risk-free rate), `SMB`, `HML`, `RMW`, `CMA`, `MOM`, as far as the model has them. */
  names: string[];
  /** NaN where the source says that a value is missing. */
  values: Float64Array[];
  /** Return of a one-month Treasury bill over the day. */
  riskFree: Float64Array;
  source: { name: string; universe: string };
}

const ourNames: Readonly<Record<string, string>> = { "Mkt-RF": "MKT", Mom: "MOM" };

/**
 * The daily factors of Fama and French, from the files of Kenneth French's data library: on the days that all files of
 * the model have, from 1926 (three, four) or 1963 (five, six) to August 2026.
 *
 * The source gives percent with two decimals, -99.99 or -999 for a missing value. The numbers are those of one edition
 * (CRSP of August 2026), which revises its past: they judge what was done, and were not known on their days like this.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { dates, names, values } = await loadFactors({ model: "three" });
 * assert.deepEqual(names, ["MKT", "SMB", "HML"]);
 * assert.equal(values[0][dates.indexOf("2024-01-02")], -0.7 / 100);
 * ```
 *
 * @throws {RangeError | Deno.errors.NotFound} If the files are not the fetched ones, see {@linkcode readRawFile}.
 */
export async function loadFactors({ model = "six", ...options }: LoadFactorsOptions = {}): Promise<DailyFactors> {
  checkOneOf("load factors", "model", model, FACTOR_MODELS);
  const tables = await Promise.all(models[model].map((file) => readFactors(file, options)));
  const dates = tables[0].days.filter((day) => tables.every(({ rowOf }) => rowOf.has(day)));
  const columns = tables.flatMap(({ names, values, rowOf }) =>
    names.map((name, at) =>
      [ourNames[name] ?? name, Float64Array.from(dates, (day) => values[at][rowOf.get(day)!])] as const
    )
  );
  const factors = columns.filter(([name]) => name !== "RF");
  return {
    dates,
    names: factors.map(([name]) => name),
    values: factors.map(([, values]) => values),
    riskFree: columns.find(([name]) => name === "RF")![1],
    source: {
      name: `Fama-French, ${model} factors, daily`,
      universe: "all companies of NYSE, AMEX and NASDAQ that CRSP follows, the dead included, weighted by value " +
        "within groups; edition of August 2026",
    },
  };
}

async function readFactors(path: string, options: RawFolderOptions) {
  const bytes = await readRawFile(path, options);
  const name = path.split("/")[1];
  const [days, values]: [string[], number[][]] = [[], []];
  let names: string[] | undefined;
  await readCsv(
    new Blob([bytes]).stream(),
    ([first, ...cells], line) => {
      if (names === undefined) {
        if (first === "" && cells.length > 0) names = cells; // above it stands what the file is
        return;
      }
      if (!/^\d{8}$/.test(first)) return; // the copyright below
      const day = readDay(first.replace(/(....)(..)(..)/, "$1-$2-$3"));
      const percent = cells.map(readNumber);
      if (day === undefined || percent.length !== names.length || !percent.every(Number.isFinite)) {
        throw new SyntaxError(
          `Cannot read ${name}: each row must hold a date and ${names.length} numbers, line ${line} does not`,
        );
      }
      days.push(day);
      values.push(percent.map((value) => value! <= -99.99 ? NaN : value! / 100));
    },
    { name },
  );
  if (names === undefined) throw new SyntaxError(`Cannot read ${name}: it must have a line of names, currently none`);
  return {
    days,
    names,
    values: names.map((_, column) => Float64Array.from(values, (row) => row[column])),
    rowOf: new Map(days.map((day, row) => [day, row])),
  };
}
