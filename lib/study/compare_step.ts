import { type ColumnSummary, type Numbers, summarise } from "./artifact_summary.ts";
import type { RecordedArtifact, RecordedStep } from "./record.ts";
import type { Tolerance } from "./study.ts";

/** How an artifact of a run stands to the recorded one. */
export interface Comparison {
  /** File of the artifact, or `metrics` for the step's metrics. */
  artifact: string;
  /** `new` and `missing` say that only the run, or only the record, has it. */
  state: "identical" | "within tolerance" | "differs" | "missing" | "new";
  /** By how much, and where first; empty for identical ones. */
  detail: string;
}

/**
 * Compares what a step left with what is recorded, artifact by artifact.
 *
 * The same hash is identical. Otherwise the numbers decide: the largest relative difference between the summaries of
 * a column, within the artifact's tolerance or not. A file without numbers, or without tolerance, must be identical.
 *
 * @param actual What the run left, in the form of a record.
 * @param tolerances By file name, for the artifacts that cannot be the same bytes everywhere.
 */
export function compareStep(
  actual: RecordedStep,
  recorded: RecordedStep,
  tolerances: Record<string, Tolerance> = {},
): Comparison[] {
  const names = [...new Set([...Object.keys(recorded.artifacts), ...Object.keys(actual.artifacts)])].sort();
  const comparisons = names.map((artifact) =>
    compareArtifact(artifact, actual.artifacts[artifact], recorded.artifacts[artifact], tolerances[artifact])
  );
  const asNumbers = ({ metrics }: RecordedStep): Numbers =>
    Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, Float64Array.of(value)]));
  const [before, now] = [summarise(asNumbers(recorded)), summarise(asNumbers(actual))];
  return [verdict("metrics", largestDifference(now, before), tolerances.metrics), ...comparisons];
}

function compareArtifact(
  artifact: string,
  actual: RecordedArtifact | undefined,
  recorded: RecordedArtifact | undefined,
  tolerance: Tolerance | undefined,
): Comparison {
  if (recorded === undefined) return { artifact, state: "new", detail: "not in the record" };
  if (actual === undefined) return { artifact, state: "missing", detail: "in the record, not in this run" };
  if (actual.sha256 === recorded.sha256) return { artifact, state: "identical", detail: "" };
  const difference = largestDifference(actual.columns, recorded.columns);
  if (difference === undefined) {
    const detail = Object.keys(recorded.columns).length > 0
      ? `bytes differ, the summaries of all numbers are equal (${recorded.bytes} -> ${actual.bytes} bytes)`
      : `bytes differ (${recorded.bytes} -> ${actual.bytes} bytes)`;
    return { artifact, state: "differs", detail };
  }
  return verdict(artifact, difference, tolerance);
}

interface Difference {
  column: string;
  quantity: string;
  before: number | undefined;
  after: number | undefined;
  relative: number;
}

function verdict(artifact: string, difference: Difference | undefined, tolerance: Tolerance | undefined): Comparison {
  if (difference === undefined) return { artifact, state: "identical", detail: "" };
  const { column, quantity, before, after, relative } = difference;
  const what = artifact === "metrics" ? column : `${column}, ${quantity}`;
  const detail = `${what}: ${before ?? "none"} -> ${after ?? "none"} (relative ${relative.toExponential(1)})`;
  if (tolerance === undefined || relative > tolerance.relative) return { artifact, state: "differs", detail };
  return {
    artifact,
    state: "within tolerance",
    detail: `${detail}; up to ${tolerance.relative} because ${tolerance.because}`,
  };
}

/** The largest difference between two sets of summaries, relative to the size of the column; none if they are equal. */
function largestDifference(
  actual: Record<string, ColumnSummary>,
  recorded: Record<string, ColumnSummary>,
): Difference | undefined {
  let largest: Difference | undefined;
  const consider = (difference: Difference) => {
    if (difference.relative > (largest?.relative ?? 0)) largest = difference;
  };
  for (const column of new Set([...Object.keys(recorded), ...Object.keys(actual)])) {
    const [before, after] = [recorded[column], actual[column]];
    if (before === undefined || after === undefined) {
      consider({ column, quantity: "count", before: before?.count, after: after?.count, relative: Infinity });
      continue;
    }
    for (const quantity of ["count", "missing", "mean", "deviation", "least", "most"] as const) {
      const counted = quantity === "count" || quantity === "missing";
      const scale = Math.max(Math.abs(before.least), Math.abs(before.most), Number.MIN_VALUE);
      const gap = Math.abs(after[quantity] - before[quantity]);
      const relative = gap === 0 ? 0 : counted ? Infinity : gap / scale;
      consider({ column, quantity, before: before[quantity], after: after[quantity], relative });
    }
  }
  return largest;
}
