import { join } from "node:path";
import { checkInteger, checkOneOf, checkSameLength, repositoryPath, sha256, sha256File, stableJson } from "@lib/core";
import { checkMatrix, type Matrix } from "@lib/dataset";
import { MODEL_KINDS, type ModelCheck, type ModelKind, type ModelReport } from "@lib/f4";
import { ANSWERS, type Answers, QUESTIONS, type Questions, VALUES } from "./_ask_model.ts";
import { modelFindings } from "./_model_findings.ts";

/** Options of {@linkcode inspectModel}. */
export interface InspectModelOptions {
  /** What its forecasts are. A `portfolio` has no saved model. */
  kind: ModelKind;
  /** What it was to forecast, on the same rows, shape (rows,): its spread is measured against it. Default: unknown. */
  target?: Float64Array;
  /** Rows that are forecast one by one and with columns missing. Default 32. */
  fewRows?: number;
  /** Module with a `loadForecaster`, as a URL, for models of other makers. Default: that of `@lib/models`. */
  loader?: string;
  /** A process that takes longer is ended. Default 120. */
  limitSeconds?: number;
}

/** What the second process is told of the world, which forecasts must not depend on. */
const ELSEWHERE = { TZ: "Asia/Kathmandu", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", OMP_NUM_THREADS: "2" };

/**
 * Inspects a saved model as one who was given nothing but its folder: two processes of their own load it, the second in
 * another locale, time zone and number of threads, without network, and both are asked the same.
 *
 * - It loads, and gives one number for each row.
 * - The same bytes twice, in the other process, with the rows in another order, and one row at a time: a forecast that
 *   depends on the rows beside it has seen them.
 * - It leaves the rows as they were.
 * - Every number is one of its kind: a probability from 0 to 1, a volatility above 0, else finite.
 * - A missing feature gives a forecast nevertheless, as the contract of `Forecaster` says; no rows give none.
 * - Features in another order, under another name, one less, one more are refused with a TypeError, not read as others.
 * - It does not say the same of every row: collapse is told by the spread of the forecasts relative to that of the
 *   target (of quantiles and volatilities, relative to their own size), never by an absolute floor.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { fitRidge } from "@lib/models";
 * const values = Float32Array.from({ length: 40 }, (_, row) => Math.sin(row));
 * const features = { values, rows: 40, columns: ["momentum_5"] };
 * const target = Float64Array.from(values, (value) => 2 * value);
 * using model = await fitRidge({ features, target, day: Int32Array.from(values.keys()) }, { seed: 1 });
 * const folder = await Deno.makeTempDir();
 * await model.save(folder);
 * const report = await inspectModel(folder, features, { kind: "regressor", target });
 * assert.ok(report.checks.every(({ outcome }) => outcome === "clear"));
 * await Deno.remove(folder, { recursive: true });
 * ```
 *
 * @param folder Where the model was saved.
 * @param rows Features to ask it about, a few hundred rows or more; in the form that it was fitted on.
 * @returns A report for the judge of its kind. What is wrong with the model is found, not thrown.
 * @throws {RangeError} If there is no row, or the kind has no saved model.
 * @throws {TypeError} If shapes disagree.
 * @throws {Deno.errors.NotFound} If there is no such folder.
 */
export async function inspectModel(
  folder: string,
  rows: Matrix,
  { kind, target, fewRows = 32, loader, limitSeconds = 120 }: InspectModelOptions,
): Promise<ModelReport> {
  const action = "inspect a model";
  checkOneOf(action, "kind", kind, MODEL_KINDS.filter((known) => known !== "portfolio"));
  checkMatrix(action, rows);
  checkInteger(action, "the number of rows", rows.rows, { least: 1 });
  checkInteger(action, "fewRows", fewRows, { least: 1 });
  checkSameLength(action, { rows: rows.rows, target: target?.length ?? rows.rows });
  const digest = await folderDigest(folder);
  const shared = await Deno.makeTempDir({ prefix: "inspect_model_" });
  try {
    const questions: Questions = {
      loader: loader ?? import.meta.resolve("@lib/models"),
      folder: await Deno.realPath(folder),
      columns: [...rows.columns],
      rows: rows.rows,
      bytes: rows.values.BYTES_PER_ELEMENT,
      fewRows: Math.min(fewRows, rows.rows),
    };
    await Deno.writeTextFile(join(shared, QUESTIONS), JSON.stringify(questions));
    const { buffer, byteOffset, byteLength } = rows.values;
    await Deno.writeFile(join(shared, VALUES), new Uint8Array(buffer, byteOffset, byteLength));
    const first = await askInProcess(shared, {}, limitSeconds);
    const second = "failure" in first ? first : await askInProcess(shared, ELSEWHERE, limitSeconds);
    const failure = failureOf(first) ?? failureOf(second);
    if (failure !== undefined) return { kind, digest, model: "unknown", engine: "unknown", checks: notLoaded(failure) };
    const [here, elsewhere] = [first, second] as [Answers, Answers];
    const checks = modelFindings({ here, elsewhere, kind, target, questions });
    return { kind, digest, model: here.model, engine: here.engine, checks };
  } finally {
    await Deno.remove(shared, { recursive: true });
  }
}

/** SHA-256 over the names and contents of a folder's files but the manifest, which also names code that may be edited. */
async function folderDigest(folder: string): Promise<string> {
  const files: Record<string, string> = {};
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile && name !== "manifest.json") files[name] = await sha256File(join(folder, name));
  }
  return sha256(stableJson(files));
}

const failureOf = (answers: Answers | { failure: string }) => "failure" in answers ? answers.failure : undefined;

function notLoaded(failure: string): ModelCheck[] {
  return [
    { check: "loads in a fresh process", outcome: "found", words: failure },
    { check: "all else", outcome: "not checked", words: "the model does not load" },
  ];
}

async function askInProcess(
  shared: string,
  env: Record<string, string>,
  limitSeconds: number,
): Promise<Answers | { failure: string }> {
  const program = new URL("_answer_alone.ts", import.meta.url).href;
  const config = repositoryPath("deno.json");
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "-A", "--deny-net", "--config", config, program, shared],
    env,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
    signal: AbortSignal.timeout(limitSeconds * 1000),
  }).output();
  const path = join(shared, ANSWERS);
  const text = await Deno.readTextFile(path).catch(() => undefined);
  if (code !== 0 || text === undefined) {
    const words = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
    return { failure: `its process ended with code ${code} or was ended after ${limitSeconds} s: ${words}` };
  }
  await Deno.remove(path);
  return JSON.parse(text, (_, value) => ["NaN", "Infinity", "-Infinity"].includes(value) ? Number(value) : value);
}
