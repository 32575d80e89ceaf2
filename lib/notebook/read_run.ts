import { join } from "node:path";
import { sha256File } from "@lib/core";
import type { ArtifactRecord, RunFile } from "./run_file.ts";
import { checkInside, RUN_FILE, runFolder } from "./run.ts";

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isNumber: Check = (value) => typeof value === "number" && Number.isFinite(value);
const isScalar: Check = (value) => isText(value) || isNumber(value) || typeof value === "boolean";
const isParameter: Check = (value) => value === null || isScalar(value) || listOf(isScalar)(value);
const isHash: Check = (value) => isText(value) && /^[0-9a-f]{64}$/.test(value as string);
const isPoint = recordOf({ step: Number.isSafeInteger, value: isNumber });

const MEASUREMENTS: Record<string, Check> = {
  parameters: mapOf(isParameter),
  metrics: mapOf(isNumber),
  series: mapOf(listOf(isPoint)),
  tags: mapOf(isText),
};

const RUN: Record<string, Check> = {
  ...MEASUREMENTS,
  format: (value) => value === 1,
  datasets: listOf(recordOf({ name: isText, digest: isText, rows: Number.isSafeInteger, source: isText })),
  artifacts: listOf(
    recordOf({
      path: isText,
      kind: (value) => ["table", "figure", "frame", "json", "model"].includes(value as string),
      bytes: Number.isSafeInteger,
      sha256: isHash,
    }),
  ),
  steps: listOf(
    recordOf({
      name: isText,
      key: isHash,
      output: isHash,
      inputs: mapOf(isHash),
      code: listOf(isText),
      outcome: (value) => value === "computed" || value === "kept",
      seconds: isNumber,
    }),
  ),
  children: mapOf(recordOf(MEASUREMENTS)),
};

/**
 * Reads what a finished run left, and makes sure that it is whole: `run.json` has its shape, and every file it lists is
 * there with the recorded content.
 *
 * @param folder Absolute, or relative to the root of the repository.
 * @throws {Deno.errors.NotFound} If there is no `run.json`: the run was not finished.
 * @throws {SyntaxError} If `run.json` is not JSON.
 * @throws {TypeError} If a part of it has not the shape of {@linkcode RunFile}, or a file is not as recorded.
 */
export async function readRun(folder: string): Promise<RunFile> {
  const absolute = runFolder(folder);
  const run = JSON.parse(await Deno.readTextFile(join(absolute, RUN_FILE))) ?? {};
  for (const part of new Set([...Object.keys(RUN), ...Object.keys(run)])) {
    if (RUN[part]?.(run[part])) continue;
    const current = JSON.stringify(run[part])?.slice(0, 200);
    throw new TypeError(`Cannot read the run in ${folder}: ${part} must be as in RunFile, current value is ${current}`);
  }
  const file: RunFile = run;
  for (const artifact of file.artifacts) await checkArtifact(absolute, artifact);
  return file;
}

async function checkArtifact(folder: string, { path, kind, sha256 }: ArtifactRecord): Promise<void> {
  checkInside(kind, path);
  const current = await sha256File(join(folder, path)).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return "none, the file is missing";
    throw error;
  });
  if (current === sha256) return;
  throw new TypeError(
    `Cannot read the run in ${folder}: the digest of ${path} must be ${sha256}, current is ${current}`,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

function mapOf(check: Check): Check {
  return (value) => isObject(value) && Object.values(value).every(check);
}

function recordOf(checks: Record<string, Check>): Check {
  return (value) =>
    isObject(value) && Object.keys(value).length === Object.keys(checks).length &&
    Object.entries(checks).every(([name, check]) => check(value[name]));
}
