import { checkInteger } from "@lib/core";
import { checkName, codePoints, mlflowLimits } from "./mlflow_limits.ts";
import type { LogBatch, Metric } from "./mlflow_types.ts";

/** One body of `runs/log-batch`, without its run, as the server spells it. */
export interface WireBatch {
  metrics: { key: string; value: number; timestamp: number; step: number }[];
  params: { key: string; value: string }[];
  tags: { key: string; value: string }[];
}

/** Options of {@linkcode splitIntoBatches}. */
export interface SplitIntoBatchesOptions {
  /** Time of the metrics that bring none, in milliseconds since 1970. Default: now. */
  timestamp?: number;
}

/** Room for the braces and for the run's identity. */
const bytesPerBody = 0.95 * mlflowLimits.batchBytes;

/**
 * Parts what is to be logged into as few bodies as the server accepts: at most 100 parameters, 100 tags, 1,000 metrics,
 * 1,000 of all together and 1 MB each. Parameters and tags come first, metrics keep their order. Everything is checked
 * before the first body is made, so that a fault leaves nothing half logged.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const metrics = Array.from({ length: 2_500 }, (_, step) => ({ name: "rank_ic", value: 0.02, step }));
 * const bodies = splitIntoBatches({ metrics, tags: { note: "by day" } }, { timestamp: 0 });
 * assert.deepEqual(bodies.map((body) => body.metrics.length), [999, 1_000, 501]);
 * ```
 *
 * @param options The timestamp given here makes a repetition identical, and the server drops identical points.
 * @returns Nothing for nothing.
 * @throws {RangeError} If a name, a length, a step, a timestamp or a metric's value is one that the server would refuse,
 * change or cut; NaN and infinite metrics are named.
 */
export function splitIntoBatches(
  { metrics = [], parameters = {}, tags = {} }: LogBatch,
  { timestamp = Date.now() }: SplitIntoBatchesOptions = {},
): WireBatch[] {
  checkMetrics(metrics);
  const wireMetrics = metrics.map((metric) => ({
    key: metric.name,
    value: metric.value,
    timestamp: metric.timestamp ?? timestamp,
    step: metric.step ?? 0,
  }));
  const params = Object.entries(parameters).map(([key, value]) => ({ key, value: String(value) }));
  const wireTags = Object.entries(tags).map(([key, value]) => ({ key, value }));
  checkTexts("parameter", params, mlflowLimits.parameterLength);
  checkTexts("tag", wireTags, mlflowLimits.tagLength);

  const batches: Filled[] = [];
  fill(batches, "params", params, mlflowLimits.parametersPerBatch);
  fill(batches, "tags", wireTags, mlflowLimits.tagsPerBatch);
  fill(batches, "metrics", wireMetrics, mlflowLimits.metricsPerBatch);
  return batches.map(({ bytes: _, ...batch }) => batch);
}

/** A body on its way, with the bytes it has so far. */
interface Filled extends WireBatch {
  bytes: number;
}

/** Puts each entry into the first body that still has room for it and for all entries of its kind before it. */
function fill<Kind extends keyof WireBatch>(
  batches: Filled[],
  kind: Kind,
  entries: readonly WireBatch[Kind][number][],
  most: number,
): void {
  let at = 0;
  for (const entry of entries) {
    const bytes = bytesInJson(entry);
    while (at < batches.length && !hasRoom(batches[at], kind, most, bytes)) at++;
    if (at === batches.length) batches.push({ metrics: [], params: [], tags: [], bytes: 0 });
    (batches[at][kind] as WireBatch[Kind][number][]).push(entry);
    batches[at].bytes += bytes;
  }
}

function hasRoom(batch: Filled, kind: keyof WireBatch, most: number, bytes: number): boolean {
  return batch[kind].length < most &&
    batch.metrics.length + batch.params.length + batch.tags.length < mlflowLimits.entitiesPerBatch &&
    batch.bytes + bytes <= bytesPerBody;
}

const encoder = new TextEncoder();

function bytesInJson(entry: unknown): number {
  return encoder.encode(JSON.stringify(entry)).length + 1; // and a comma
}

function checkTexts(kind: "parameter" | "tag", texts: { key: string; value: string }[], most: number): void {
  for (const { key, value } of texts) {
    checkName(`log a ${kind}`, kind, key);
    const length = codePoints(value);
    if (length > most) {
      throw new RangeError(
        `Cannot log a ${kind}: the value of ${key} must have at most ${most} characters, current length is ${length}`,
      );
    }
  }
}

function checkMetrics(metrics: readonly Metric[]): void {
  const names = new Set<string>();
  const bad: string[] = [];
  for (const { name, value, step = 0, timestamp = 0 } of metrics) {
    if (!names.has(name)) checkName("log a metric", "metric", name);
    names.add(name);
    checkInteger("log a metric", `step of ${name}`, step);
    checkInteger("log a metric", `timestamp of ${name}`, timestamp, { least: 0 });
    if (!Number.isFinite(value)) bad.push(`${name} at step ${step} is ${value}`);
  }
  if (bad.length === 0) return;
  const more = bad.length > 5 ? ` and ${bad.length - 5} more` : "";
  throw new RangeError(
    `Cannot log metrics: every value must be finite, currently ${bad.slice(0, 5).join(", ")}${more}`,
  );
}
